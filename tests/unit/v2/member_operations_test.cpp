// SPDX-License-Identifier: BSL-1.0

//! @file
//! The exact request of each operation on members, and what it makes of etcd's replies.

#include "etcdpp/v2/member_operations.hpp"

#include "tests/support/admin_replies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::v2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::error;
using tests::from_etcd;
using tests::is_a_change;
using tests::is_a_local_read;
using tests::put;
using tests::refusal;
using tests::reply;
using tests::request;
using tests::with_json;
using tests::without_cluster;

static_assert(check_operation<ListMembers, PocoJson>() && is_a_local_read<ListMembers>());
static_assert(check_operation<GetLeader, PocoJson>() && is_a_local_read<GetLeader>());
static_assert(check_operation<AddMember, PocoJson>() && is_a_change<AddMember>());
static_assert(check_operation<UpdateMember, PocoJson>() && is_a_change<UpdateMember>());
static_assert(check_operation<RemoveMember, PocoJson>() && is_a_change<RemoveMember>());

std::string const wire_text =
    R"({"id":"628170c800dbcee","name":"wire","peerURLs":["http://10.0.0.1:2380"],)"
    R"("clientURLs":["http://10.0.0.1:2379"]})";
Member const wire_member{
    "628170c800dbcee", "wire", {"http://10.0.0.1:2380"}, {"http://10.0.0.1:2379"}};

std::string const added_text =
    R"({"id":"30f5e8a2817f2930","name":"","peerURLs":["http://10.0.0.9:2380"],"clientURLs":[]})";
Member const added{.id = "30f5e8a2817f2930", .peer_urls = {"http://10.0.0.9:2380"}};

// ListMembers.

TEST(ListMembers, asks_for_all)
{
    EXPECT_EQ(request(ListMembers{}), http::Request{.target = "/v2/members"});
}

TEST(ListMembers, reads_them_in_etcds_order_with_those_that_have_not_started)
{
    auto const listing = from_etcd(200, R"({"members":[)" + wire_text + "," + added_text + "]}\n");

    EXPECT_THAT(reply(ListMembers{}, listing).value(), ElementsAre(wire_member, added));
}

TEST(ListMembers, believes_an_etcd_that_knows_of_none)
{
    EXPECT_THAT(reply(ListMembers{}, from_etcd(200, R"({"members":[]})")).value(), IsEmpty());
}

//! Else a client that syncs with a stranger would be left without members.
TEST(ListMembers, believes_no_stranger_who_knows_of_none)
{
    EXPECT_EQ(error(ListMembers{}, without_cluster(200, "{}")), etcdpp::Errc::not_etcd);
}

TEST(ListMembers, refuses_a_member_without_id)
{
    EXPECT_EQ(error(ListMembers{}, from_etcd(200, R"({"members":[{"name":"wire"}]})")),
        etcdpp::Errc::malformed_reply);
}

// GetLeader.

TEST(GetLeader, asks_who_leads)
{
    EXPECT_EQ(request(GetLeader{}), http::Request{.target = "/v2/members/leader"});
}

TEST(GetLeader, reads_one_member)
{
    EXPECT_EQ(reply(GetLeader{}, from_etcd(200, wire_text)).value(), wire_member);
}

TEST(GetLeader, passes_over_a_member_that_knows_none)
{
    auto const none = error(GetLeader{}, from_etcd(503, R"({"message":"During election"})"));

    EXPECT_EQ(none, AdminErrc::no_leader);
    EXPECT_EQ(none, Condition::unavailable);
    EXPECT_EQ(none.effect(), Effect::none);
    EXPECT_EQ(none.fault(), Fault::member);
}

TEST(GetLeader, refuses_a_leader_without_id)
{
    EXPECT_EQ(error(GetLeader{}, from_etcd(200, "{}")), etcdpp::Errc::malformed_reply);
}

// AddMember.

