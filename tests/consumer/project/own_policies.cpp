// SPDX-License-Identifier: BSL-1.0
// A transport and a codec of one's own: headers alone, nothing to link.

#include <etcdpp/client.hpp>
#include <etcdpp/environment/system.hpp>
#include <etcdpp/retry/never.hpp>
#include <etcdpp/selector/round_robin.hpp>
#include <etcdpp/v2/keys.hpp>

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

struct AlwaysBlue {
    etcdpp::Result<etcdpp::http::Response> send(
        etcdpp::Endpoint const&, etcdpp::http::Request const&, etcdpp::Limits const&)
    {
        return etcdpp::http::Response{.status = 200, .body = "blue"};
    }
};

struct WholeBody {
    template <class T>
    etcdpp::Result<T> decode(std::string_view body) const
    {
        auto reply = T{};
        if constexpr (requires { reply.node; }) {
            reply.node = {.key = "/app/mode", .value = std::string{body}};
        }
        return reply;
    }

    template <class T>
    std::string encode(T const&) const
    {
        return {};
    }
};

}  // namespace

int main()
{
    auto client = etcdpp::Client{etcdpp::Config{
        .transport = AlwaysBlue{},
        .selector = etcdpp::RoundRobin{},
        .retry = etcdpp::Never{},
        .codec = WholeBody{},
    }};
    auto const mode = etcdpp::v2::Keys{client}.get("/app/mode");
    return mode && mode->node.value == "blue" ? EXIT_SUCCESS : EXIT_FAILURE;
}
