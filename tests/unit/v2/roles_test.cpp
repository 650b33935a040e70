// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each verb hands the value that belongs to it, and the call's options, to the client.

#include "etcdpp/v2/roles.hpp"

#include "tests/support/spy_client.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace etcdpp::v2 {
namespace {

using tests::SpyClient;

struct RolesTest : testing::Test {
    SpyClient spy;
    Roles<SpyClient> const roles{spy};
    Permissions const permissions{.read = {"/app/*"}, .write = {"/app/mode"}};
    CallOptions const hasty = SpyClient::hasty;
};

TEST_F(RolesTest, list_runs_a_list_roles)
{
    EXPECT_EQ(roles.list(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<ListRoles>();
}

TEST_F(RolesTest, get_runs_a_get_role)
{
    EXPECT_EQ(roles.get("reader", hasty).error(), etcdpp::Errc::cancelled);
    EXPECT_EQ(spy.asked<GetRole>().name, "reader");
}

TEST_F(RolesTest, create_runs_a_create_role)
{
    EXPECT_EQ(roles.create("reader", permissions, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<CreateRole>();
    EXPECT_EQ(op.name, "reader");
    EXPECT_EQ(op.permissions, permissions);
}

TEST_F(RolesTest, grant_runs_a_grant_permissions)
{
    EXPECT_EQ(roles.grant("reader", permissions, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<GrantPermissions>();
    EXPECT_EQ(op.name, "reader");
    EXPECT_EQ(op.permissions, permissions);
}

TEST_F(RolesTest, revoke_runs_a_revoke_permissions)
{
    EXPECT_EQ(roles.revoke("reader", permissions, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<RevokePermissions>();
    EXPECT_EQ(op.name, "reader");
    EXPECT_EQ(op.permissions, permissions);
}

TEST_F(RolesTest, remove_runs_a_remove_role)
{
    EXPECT_EQ(roles.remove("reader", hasty).error(), etcdpp::Errc::cancelled);
    EXPECT_EQ(spy.asked<RemoveRole>().name, "reader");
}

TEST_F(RolesTest, are_copied_freely)
{
    static_assert(std::is_trivially_copyable_v<Roles<SpyClient>>);
}

}  // namespace
}  // namespace etcdpp::v2
