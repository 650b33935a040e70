// SPDX-License-Identifier: BSL-1.0
//! @file
//! One PocoTransport used by many threads at once; meant for a thread sanitizer as well.

#include "etcdpp/transport/poco.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto callers = 8;
constexpr auto rounds = 100;

//! Answers with the request's own target; ends the connection, as announced, with every tenth
//! reply.
void echo(Peer& peer)
{
    for (auto count = 1; auto const request = peer.request(); ++count) {
        auto const target = request->substr(4, request->find(" HTTP/1.1") - 4);
        peer.say("HTTP/1.1 200 OK\r\n" + std::string{count % 10 == 0 ? "Connection: close\r\n" : ""}
            + "Content-Length: " + std::to_string(target.size()) + "\r\n\r\n" + target);
        if (count % 10 == 0) { return; }
    }
}

//! Runs `work(caller)` in each of the callers' threads, and waits for all.
void at_once(auto const& work)
{
    auto threads = std::vector<std::jthread>{};
    for (auto caller = 0; caller != callers; ++caller) {
        threads.emplace_back([&work, caller] { work(caller); });
    }
}

TEST(PocoTransport, gives_every_thread_its_own_reply)
{
    auto const servers = std::array{
        std::make_unique<LoopbackServer>(echo), std::make_unique<LoopbackServer>(echo)};
    auto const transport = PocoTransport{{.connections_per_member = 3}};

    at_once([&](int caller) {
        for (auto round = 0; round != rounds; ++round) {
            auto const target = "/v2/keys/" + std::to_string(caller) + '/' + std::to_string(round);
            auto const& server = *servers[static_cast<std::size_t>(round) % servers.size()];
            auto const reply = transport.send(
                server.endpoint(), {.target = target}, {.connect = 30s, .silence = 30s});
            ASSERT_THAT(reply, IsOk());
            EXPECT_EQ(reply->body, target);
        }
    });
}

TEST(PocoTransport, can_be_stopped_and_timed_out_in_many_threads)
{
    auto mute = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto const transport = PocoTransport{};

    at_once([&](int caller) {
        for (auto round = 0; round != 5; ++round) {
            auto stop = std::stop_source{};
            auto stopper = std::jthread{};
            if (caller % 2 == 0) {
                stopper = std::jthread{[&] { stop.request_stop(); }};
            }
            auto const reply = transport.send(
                mute.endpoint(), {}, {.connect = 30s, .silence = 20ms, .stop = stop.get_token()});
            EXPECT_FALSE(reply);
        }
    });
}

TEST(PocoTransport, may_die_while_other_threads_hold_its_exchanges)
{
    auto server = LoopbackServer{echo};
    auto transport = std::make_unique<PocoTransport>();
    auto exchanges = std::vector<PocoTransport::Exchange>{};
    for (auto caller = 0; caller != callers; ++caller) {
        exchanges.push_back(transport->start(server.endpoint(), {}, {.connect = 30s}).value());
    }

    auto killer = std::jthread{[&] { transport.reset(); }};
    at_once([&](int caller) {
        auto& exchange = exchanges[static_cast<std::size_t>(caller)];
        auto progress = Result<Progress>{Progress::more};
        while (progress && *progress != Progress::end) { progress = exchange.advance(); }
        EXPECT_THAT(progress, IsOk());
    });
}

}  // namespace
}  // namespace etcdpp::tests
