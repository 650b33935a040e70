// SPDX-License-Identifier: BSL-1.0

//! @file
//! The exact request of each operation on roles, and what it makes of etcd's replies.

#include "etcdpp/v2/role_operations.hpp"

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
using tests::refusal;
using tests::reply;
using tests::request;

static_assert(check_operation<ListRoles, PocoJson>() && is_a_local_read<ListRoles>());
static_assert(check_operation<GetRole, PocoJson>() && is_a_local_read<GetRole>());
static_assert(check_operation<CreateRole, PocoJson>() && is_a_change<CreateRole>());
static_assert(check_operation<GrantPermissions, PocoJson>() && is_a_change<GrantPermissions>());
static_assert(check_operation<RevokePermissions, PocoJson>() && is_a_change<RevokePermissions>());
static_assert(check_operation<RemoveRole, PocoJson>() && is_a_change<RemoveRole>());

auto const reader = Role{"reader", {.read = {"/app/*"}}};
auto const reader_text = std::string{
    R"({"role":"reader","permissions":{"kv":{"read":["/app/*"],"write":[]}}})"};
auto const no_such_role = from_etcd(404, R"({"message":"auth: Role reader does not exist."})");

TEST(ListRoles, asks_for_all)
{
    EXPECT_EQ(request(ListRoles{}), http::Request{.target = "/v2/auth/roles"});
}

TEST(ListRoles, reads_their_permissions)
{
    EXPECT_THAT(reply(ListRoles{}, from_etcd(200, R"({"roles":[)" + reader_text + "]}")).value(),
        ElementsAre(reader));
}

TEST(GetRole, asks_for_one)
{
    EXPECT_EQ(request(GetRole{"reader"}), http::Request{.target = "/v2/auth/roles/reader"});
}

TEST(GetRole, reads_its_permissions)
{
    EXPECT_EQ(reply(GetRole{}, from_etcd(200, reader_text)).value(), reader);
}

TEST(GetRole, tells_of_one_that_does_not_exist)
{
    EXPECT_EQ(error(GetRole{}, no_such_role), Condition::not_found);
}

TEST(CreateRole, puts_the_patterns)
{
    EXPECT_EQ(request(CreateRole{"reader", {.read = {"/app/*"}}}),
        put("/v2/auth/roles/reader",
            R"({"role":"reader","permissions":{"kv":{"read":["/app/*"],"write":[]}}})"));
}

TEST(CreateRole, may_be_without_any)
{
    EXPECT_EQ(request(CreateRole{"idle"}),
        put("/v2/auth/roles/idle",
            R"({"role":"idle","permissions":{"kv":{"read":[],"write":[]}}})"));
}

TEST(CreateRole, reads_the_role)
{
    EXPECT_EQ(reply(CreateRole{}, from_etcd(201, reader_text)).value(), reader);
}

TEST(CreateRole, tells_of_a_name_that_is_taken_or_roots)
{
    EXPECT_EQ(
        error(CreateRole{}, from_etcd(409, R"({"message":"auth: Role reader already exists."})")),
        Condition::already_exists);
    EXPECT_EQ(error(CreateRole{},
                  from_etcd(403, R"({"message":"auth: Cannot modify role root: is root role."})")),
        AdminErrc::forbidden);
}

TEST(GrantPermissions, puts_the_patterns)
{
    EXPECT_EQ(request(GrantPermissions{"reader", {.read = {"/web/*"}, .write = {"/web/mode"}}}),
        put("/v2/auth/roles/reader",
            R"({"role":"reader","grant":{"kv":{"read":["/web/*"],"write":["/web/mode"]}}})"));
}

TEST(GrantPermissions, is_refused_with_nothing_to_grant)
{
    EXPECT_THAT(refusal(GrantPermissions{"reader", {}}), HasSubstr("no permission"));
}

TEST(GrantPermissions, reads_the_role)
{
    EXPECT_EQ(reply(GrantPermissions{}, from_etcd(200, reader_text)).value(), reader);
}

TEST(GrantPermissions, tells_of_one_that_is_there_and_of_no_such_role)
{
    EXPECT_EQ(
        error(GrantPermissions{},
            from_etcd(409, R"({"message":"auth: Granting duplicate read permission /app/*"})")),
        Condition::already_exists);
    EXPECT_EQ(error(GrantPermissions{}, no_such_role), Condition::not_found);
}

TEST(RevokePermissions, puts_the_patterns)
{
    EXPECT_EQ(request(RevokePermissions{"reader", {.write = {"/web/mode"}}}),
        put("/v2/auth/roles/reader",
            R"({"role":"reader","revoke":{"kv":{"read":[],"write":["/web/mode"]}}})"));
}

TEST(RevokePermissions, is_refused_with_nothing_to_revoke)
{
    EXPECT_THAT(refusal(RevokePermissions{"reader", {}}), HasSubstr("no permission"));
}

TEST(RevokePermissions, reads_the_role)
{
    EXPECT_EQ(reply(RevokePermissions{}, from_etcd(200, reader_text)).value(), reader);
}

TEST(RevokePermissions, tells_of_patterns_that_the_role_lacks)
{
    EXPECT_EQ(
        error(RevokePermissions{},
            from_etcd(400,
                R"({"message":"auth: Role not updated. Use grant/revoke to update the role."})")),
        AdminErrc::bad_request);
}

TEST(RemoveRole, deletes_by_name)
{
    EXPECT_EQ(request(RemoveRole{"reader"}),
        (http::Request{.method = http::Method::del, .target = "/v2/auth/roles/reader"}));
}

TEST(RemoveRole, is_answered_without_a_word)
{
    EXPECT_TRUE(reply(RemoveRole{}, from_etcd(200)));
}

TEST(RemoveRole, tells_of_one_that_does_not_exist)
{
    EXPECT_EQ(error(RemoveRole{}, no_such_role), Condition::not_found);
}

TEST(RoleOperations, refuse_what_is_no_name)
{
    EXPECT_EQ(refusal(GetRole{""}), "the role's name is empty");
    EXPECT_EQ(refusal(CreateRole{"a/b"}), "the role's name holds a slash");
    EXPECT_EQ(
        refusal(GrantPermissions{".", {.read = {"/*"}}}), "the role's name is a place in a path");
    EXPECT_EQ(
        refusal(RevokePermissions{"\xff", {.read = {"/*"}}}), "the role's name is not valid UTF-8");
    EXPECT_EQ(refusal(RemoveRole{".."}), "the role's name is a place in a path");
}

}  // namespace
}  // namespace etcdpp::v2
