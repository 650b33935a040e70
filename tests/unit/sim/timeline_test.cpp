// SPDX-License-Identifier: BSL-1.0

//! @file
//! Virtual time.

#include "etcdpp/sim/timeline.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

TEST(Timeline, carries_out_what_is_planned_in_order_of_time_then_of_planning)
{
    auto timeline = Timeline{};
    auto seen = std::string{};
    timeline.after(2s, [&] { seen += 'c'; });
    timeline.after(1s, [&] { seen += 'a'; });
    timeline.after(1s, [&] { seen += 'b'; });

    while (timeline.next_at() != Clock::time_point::max()) { timeline.step(); }

    EXPECT_EQ(seen, "abc");
}

TEST(Timeline, jumps_to_what_happens_next)
{
    auto timeline = Timeline{};
    auto const began = timeline.now();
    timeline.after(24h, [] {});

    timeline.step();

    EXPECT_EQ(timeline.now() - began, 24h);
}

TEST(Timeline, never_goes_back)
{
    auto timeline = Timeline{};
    auto const began = timeline.now();
    timeline.at(began - 1s, [] {});

    timeline.step();
    timeline.pass(began - 1s);

    EXPECT_EQ(timeline.now(), began);
}

}  // namespace
}  // namespace etcdpp::sim
