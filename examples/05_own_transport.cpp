// SPDX-License-Identifier: BSL-1.0
// A device without sockets or heap-hungry parsers: own transport, own codec, no Poco included.

#include <etcdpp/client.hpp>
#include <etcdpp/environment/system.hpp>
#include <etcdpp/retry/never.hpp>
#include <etcdpp/selector/sticky.hpp>
#include <etcdpp/v2/keys.hpp>

#include <concepts>
#include <iostream>
#include <string>
#include <string_view>

namespace e = etcdpp;

//! Speaks to the modem's firmware, which knows HTTP. (Here: a modem that always finds "green".)
struct ModemTransport {
    e::Result<e::http::Response> send(
        e::Endpoint const& to, e::http::Request const& request, e::Limits const&)
    {
        std::cout << "modem: " << request << " to " << authority(to) << '\n';
        return e::http::Response{
            .status = 200, .body = R"({"action":"get","node":{"key":"/lamp","value":"green"}})"};
    }
};
static_assert(e::check_transport<ModemTransport>());

//! Finds the one member that this device looks at.
struct ValueCodec {
    template <class T>
    e::Result<T> decode(std::string_view text) const
    {
        auto reply = T{};
        if constexpr (std::same_as<T, e::v2::Response>) {
            auto const name = std::string_view{R"("value":")"};
            auto const begin = text.find(name);
            if (begin == text.npos) { return unexpected(e::Error{e::Errc::malformed_reply}); }
            text.remove_prefix(begin + name.size());
            reply.node.value = text.substr(0, text.find('"'));
        }
        return reply;
    }

    template <class T>
    std::string encode(T const&) const
    {
        return {};  // the v2 keys are written as forms: only members and users need this
    }
};
static_assert(e::check_codec<ValueCodec>());

int main()
{
    auto client = e::Client{
        e::Config{.transport = ModemTransport{}, .retry = e::Never{}, .codec = ValueCodec{}}};
    auto const lamp = e::v2::Keys{client}.get("/lamp").value();
    std::cout << "the lamp is " << lamp.node.value << '\n';
}