TEST(AddMember, posts_the_peer_urls)
{
    EXPECT_EQ(request(AddMember{{"http://10.0.0.9:2380", "http://10.1.0.9:2380"}}),
        with_json(http::Method::post, "/v2/members",
            R"({"peerURLs":["http://10.0.0.9:2380","http://10.1.0.9:2380"]})"));
}

TEST(AddMember, refuses_a_url_that_is_not_utf8)
{
    EXPECT_EQ(refusal(AddMember{{"http://caf\xe9:2380"}}), "a peer URL is not valid UTF-8");
}

TEST(AddMember, reads_the_new_member)
{
    EXPECT_EQ(reply(AddMember{}, from_etcd(201, added_text)).value(), added);
}

TEST(AddMember, tells_of_a_peer_url_that_is_taken)
{
    auto const taken = error(
        AddMember{}, from_etcd(409, R"({"message":"membership: peerURL exists"})"));

    EXPECT_EQ(taken, AdminErrc::already_exists);
    EXPECT_EQ(taken, Condition::already_exists);
}

TEST(AddMember, leaves_the_judgement_of_urls_to_etcd)
{
    EXPECT_EQ(refusal(AddMember{}), "");
    EXPECT_EQ(error(AddMember{}, from_etcd(400, R"({"message":"no valid URLs given"})")),
        AdminErrc::bad_request);
}

TEST(AddMember, knows_not_whether_a_500_was_a_refusal)
{
    auto const unclear = error(
        AddMember{}, from_etcd(500, R"({"message":"Internal Server Error"})"));

    EXPECT_EQ(unclear, AdminErrc::internal);
    EXPECT_EQ(unclear.effect(), Effect::unknown);
    EXPECT_EQ(unclear.fault(), Fault::member);
}

// UpdateMember.

TEST(UpdateMember, puts_the_peer_urls)
{
    EXPECT_EQ(request(UpdateMember{"628170c800dbcee", {"http://10.0.0.9:2380"}}),
        put("/v2/members/628170c800dbcee", R"({"peerURLs":["http://10.0.0.9:2380"]})"));
}

TEST(UpdateMember, refuses_what_is_no_id)
{
    EXPECT_EQ(refusal(UpdateMember{"", {"http://10.0.0.9:2380"}}), "the member's id is empty");
    EXPECT_EQ(refusal(UpdateMember{"..", {"http://10.0.0.9:2380"}}),
        "the member's id is a place in a path");
}

TEST(UpdateMember, is_answered_without_a_word)
{
    EXPECT_TRUE(reply(UpdateMember{}, from_etcd(204)));
}

TEST(UpdateMember, tells_of_a_member_that_is_not_there_and_a_url_that_is_taken)
{
    EXPECT_EQ(error(UpdateMember{}, from_etcd(404, R"({"message":"No such member: abc"})")),
        AdminErrc::not_found);
    EXPECT_EQ(error(UpdateMember{}, from_etcd(409, R"({"message":"membership: peerURL exists"})")),
        AdminErrc::already_exists);
}

// RemoveMember.

TEST(RemoveMember, deletes_by_id)
{
    EXPECT_EQ(request(RemoveMember{"628170c800dbcee"}),
        (http::Request{.method = http::Method::del, .target = "/v2/members/628170c800dbcee"}));
}

TEST(RemoveMember, refuses_what_is_no_id)
{
    EXPECT_EQ(refusal(RemoveMember{""}), "the member's id is empty");
    EXPECT_EQ(refusal(RemoveMember{"a/b"}), "the member's id holds a slash");
}

TEST(RemoveMember, is_answered_without_a_word)
{
    EXPECT_TRUE(reply(RemoveMember{}, from_etcd(204)));
}

TEST(RemoveMember, tells_of_a_member_that_was_or_never_was)
{
    auto const was = error(RemoveMember{},
        from_etcd(410, R"({"message":"Member permanently removed: 628170c800dbcee"})"));
    auto const never_was = error(
        RemoveMember{}, from_etcd(404, R"({"message":"No such member: abc"})"));

    EXPECT_EQ(was, AdminErrc::removed);
    EXPECT_EQ(never_was, AdminErrc::not_found);
    EXPECT_EQ(was, Condition::not_found);
    EXPECT_EQ(never_was, Condition::not_found);
}

}  // namespace
}  // namespace etcdpp::v2
