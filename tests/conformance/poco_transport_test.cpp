// SPDX-License-Identifier: BSL-1.0
//! @file
//! The transports of Poco pass the suites of every transport, with a member on loopback.

#include "etcdpp/testing/conformance/network_streaming_transport.hpp"
#include "etcdpp/testing/conformance/network_transport.hpp"
#include "etcdpp/testing/conformance/streaming_transport.hpp"
#include "etcdpp/testing/conformance/transport.hpp"
#include "etcdpp/transport/poco.hpp"
#include "etcdpp/transport/poco_session.hpp"
#include "etcdpp/transport/recording.hpp"
#include "tests/support/loopback_server.hpp"

#include <algorithm>
#include <deque>
#include <list>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

std::string text_of(http::Response const& response)
{
    auto text = std::ostringstream{};
    text << "HTTP/1.1 " << response.status << " Some Reason\r\n"
         << response.headers.block() << "Content-Length: " << response.body.size() << "\r\n\r\n"
         << response.body;
    return text.str();
}

http::Request request_of(std::string_view text)
{
    using enum http::Method;
    auto const head_end = text.find("\r\n\r\n");
    auto const line_end = text.find("\r\n");
    auto const line = text.substr(0, line_end);
    auto const method_end = line.find(' ');
    for (auto const method : {get, head, put, post, del}) {
        if (http::name(method) != line.substr(0, method_end)) { continue; }
        auto const target = line.substr(method_end + 1, line.rfind(' ') - method_end - 1);
        auto const block = text.substr(line_end + 2, head_end - line_end);
        return {.method = method,
            .target = std::string{target},
            .headers = http::Headers::from_block(block),
            .body = std::string{text.substr(head_end + 4)}};
    }
    throw std::runtime_error{"no method: " + std::string{line}};
}

//! A member on loopback that answers as prepared.
class LoopbackMember {
public:
    Endpoint member() const { return server_.endpoint(); }

    void will_answer(http::Response const& response)
    {
        auto const lock = std::lock_guard{mutex_};
        answers_.push_back(text_of(response));
    }

    std::vector<http::Request> heard() const
    {
        auto requests = std::vector<http::Request>{};
        for (auto const& text : server_.requests()) { requests.push_back(request_of(text)); }
        return requests;
    }

private:
    std::optional<std::string> next_answer()
    {
        auto const lock = std::lock_guard{mutex_};
        if (answers_.empty()) { return std::nullopt; }
        auto answer = std::move(answers_.front());
        answers_.pop_front();
        return answer;
    }

    std::mutex mutex_;
    std::deque<std::string> answers_;
    tests::LoopbackServer server_{[this](tests::Peer& peer) {
        while (peer.request()) {
            auto const answer = next_answer();
            if (!answer) { return; }
            peer.say(*answer);
        }
    }};
};

struct Poco : LoopbackMember {
    static PocoTransport make() { return PocoTransport{}; }
};

struct RecordedPoco : LoopbackMember {
    static Recording<PocoTransport> make() { return Recording<PocoTransport>{PocoTransport{}}; }
};

struct PocoSession : LoopbackMember {
    static PocoSessionTransport make() { return PocoSessionTransport{}; }
};

INSTANTIATE_TYPED_TEST_SUITE_P(PocoTransport, TransportSuite, Poco);
INSTANTIATE_TYPED_TEST_SUITE_P(PocoSessionTransport, TransportSuite, PocoSession);
INSTANTIATE_TYPED_TEST_SUITE_P(RecordedPocoTransport, TransportSuite, RecordedPoco);
INSTANTIATE_TYPED_TEST_SUITE_P(PocoTransport, StreamingTransportSuite, Poco);

//! Members on loopback that do as they are told.
template <class Transport>
class Loopback {
public:
    static Transport make() { return Transport{}; }

    //! A port that was free a moment ago.
    static Endpoint refusing()
    {
        return tests::LoopbackServer{[](tests::Peer&) {}}.endpoint();
    }

    template <class Part>
    Endpoint member(Part part)
    {
        return servers_.emplace_back(std::move(part)).endpoint();
    }

private:
    std::list<tests::LoopbackServer> servers_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(PocoTransport, NetworkTransportSuite, Loopback<PocoTransport>);
INSTANTIATE_TYPED_TEST_SUITE_P(
    PocoSessionTransport, NetworkTransportSuite, Loopback<PocoSessionTransport>);
INSTANTIATE_TYPED_TEST_SUITE_P(PocoTransport, NetworkStreamingSuite, Loopback<PocoTransport>);

}  // namespace
}  // namespace etcdpp
