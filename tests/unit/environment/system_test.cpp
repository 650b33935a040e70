// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/system.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <future>
#include <latch>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

//! How long a sleep of an hour goes on after it was told to stop.
Clock::duration oversleep()
{
    auto environment = SystemEnvironment{};
    auto source = std::stop_source{};
    auto begun = std::latch{1};
    auto woken = Clock::time_point{};
    auto sleeper = std::jthread{[&] {
        begun.count_down();
        environment.sleep_for(1h, source.get_token());
        woken = Clock::now();
    }};
    begun.wait();
    auto const stopped = Clock::now();
    source.request_stop();
    sleeper.join();
    return woken - stopped;
}

std::vector<std::uint64_t> draw(SystemEnvironment& environment, std::size_t count)
{
    auto draws = std::vector<std::uint64_t>(count);
    std::ranges::generate(draws, [&] { return environment.entropy(); });
    return draws;
}

bool has_repeats(std::vector<std::uint64_t> draws)
{
    std::ranges::sort(draws);
    return std::ranges::adjacent_find(draws) != draws.end();
}

TEST(SystemEnvironment, tells_the_time_of_the_steady_clock)
{
    auto const before = Clock::now();
    auto const now = SystemEnvironment{}.now();
    auto const after = Clock::now();

    EXPECT_LE(before, now);
    EXPECT_LE(now, after);
}

TEST(SystemEnvironment, sleeps_as_long_as_it_is_told_to)
{
    auto const environment = SystemEnvironment{};
    auto const began = Clock::now();
    environment.sleep_for(20ms, {});

    EXPECT_GE(Clock::now() - began, 20ms);
}

TEST(SystemEnvironment, does_not_sleep_for_nothing_or_less)
{
    auto const environment = SystemEnvironment{};
    auto const began = Clock::now();
    for (auto const pause : {Clock::duration{0}, Clock::duration{-1h}}) {
        environment.sleep_for(pause, {});
    }
    EXPECT_LT(Clock::now() - began, 10min);
}

TEST(SystemEnvironment, does_not_fall_asleep_after_a_stop)
{
    auto source = std::stop_source{};
    source.request_stop();
    auto const began = Clock::now();
    SystemEnvironment{}.sleep_for(1h, source.get_token());

    EXPECT_LT(Clock::now() - began, 10min);
}

// A loaded machine may be slow to run the sleeper: the promise is kept by the best of several.
TEST(SystemEnvironment, is_woken_by_a_stop_within_fifty_milliseconds)
{
    auto best = Clock::duration::max();
    for (auto i = 0; i != 20; ++i) { best = std::min(best, oversleep()); }

    EXPECT_LT(best, 50ms);
}

TEST(SystemEnvironment, is_woken_by_a_stop_whenever_it_comes)
{
    for (auto i = 0; i != 200; ++i) { EXPECT_LT(oversleep(), 10min); }
}

TEST(SystemEnvironment, sleeps_for_ever_until_a_stop)
{
    auto source = std::stop_source{};
    auto sleep = std::async(std::launch::async, [token = source.get_token()] {
        SystemEnvironment{}.sleep_for(Clock::duration::max(), token);
    });

    EXPECT_EQ(sleep.wait_for(50ms), std::future_status::timeout);
    source.request_stop();
    EXPECT_EQ(sleep.wait_for(10min), std::future_status::ready);
}

TEST(SystemEnvironment, draws_no_number_twice)
{
    auto environment = SystemEnvironment{};

    EXPECT_FALSE(has_repeats(draw(environment, 100'000)));
}

TEST(SystemEnvironment, draws_no_number_twice_in_several_threads)
{
    auto environment = SystemEnvironment{};
    auto all_ready = std::latch{4};
    auto draws = std::array<std::vector<std::uint64_t>, 4>{};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto& each : draws) {
            threads.emplace_back([&] {
                all_ready.arrive_and_wait();
                each = draw(environment, 50'000);
            });
        }
    }
    auto all = std::vector<std::uint64_t>{};
    for (auto const& each : draws) { all.insert(all.end(), each.begin(), each.end()); }

    EXPECT_FALSE(has_repeats(all));
}

// Of 100 000 fair bits, 50 000 are set, give or take 158 (one standard deviation). Ten of those
// never happen by chance.
TEST(SystemEnvironment, draws_each_bit_as_often_as_not)
{
    auto environment = SystemEnvironment{};
    auto const draws = draw(environment, 100'000);
    for (auto bit = 0U; bit != 64; ++bit) {
        auto const set = std::ranges::count_if(
            draws, [&](std::uint64_t each) { return each >> bit & 1U; });
        EXPECT_NEAR(static_cast<double>(set), 50'000, 1'580) << "bit " << bit;
    }
}

// Two independent draws differ in 32 of 64 bits, give or take 4; the mean of 100 000 pairs is 32
// give or take 0.013.
TEST(SystemEnvironment, draws_each_number_independent_of_the_one_before)
{
    auto environment = SystemEnvironment{};
    auto const draws = draw(environment, 100'000);
    auto differing = 0;
    for (auto i = std::size_t{1}; i != draws.size(); ++i) {
        differing += std::popcount(draws[i] ^ draws[i - 1]);
    }
    EXPECT_NEAR(differing / static_cast<double>(draws.size() - 1), 32, 0.13);
}

TEST(SystemEnvironment, draws_other_numbers_than_another_one_also_after_a_move)
{
    auto one = SystemEnvironment{};
    auto other = SystemEnvironment{};
    auto one_moved = std::move(one);
    auto other_moved = std::move(other);
    auto draws = draw(one_moved, 1000);
    for (auto const each : draw(other_moved, 1000)) { draws.push_back(each); }

    EXPECT_FALSE(has_repeats(draws));
}

TEST(SystemEnvironment, goes_on_with_new_numbers_after_it_was_moved)
{
    auto original = SystemEnvironment{};
    auto draws = draw(original, 1000);
    auto moved = std::move(original);
    for (auto const each : draw(moved, 1000)) { draws.push_back(each); }

    EXPECT_FALSE(has_repeats(draws));
}

}  // namespace
}  // namespace etcdpp
