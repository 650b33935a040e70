// SPDX-License-Identifier: BSL-1.0

//! @file
//! The exact request of each operation on users, and what it makes of etcd's replies.

#include "etcdpp/v2/user_operations.hpp"

#include "tests/support/admin_replies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::v2 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::error;
using tests::from_etcd;
using tests::is_a_change;
using tests::is_a_local_read;
using tests::put;
using tests::put_in_secret;
using tests::refusal;
using tests::reply;
using tests::request;

static_assert(check_operation<ListUsers, PocoJson>() && is_a_local_read<ListUsers>());
static_assert(check_operation<GetUser, PocoJson>() && is_a_local_read<GetUser>());
static_assert(check_operation<CreateUser, PocoJson>() && is_a_change<CreateUser>());
static_assert(check_operation<PutUser, PocoJson>() && is_a_change<PutUser>());
static_assert(check_operation<ChangePassword, PocoJson>() && is_a_change<ChangePassword>());
static_assert(check_operation<GrantRoles, PocoJson>() && is_a_change<GrantRoles>());
static_assert(check_operation<RevokeRoles, PocoJson>() && is_a_change<RevokeRoles>());
static_assert(check_operation<RemoveUser, PocoJson>() && is_a_change<RemoveUser>());

auto const sesame = Secret{"sesame"};
auto const no_such_user = from_etcd(404, R"({"message":"auth: User alice does not exist."})");

// Questions.

TEST(ListUsers, asks_for_all)
{
    EXPECT_EQ(request(ListUsers{}), http::Request{.target = "/v2/auth/users"});
}

TEST(ListUsers, reads_names_and_roles)
{
    EXPECT_THAT(reply(ListUsers{}, from_etcd(200, R"({"users":[{"user":"bob"}]})")).value(),
        ElementsAre(User{"bob", {}}));
}

TEST(ListUsers, needs_credentials_while_auth_is_on)
{
    EXPECT_EQ(error(ListUsers{},
                  tests::without_cluster(401, R"({"message":"Insufficient credentials"})")),
        Condition::unauthorized);
}

TEST(GetUser, asks_for_one)
{
    EXPECT_EQ(request(GetUser{"we ?ird"}), http::Request{.target = "/v2/auth/users/we%20%3Fird"});
}

TEST(GetUser, reads_him)
{
    EXPECT_EQ(
        reply(GetUser{}, from_etcd(200, R"({"user":"root","roles":[{"role":"root"}]})")).value(),
        (User{"root", {"root"}}));
}

TEST(GetUser, tells_of_one_who_does_not_exist)
{
    EXPECT_EQ(error(GetUser{}, no_such_user), Condition::not_found);
}

// CreateUser.

TEST(CreateUser, puts_password_and_roles)
{
    EXPECT_EQ(request(CreateUser{"alice", sesame, {"reader", "writer"}}),
        put_in_secret("/v2/auth/users/alice",
            R"({"user":"alice","password":"sesame","roles":["reader","writer"]})"));
}

TEST(CreateUser, is_refused_without_a_role_for_it_could_change_a_password)
{
    EXPECT_THAT(refusal(CreateUser{"alice", sesame, {}}), HasSubstr("PutUser"));
}

TEST(CreateUser, is_refused_where_nobody_could_log_in)
{
    EXPECT_THAT(refusal(CreateUser{"a:b", sesame, {"reader"}}), HasSubstr("colon"));
    EXPECT_THAT(refusal(CreateUser{"alice", {}, {"reader"}}), HasSubstr("empty"));
}

TEST(CreateUser, reads_the_user)
{
    EXPECT_EQ(reply(CreateUser{}, from_etcd(200, R"({"user":"root","roles":["root"]})")).value(),
        (User{"root", {"root"}}));
}

TEST(CreateUser, tells_of_a_name_that_is_taken)
{
    EXPECT_EQ(
        error(CreateUser{}, from_etcd(409, R"({"message":"auth: User alice already exists."})")),
        Condition::already_exists);
}

// PutUser.

TEST(PutUser, puts_the_password)
{
    EXPECT_EQ(request(PutUser{"alice", sesame}),
        put_in_secret("/v2/auth/users/alice", R"({"user":"alice","password":"sesame"})"));
}

TEST(PutUser, escapes_the_name_in_the_path_and_not_in_the_body)
{
    EXPECT_EQ(request(PutUser{"we ?ird", sesame}),
        put_in_secret("/v2/auth/users/we%20%3Fird", R"({"user":"we ?ird","password":"sesame"})"));
}

TEST(PutUser, is_refused_where_nobody_could_log_in)
{
    EXPECT_THAT(refusal(PutUser{"a:b", sesame}), HasSubstr("colon"));
    EXPECT_THAT(refusal(PutUser{"alice", {}}), HasSubstr("empty"));
}

