// SPDX-License-Identifier: BSL-1.0

//! @file
//! Every form in which servers were seen, or are known, to tell of users and roles.

#include "etcdpp/v2/wire/auth_reply.hpp"

#include "tests/support/admin_replies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::v2::wire {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::from_etcd;
using tests::without_cluster;

auto user(std::string body)
{
    return read_either<UserBody, ExpandedUserBody>(PocoJson{}, from_etcd(200, std::move(body)));
}

auto users(std::string body)
{
    return read_either<UserList, UserNames>(PocoJson{}, from_etcd(200, std::move(body)));
}

auto role(std::string body)
{
    return read_named<RoleBody>(PocoJson{}, from_etcd(200, std::move(body)));
}

auto roles(std::string body)
{
    return read_either<RoleList, RoleNames>(PocoJson{}, from_etcd(200, std::move(body)));
}

TEST(AuthReply, holds_a_users_roles_by_name)
{
    EXPECT_EQ(user(R"({"user":"alice","roles":["reader","writer"]})").value(),
        (User{"alice", {"reader", "writer"}}));
}

TEST(AuthReply, holds_a_users_roles_as_a_whole)
{
    EXPECT_EQ(user(R"({"user":"alice","roles":[)"
                   R"({"role":"reader","permissions":{"kv":{"read":["/app/*"],"write":[]}}},)"
                   R"({"role":"writer","permissions":{"kv":{"read":null,"write":["/app/*"]}}}]})")
                  .value(),
        (User{"alice", {"reader", "writer"}}));
}

TEST(AuthReply, may_say_in_three_ways_that_a_user_has_no_roles)
{
    for (auto const* const body : {R"({"user":"alice","roles":null})",
             R"({"user":"alice","roles":[]})", R"({"user":"alice"})"}) {
        EXPECT_EQ(user(body).value(), (User{"alice", {}})) << body;
    }
}

TEST(AuthReply, lists_users)
{
    EXPECT_THAT(users(R"({"users":[{"user":"bob"},{"user":"root","roles":[{"role":"root",)"
                      R"("permissions":{"kv":{"read":["/*"],"write":["/*"]}}}]}]})")
                    .value(),
        ElementsAre(User{"bob", {}}, User{"root", {"root"}}));
}

TEST(AuthReply, lists_users_by_name_if_it_is_old)
{
    EXPECT_THAT(users(R"({"users":["bob","root"]})").value(),
        ElementsAre(User{"bob", {}}, User{"root", {}}));
}

TEST(AuthReply, says_null_where_there_are_no_users)
{
    EXPECT_THAT(users(R"({"users":null})").value(), IsEmpty());
}

TEST(AuthReply, holds_a_roles_permissions)
{
    EXPECT_EQ(
        role(R"({"role":"reader","permissions":{"kv":{"read":["/app/*"],"write":[]}}})").value(),
        (Role{"reader", {.read = {"/app/*"}}}));
}

TEST(AuthReply, says_null_where_a_role_has_no_permissions)
{
    EXPECT_EQ(role(R"({"role":"idle","permissions":{"kv":{"read":null,"write":null}}})").value(),
        (Role{"idle", {}}));
}

TEST(AuthReply, lists_roles)
{
    EXPECT_THAT(roles(R"({"roles":[{"role":"root","permissions":{"kv":{"read":["/*"],)"
                      R"("write":["/*"]}}}]})")
                    .value(),
        ElementsAre(Role{"root", {.read = {"/*"}, .write = {"/*"}}}));
}

TEST(AuthReply, lists_roles_by_name_if_it_is_old)
{
    EXPECT_THAT(roles(R"({"roles":["guest","root"]})").value(),
        ElementsAre(Role{"guest", {}}, Role{"root", {}}));
}

TEST(AuthReply, without_a_name_is_none)
{
    EXPECT_EQ(user("{}").error(), etcdpp::Errc::malformed_reply);
    EXPECT_EQ(users(R"({"users":[{"user":"bob"},{}]})").error(), etcdpp::Errc::malformed_reply);
    EXPECT_EQ(users(R"({"users":["bob",""]})").error(), etcdpp::Errc::malformed_reply);
    EXPECT_EQ(role(R"({"permissions":null})").error(), etcdpp::Errc::malformed_reply);
    EXPECT_EQ(user("{}").error().effect(), Effect::applied);
}

TEST(AuthReply, of_neither_form_is_described_by_the_usual_one)
{
    EXPECT_THAT(
        users(R"({"users":[{"user":7}]})").error().words(), HasSubstr("users[0].user is 7"));
}

TEST(AuthReply, that_is_an_error_is_read_once)
{
    auto const none = read_either<UserBody, ExpandedUserBody>(
        PocoJson{}, from_etcd(404, R"({"message":"auth: User alice does not exist."})"));

    EXPECT_EQ(none.error(), AdminErrc::not_found);
    EXPECT_EQ(none.error().words(), "auth: User alice does not exist.");
}

TEST(AuthReply, of_a_stranger_lists_nobody)
{
    auto const stranger = read_either<UserList, UserNames>(PocoJson{}, without_cluster(200, "{}"));

    EXPECT_EQ(stranger.error(), etcdpp::Errc::not_etcd);
}

}  // namespace
}  // namespace etcdpp::v2::wire
