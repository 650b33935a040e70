// SPDX-License-Identifier: BSL-1.0

//! @file
//! Watches of one client in threads of their own, while other threads write and stop them; meant
//! for a thread sanitizer as well.

#include "tests/integration/on_cluster.hpp"

#include <cstddef>
#include <latch>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto writes = 300;

//! So short that the watches prove the lives of their members all the while.
constexpr auto restless = Clock::duration{20ms};

//! What a watch has told of, by its index; the last write is marked.
std::vector<Index> indices_until_done(v2::Watch<Client<>>& watch)
{
    auto seen = std::vector<Index>{};
    for (;;) {
        auto const event = watch.next({.timeout = 60s});
        if (!event) {
            ADD_FAILURE() << event.error();
            return seen;
        }
        seen.push_back(event->node.modified_index);
        if (event->node.value == "done") { return seen; }
    }
}

using WatchesInThreads = OnCluster;

TEST_F(WatchesInThreads, hear_every_write_of_a_third)
{
    auto const start = keys.set("/start", "now").value().index;
    auto const options = v2::WatchOptions{
        .after_index = start, .recursive = true, .liveness = restless};
    auto one = std::vector<Index>{};
    auto other = std::vector<Index>{};
    auto written = std::vector<Index>{};
    {
        auto const listen = [&](std::vector<Index>& into) {
            auto watch = keys.watch("/app", options);
            into = indices_until_done(watch);
        };
        auto const first = std::jthread{[&] { listen(one); }};
        auto const second = std::jthread{[&] { listen(other); }};
        auto const writer = std::jthread{[&] {
            for (auto i = 1; i <= writes; ++i) {
                auto const value = i == writes ? "done" : "busy";
                auto const key = "/app/" + std::to_string(i % 7);
                written.push_back(keys.set(key, value).value().node.modified_index);
            }
        }};
    }

    EXPECT_EQ(written.size(), std::size_t{writes});
    EXPECT_EQ(one, written);
    EXPECT_EQ(other, written);
}

TEST_F(WatchesInThreads, are_stopped_from_another_thread_and_go_on)
{
    auto watch = keys.watch("/app", {.recursive = true, .liveness = restless});
    EXPECT_THAT(watch.next({.timeout = 100ms}), IsError(Condition::timed_out));
    for (auto time = 0; time != 20; ++time) {
        auto stop = std::stop_source{};
        auto waits = std::latch{1};
        auto const waiter = std::jthread{[&] {
            waits.count_down();
            EXPECT_THAT(watch.next({.stop = stop.get_token()}), IsError(Condition::cancelled));
        }};
        waits.wait();
        stop.request_stop();
    }

    keys.set("/app/mode", "blue").value();

    EXPECT_EQ(watch.next({.timeout = 60s}).value().node.value, "blue");
}

}  // namespace
}  // namespace etcdpp::tests
