// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/v2/statistics.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace etcdpp::v2 {
namespace {

TEST(SelfStats, know_nothing_until_told)
{
    auto const stats = SelfStats{};

    EXPECT_EQ(stats.leader, "");
    EXPECT_EQ(stats.leader_since, std::nullopt);
    EXPECT_EQ(stats.sent_per_second, std::nullopt);
}

TEST(FollowerStats, have_latencies_in_milliseconds)
{
    using namespace std::chrono_literals;

    EXPECT_EQ(FollowerStats::Latency{1.5}, 1500us);
}

TEST(LeaderStats, differ_by_leader_and_followers)
{
    auto const stats = LeaderStats{"a1", {{"b2", {.successes = 7}}}};

    EXPECT_EQ(stats, (LeaderStats{"a1", {{"b2", {.successes = 7}}}}));
    EXPECT_NE(stats, (LeaderStats{"b2", {{"b2", {.successes = 7}}}}));
    EXPECT_NE(stats, (LeaderStats{"a1", {{"b2", {.successes = 8}}}}));
    EXPECT_NE(stats, (LeaderStats{"a1", {}}));
}

}  // namespace
}  // namespace etcdpp::v2