TEST(PutUser, tells_whether_the_user_is_new)
{
    auto const made = reply(PutUser{}, from_etcd(201, R"({"user":"alice","roles":null})"));
    auto const kept = reply(PutUser{}, from_etcd(200, R"({"user":"alice","roles":["reader"]})"));

    EXPECT_EQ(made.value(), (PutUserReply{.user = {"alice", {}}, .is_new = true}));
    EXPECT_EQ(kept.value(), (PutUserReply{.user = {"alice", {"reader"}}, .is_new = false}));
}

//! The user exists and holds a role that does not.
TEST(PutUser, may_be_told_that_the_user_exists)
{
    EXPECT_EQ(error(PutUser{}, from_etcd(409, R"({"message":"auth: User carl already exists."})")),
        Condition::already_exists);
}

// ChangePassword.

TEST(ChangePassword, grants_and_revokes_the_same_so_that_the_user_must_exist)
{
    EXPECT_EQ(request(ChangePassword{"alice", sesame}),
        put_in_secret("/v2/auth/users/alice",
            R"({"user":"alice","password":"sesame","grant":["-"],"revoke":["-"]})"));
}

TEST(ChangePassword, is_refused_without_a_password)
{
    EXPECT_THAT(refusal(ChangePassword{"alice", {}}), HasSubstr("empty"));
}

TEST(ChangePassword, reads_the_user)
{
    EXPECT_EQ(
        reply(ChangePassword{}, from_etcd(200, R"({"user":"alice","roles":["reader"]})")).value(),
        (User{"alice", {"reader"}}));
}

TEST(ChangePassword, tells_of_one_who_does_not_exist)
{
    EXPECT_EQ(error(ChangePassword{}, no_such_user), Condition::not_found);
}

// Roles of a user.

TEST(GrantRoles, puts_the_roles)
{
    EXPECT_EQ(request(GrantRoles{"alice", {"reader"}}),
        put("/v2/auth/users/alice", R"({"user":"alice","grant":["reader"]})"));
}

TEST(GrantRoles, is_refused_with_nothing_to_grant)
{
    EXPECT_THAT(refusal(GrantRoles{"alice", {}}), HasSubstr("nothing to grant"));
    EXPECT_THAT(refusal(GrantRoles{"alice", {""}}), HasSubstr("empty"));
}

TEST(GrantRoles, reads_the_user)
{
    EXPECT_EQ(reply(GrantRoles{}, from_etcd(200, R"({"user":"alice","roles":["reader"]})")).value(),
        (User{"alice", {"reader"}}));
}

TEST(GrantRoles, tells_of_a_role_that_is_held_already)
{
    EXPECT_EQ(
        error(GrantRoles{},
            from_etcd(409, R"({"message":"auth: Granting duplicate role reader for user alice"})")),
        Condition::already_exists);
}

TEST(RevokeRoles, puts_the_roles)
{
    EXPECT_EQ(request(RevokeRoles{"alice", {"reader"}}),
        put("/v2/auth/users/alice", R"({"user":"alice","revoke":["reader"]})"));
}

TEST(RevokeRoles, is_refused_with_nothing_to_revoke)
{
    EXPECT_THAT(refusal(RevokeRoles{"alice", {}}), HasSubstr("nothing to revoke"));
}

TEST(RevokeRoles, reads_the_user)
{
    EXPECT_EQ(reply(RevokeRoles{}, from_etcd(200, R"({"user":"alice","roles":[]})")).value(),
        (User{"alice", {}}));
}

//! Nothing "exists already" there.
TEST(RevokeRoles, tells_of_a_role_that_is_not_held)
{
    auto const lacking = error(RevokeRoles{},
        from_etcd(409, R"({"message":"auth: Revoking ungranted role reader for user alice"})"));

    EXPECT_EQ(lacking, AdminErrc::conflict);
    EXPECT_NE(lacking, Condition::already_exists);
}

// RemoveUser.

TEST(RemoveUser, deletes_by_name)
{
    EXPECT_EQ(request(RemoveUser{"alice"}),
        (http::Request{.method = http::Method::del, .target = "/v2/auth/users/alice"}));
}

TEST(RemoveUser, is_answered_without_a_word)
{
    EXPECT_TRUE(reply(RemoveUser{}, from_etcd(200)));
}

TEST(RemoveUser, tells_of_one_who_does_not_exist_or_must_not_go)
{
    EXPECT_EQ(error(RemoveUser{}, no_such_user), Condition::not_found);
    EXPECT_EQ(error(RemoveUser{},
                  from_etcd(403,
                      R"({"message":"auth: Cannot delete root user while auth is enabled."})")),
        AdminErrc::forbidden);
}

}  // namespace
}  // namespace etcdpp::v2
