// SPDX-License-Identifier: BSL-1.0

//! @file
//! How soon a watch leaves a member that is of no use, and a thread that is to stop.

#include "etcdpp/environment/observed.hpp"
#include "tests/integration/on_cluster.hpp"

#include <algorithm>
#include <iostream>
#include <latch>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

//! Far more than any event takes.
auto const in_the_end = CallOptions{.timeout = 20s};

constexpr auto short_liveness = Clock::duration{500ms};

//! Remembers what watches tell; copies share it.
class WatchListener {
public:
    void on(Event const& event)
    {
        if (auto const* const change = std::get_if<WatchChanged>(&event)) {
            auto const lock = std::lock_guard{memory_->mutex};
            memory_->states.emplace_back(change->state);
            memory_->words.push_back(change->error == nullptr ? "" : change->error->words());
        }
    }

    std::vector<WatchState> states() const
    {
        auto const lock = std::lock_guard{memory_->mutex};
        return memory_->states;
    }

    std::vector<std::string> words() const
    {
        auto const lock = std::lock_guard{memory_->mutex};
        return memory_->words;
    }

private:
    struct Memory {
        std::mutex mutex;
        std::vector<WatchState> states;
        std::vector<std::string> words;
    };

    std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
};

using AWatchAgainstTheClock = OnCluster;

TEST_F(AWatchAgainstTheClock, leaves_a_frozen_member_within_twice_its_liveness)
{
    auto survivors = Client{Config{.endpoints = Endpoints::parse(cluster.url(1)).value()}};
    auto listener = WatchListener{};
    auto pinned = Client{Config{.endpoints = endpoints_of(cluster),
        .selector = Sticky::starting_at(0),
        .environment = Observed{listener}}};
    v2::Keys{survivors}.set("/app/mode", "blue").value();
    auto watch = v2::Keys{pinned}.watch("/app", {.recursive = true, .liveness = short_liveness});
    EXPECT_FALSE(watch.next({.timeout = 100ms}));

    cluster.stop(0);
    auto const stopped = Clock::now();
    cluster.wait_for_leader();
    v2::Keys{survivors}.set("/app/mode", "green", {}, {.timeout = 10s}).value();
    auto const written = Clock::now();
    EXPECT_EQ(watch.next(in_the_end).value().node.value, "green");

    // The watch slept through the election: its clock runs while it is waited with.
    auto const late = Clock::now() - std::max(written, stopped);
    std::cout << "delivered " << milliseconds(late) << " ms after the write\n";
    EXPECT_LE(milliseconds(late), milliseconds(2 * short_liveness + slack));
    EXPECT_THAT(listener.states(), Contains(WatchState::stalled));
}

TEST_F(AWatchAgainstTheClock, leaves_a_frozen_member_while_it_is_waited_with)
{
    auto const follower = (cluster.wait_for_leader() + 1) % 3;
    auto pinned = Client{
        Config{.endpoints = endpoints_of(cluster), .selector = Sticky::starting_at(follower)}};
    auto watch = v2::Keys{pinned}.watch("/app", {.recursive = true, .liveness = short_liveness});
    EXPECT_FALSE(watch.next({.timeout = 100ms}));
    auto const writer_at = (follower + 1) % 3;
    auto writer = Client{Config{.endpoints = Endpoints::parse(cluster.url(writer_at)).value()}};

    cluster.stop(follower);
    auto const stopped = Clock::now();
    v2::Keys{writer}.set("/app/mode", "green").value();
    EXPECT_EQ(watch.next(in_the_end).value().node.value, "green");

    auto const late = Clock::now() - stopped;
    std::cout << "delivered " << milliseconds(late) << " ms after the freeze\n";
    EXPECT_LE(milliseconds(late), milliseconds(2 * short_liveness + slack));
}

TEST_F(AWatchAgainstTheClock, leaves_a_member_that_lost_its_cluster)
{
    auto listener = WatchListener{};
    auto isolated = Client{Config{
        .endpoints = Endpoints::parse(cluster.url(0)).value(), .environment = Observed{listener}}};
    auto watch = v2::Keys{isolated}.watch("/app", {.liveness = short_liveness});
    EXPECT_FALSE(watch.next({.timeout = 100ms}));

    cluster.stop(1);
    cluster.stop(2);
    auto const began = Clock::now();
    while (listener.states().size() < 2 && Clock::now() - began < 20s) {
        EXPECT_FALSE(watch.next({.timeout = 50ms}));
    }
    auto const late = Clock::now() - began;
    cluster.cont(1);
    cluster.cont(2);

    std::cout << "left " << milliseconds(late) << " ms after its peers froze\n";
    EXPECT_THAT(listener.states(), Contains(WatchState::stalled));
    EXPECT_THAT(listener.words(), Contains(HasSubstr("health")));
}

TEST_F(AWatchAgainstTheClock, is_cancelled_from_another_thread_within_fifty_milliseconds)
{
    auto watch = keys.watch("/app", {.recursive = true});
    EXPECT_EQ(watch.next({.timeout = 100ms}).error(), Condition::timed_out);
    auto longest = Clock::duration{};
    for (auto time = 0; time != 20; ++time) {
        auto stop = std::stop_source{};
        auto ended = Clock::time_point{};
        auto waits = std::latch{1};
        auto waiter = std::thread{[&] {
            waits.count_down();
            EXPECT_EQ(watch.next({.stop = stop.get_token()}).error(), Condition::cancelled);
            ended = Clock::now();
        }};
        waits.wait();
        auto const asked = Clock::now();
        stop.request_stop();
        waiter.join();
        longest = std::max(longest, ended - asked);
    }

    std::cout << "cancelled after " << milliseconds(longest) << " ms at most\n";
    EXPECT_LE(milliseconds(longest), 50);
    keys.set("/app/mode", "blue").value();
    EXPECT_TRUE(watch.next(in_the_end));
}

}  // namespace
}  // namespace etcdpp::tests
