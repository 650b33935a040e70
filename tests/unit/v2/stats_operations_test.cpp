// SPDX-License-Identifier: BSL-1.0

//! @file
//! The exact request for each kind of statistics, and what becomes of etcd's replies.

#include "etcdpp/v2/stats_operations.hpp"

#include "tests/support/admin_replies.hpp"

#include <gtest/gtest.h>

namespace etcdpp::v2 {
namespace {

using tests::error;
using tests::is_a_local_read;
using tests::reply;
using tests::request;
using tests::without_cluster;

static_assert(check_operation<GetSelfStats, PocoJson>() && is_a_local_read<GetSelfStats>());
static_assert(check_operation<GetStoreStats, PocoJson>() && is_a_local_read<GetStoreStats>());
static_assert(check_operation<GetLeaderStats, PocoJson>() && is_a_local_read<GetLeaderStats>());

TEST(StatsOperations, ask_for_their_kind)
{
    EXPECT_EQ(request(GetSelfStats{}), http::Request{.target = "/v2/stats/self"});
    EXPECT_EQ(request(GetStoreStats{}), http::Request{.target = "/v2/stats/store"});
    EXPECT_EQ(request(GetLeaderStats{}), http::Request{.target = "/v2/stats/leader"});
}

//! There etcd does not name its cluster.
TEST(StatsOperations, read_figures_that_name_no_cluster)
{
    EXPECT_EQ(reply(GetSelfStats{}, without_cluster(200, R"({"id":"a1"})")).value().id, "a1");
    EXPECT_EQ(reply(GetStoreStats{}, without_cluster(200, R"({"watchers":0,"getsSuccess":3})"))
                  .value()
                  .gets_success,
        3U);
    EXPECT_EQ(reply(GetLeaderStats{}, without_cluster(200, R"({"leader":"a1","followers":{}})"))
                  .value()
                  .leader,
        "a1");
}

TEST(StatsOperations, read_no_figures_out_of_nothing)
{
    for (auto const* const body : {"{}", "null", "", "<html>"}) {
        auto const nothing = without_cluster(200, body);
        EXPECT_EQ(error(GetSelfStats{}, nothing), etcdpp::Errc::not_etcd) << body;
        EXPECT_EQ(error(GetStoreStats{}, nothing), etcdpp::Errc::not_etcd) << body;
        EXPECT_EQ(error(GetLeaderStats{}, nothing), etcdpp::Errc::not_etcd) << body;
    }
}

TEST(GetLeaderStats, tells_that_a_follower_was_asked_who_is_not_at_fault)
{
    auto const follower = error(
        GetLeaderStats{}, without_cluster(403, R"({"message":"not current leader"})"));

    EXPECT_EQ(follower, AdminErrc::not_leader);
    EXPECT_EQ(follower.fault(), Fault::request);
    EXPECT_EQ(follower.words(), "not current leader");
}

TEST(StatsOperations, tell_that_the_v2_api_is_off)
{
    auto const disabled = http::Response{404, {}, "404 page not found\n"};

    EXPECT_EQ(error(GetSelfStats{}, disabled), etcdpp::Errc::v2_disabled);
}

}  // namespace
}  // namespace etcdpp::v2
