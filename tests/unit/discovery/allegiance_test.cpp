// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a member's answer says of its cluster, also while that has no leader.

#include "etcdpp/discovery/allegiance.hpp"

#include "tests/support/admin_replies.hpp"
#include "tests/support/matchers.hpp"

#include <gtest/gtest.h>

namespace etcdpp::detail {
namespace {

using tests::error;
using tests::from_etcd;
using tests::IsError;
using tests::reply;
using tests::request;
using tests::without_cluster;

static_assert(
    check_operation<AskAllegiance, PocoJson>() && tests::is_a_local_read<AskAllegiance>());

TEST(AskAllegiance, asks_who_leads)
{
    EXPECT_EQ(request(AskAllegiance{}), http::Request{.target = "/v2/members/leader"});
}

TEST(AskAllegiance, reads_the_cluster_and_the_leader)
{
    auto const answer = reply(AskAllegiance{},
        from_etcd(200, R"({"id":"a1","name":"one","clientURLs":["http://etcd-1:2379"]})"));

    EXPECT_EQ(answer.value(),
        (Allegiance{"dfd396ec7b4c7b9e",
            v2::Member{.id = "a1", .name = "one", .client_urls = {"http://etcd-1:2379"}}}));
}

TEST(AskAllegiance, reads_the_cluster_of_a_member_that_knows_no_leader)
{
    auto const answer = reply(AskAllegiance{}, from_etcd(503, R"({"message":"During election"})"));

    EXPECT_EQ(answer.value(), (Allegiance{"dfd396ec7b4c7b9e", std::nullopt}));
}

TEST(AskAllegiance, believes_nobody_else)
{
    EXPECT_THAT(error(AskAllegiance{}, without_cluster(503, "Service Unavailable")),
        IsError(Errc::unreachable));
    EXPECT_THAT(
        error(AskAllegiance{}, without_cluster(200, R"({"id":"a1"})")), IsError(Errc::not_etcd));
    EXPECT_THAT(error(AskAllegiance{}, without_cluster(404, "404 page not found\n")),
        IsError(Errc::v2_disabled));
    EXPECT_THAT(error(AskAllegiance{}, from_etcd(200, "{}")), IsError(Errc::malformed_reply));
}

}  // namespace
}  // namespace etcdpp::detail
