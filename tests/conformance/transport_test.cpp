// SPDX-License-Identifier: BSL-1.0
//! @file
//! The transports without a network pass the suites of every transport.

#include "etcdpp/testing/conformance/transport.hpp"

#include "etcdpp/testing/conformance/streaming_transport.hpp"
#include "etcdpp/testing/transport.hpp"
#include "etcdpp/transport/recording.hpp"
#include "etcdpp/transport/scripted.hpp"

#include <utility>
#include <vector>

namespace etcdpp {
namespace {

//! A script answers in place of a member.
struct ScriptedMember {
    static Endpoint member() { return {.host = "10.0.0.1"}; }
    void will_answer(http::Response response) { script.reply(std::move(response)); }

    std::vector<http::Request> heard() const
    {
        auto requests = std::vector<http::Request>{};
        for (auto const& sent : script.sent()) { requests.push_back(sent.request); }
        return requests;
    }

    ScriptedTransport script;
};

struct Scripted : ScriptedMember {
    ScriptedTransport make() const { return script; }
};

struct Recorded : ScriptedMember {
    Recording<ScriptedTransport> make() const { return Recording{script}; }
};

struct Mocked : ScriptedMember {
    mocks::Transport make()
    {
        auto transport = mocks::Transport{};
        ON_CALL(*transport, send)
            .WillByDefault([this](Endpoint const& to, http::Request const& request,
                               Limits const& limits) { return script.send(to, request, limits); });
        return transport;
    }
};

using Transports = testing::Types<Scripted, Recorded, Mocked>;

INSTANTIATE_TYPED_TEST_SUITE_P(Models, TransportSuite, Transports);
INSTANTIATE_TYPED_TEST_SUITE_P(Models, StreamingTransportSuite, Scripted);

}  // namespace
}  // namespace etcdpp
