// SPDX-License-Identifier: BSL-1.0

//! @file
//! How long a watch rests.

#include "etcdpp/v2/watch_pause.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <random>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;

//! The draw that gives the longest pause there is.
constexpr auto longest(Clock::duration most)
{
    return static_cast<std::uint64_t>((most - 25ms).count());
}

TEST(WatchPause, begins_between_the_base_and_three_times_the_base)
{
    EXPECT_EQ(WatchPause{}.next(0), 25ms);
    EXPECT_EQ(WatchPause{}.next(longest(75ms)), 75ms);
}

TEST(WatchPause, grows_to_three_times_the_last)
{
    auto pause = WatchPause{};
    pause.next(longest(75ms));

    EXPECT_EQ(pause.next(longest(225ms)), 225ms);
}

TEST(WatchPause, stays_within_its_bounds)
{
    auto random = std::mt19937_64{17};
    auto pause = WatchPause{};
    for (auto time = 0; time != 10'000; ++time) {
        auto const drawn = pause.next(random());
        ASSERT_GE(drawn, 25ms);
        ASSERT_LE(drawn, 500ms);
    }
}

TEST(WatchPause, is_short_again_after_progress)
{
    auto pause = WatchPause{};
    pause.next(longest(75ms));
    pause.reset();

    EXPECT_EQ(pause.next(longest(75ms)), 75ms);
}

}  // namespace
}  // namespace etcdpp::v2
