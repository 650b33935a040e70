// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each verb hands the value that belongs to it, and the call's options, to the client.

#include "etcdpp/v2/stats.hpp"

#include "tests/support/spy_client.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace etcdpp::v2 {
namespace {

using tests::SpyClient;

struct StatsTest : testing::Test {
    SpyClient spy;
    Stats<SpyClient> const stats{spy};
    CallOptions const hasty = SpyClient::hasty;
};

TEST_F(StatsTest, self_runs_a_get_self_stats)
{
    EXPECT_EQ(stats.self(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<GetSelfStats>();
}

TEST_F(StatsTest, store_runs_a_get_store_stats)
{
    EXPECT_EQ(stats.store(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<GetStoreStats>();
}

TEST_F(StatsTest, leader_runs_a_get_leader_stats)
{
    EXPECT_EQ(stats.leader(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<GetLeaderStats>();
}

TEST_F(StatsTest, are_copied_freely)
{
    static_assert(std::is_trivially_copyable_v<Stats<SpyClient>>);
}

}  // namespace
}  // namespace etcdpp::v2
