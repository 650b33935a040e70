// SPDX-License-Identifier: BSL-1.0

//! @file
//! The switch of auth: the exact requests, and what becomes of etcd's replies.

#include "etcdpp/v2/auth_operations.hpp"

#include "tests/support/admin_replies.hpp"

#include <gtest/gtest.h>

namespace etcdpp::v2 {
namespace {

using tests::error;
using tests::from_etcd;
using tests::is_a_change;
using tests::is_a_local_read;
using tests::reply;
using tests::request;
using tests::without_cluster;

static_assert(check_operation<GetAuthEnabled, PocoJson>() && is_a_local_read<GetAuthEnabled>());
static_assert(check_operation<EnableAuth, PocoJson>() && is_a_change<EnableAuth>());
static_assert(check_operation<DisableAuth, PocoJson>() && is_a_change<DisableAuth>());

TEST(GetAuthEnabled, asks)
{
    EXPECT_EQ(request(GetAuthEnabled{}), http::Request{.target = "/v2/auth/enable"});
}

TEST(GetAuthEnabled, reads_the_switch)
{
    EXPECT_TRUE(reply(GetAuthEnabled{}, from_etcd(200, R"({"enabled":true})")).value());
    EXPECT_FALSE(reply(GetAuthEnabled{}, from_etcd(200, R"({"enabled":false})")).value());
}

TEST(GetAuthEnabled, does_not_take_silence_for_off)
{
    EXPECT_EQ(error(GetAuthEnabled{}, from_etcd(200, "{}")), etcdpp::Errc::malformed_reply);
}

TEST(EnableAuth, puts_nothing)
{
    EXPECT_EQ(request(EnableAuth{}),
        (http::Request{.method = http::Method::put, .target = "/v2/auth/enable"}));
}

TEST(EnableAuth, is_answered_without_a_word)
{
    EXPECT_TRUE(reply(EnableAuth{}, from_etcd(200)));
}

//! Without a quorum etcd says the same, and has not acted either: it did not get past the question.
TEST(EnableAuth, is_a_conflict_without_effect_if_there_is_no_root)
{
    auto const no_root = error(EnableAuth{},
        from_etcd(409, R"({"message":"auth: No root user available, please create one"})"));

    EXPECT_EQ(no_root, AdminErrc::conflict);
    EXPECT_NE(no_root, Condition::already_exists);
    EXPECT_EQ(no_root.effect(), Effect::none);
    EXPECT_EQ(no_root.words(), "auth: No root user available, please create one");
}

TEST(EnableAuth, is_unauthorized_if_auth_is_on_and_a_guest_asks)
{
    EXPECT_EQ(
        error(EnableAuth{}, without_cluster(401, R"({"message":"Insufficient credentials"})")),
        Condition::unauthorized);
}

TEST(DisableAuth, deletes)
{
    EXPECT_EQ(request(DisableAuth{}),
        (http::Request{.method = http::Method::del, .target = "/v2/auth/enable"}));
}

TEST(DisableAuth, is_answered_without_a_word)
{
    EXPECT_TRUE(reply(DisableAuth{}, from_etcd(200)));
}

TEST(DisableAuth, is_a_conflict_if_auth_is_off)
{
    EXPECT_EQ(error(DisableAuth{}, from_etcd(409, R"({"message":"auth: already disabled"})")),
        AdminErrc::conflict);
}

}  // namespace
}  // namespace etcdpp::v2
