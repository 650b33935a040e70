// SPDX-License-Identifier: BSL-1.0
// Finds all members from one, follows them as they change, and asks the leader while there is one.
// Usage: 07_members_and_sync [http://host:port,...]; without it, a simulated cluster is served

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/etcdpp.hpp>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>

namespace e = etcdpp;
using namespace std::chrono_literals;

//! In one piece, for two threads print.
void print(auto const&... each)
{
    auto line = std::ostringstream{};
    (line << ... << each) << '\n';
    std::cout << line.str() << std::flush;
}

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster{argc, argv};
    auto const alarm = e::FaultAlarm{};  // rings in the loop below when a call meets a dead member
    auto client = e::Client{e::Config{.endpoints = cluster.endpoints(),
        .selector = e::LeaderFirst{},
        .environment = e::Observed{alarm}}};

    auto const synced = e::sync(client);
    if (!synced) {
        std::cerr << synced.error() << '\n';
        return EXIT_FAILURE;
    }
    for (auto const& member : e::v2::Members{client}.list().value()) { print(member); }

    auto heard = std::atomic_flag{};
    auto const follower = std::jthread{[&](std::stop_token const& stop) {
        auto const tell = [&](e::Result<e::Synced> const& now) {
            now ? print("now ", *now) : print("not now: ", now.error());
            heard.test_and_set();
            heard.notify_all();
        };
        auto const ended = e::auto_sync(client, 30s, stop, {.alarm = alarm, .on_sync = tell});
        if (!ended) { print(ended.error()); }
    }};

    heard.wait(false);
    print("Enter reads /app/mode, \"end\" ends");
    for (auto line = std::string{}; std::getline(std::cin, line) && line != "end";) {
        auto const mode = e::v2::Keys{client}.get("/app/mode");
        mode ? print("/app/mode is ", mode->node.value) : print(mode.error());
    }
}
