// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each verb hands the value that belongs to it, and the call's options, to the client.

#include "etcdpp/v2/users.hpp"

#include "tests/support/spy_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace etcdpp::v2 {
namespace {

using testing::ElementsAre;
using tests::SpyClient;

struct UsersTest : testing::Test {
    SpyClient spy;
    Users<SpyClient> const users{spy};
    Secret const sesame{"sesame"};
    CallOptions const hasty = SpyClient::hasty;
};

TEST_F(UsersTest, list_runs_a_list_users)
{
    EXPECT_EQ(users.list(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<ListUsers>();
}

TEST_F(UsersTest, get_runs_a_get_user)
{
    EXPECT_EQ(users.get("alice", hasty).error(), etcdpp::Errc::cancelled);
    EXPECT_EQ(spy.asked<GetUser>().name, "alice");
}

TEST_F(UsersTest, create_runs_a_create_user)
{
    EXPECT_EQ(users.create("alice", sesame, {"reader"}, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<CreateUser>();
    EXPECT_EQ(op.name, "alice");
    EXPECT_EQ(op.password, sesame);
    EXPECT_THAT(op.roles, ElementsAre("reader"));
}

TEST_F(UsersTest, put_runs_a_put_user)
{
    EXPECT_EQ(users.put("alice", sesame, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<PutUser>();
    EXPECT_EQ(op.name, "alice");
    EXPECT_EQ(op.password, sesame);
}

TEST_F(UsersTest, change_password_runs_a_change_password)
{
    EXPECT_EQ(users.change_password("alice", sesame, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<ChangePassword>();
    EXPECT_EQ(op.name, "alice");
    EXPECT_EQ(op.password, sesame);
}

TEST_F(UsersTest, grant_runs_a_grant_roles)
{
    EXPECT_EQ(users.grant("alice", {"reader"}, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<GrantRoles>();
    EXPECT_EQ(op.name, "alice");
    EXPECT_THAT(op.roles, ElementsAre("reader"));
}

TEST_F(UsersTest, revoke_runs_a_revoke_roles)
{
    EXPECT_EQ(users.revoke("alice", {"reader"}, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<RevokeRoles>();
    EXPECT_EQ(op.name, "alice");
    EXPECT_THAT(op.roles, ElementsAre("reader"));
}

TEST_F(UsersTest, remove_runs_a_remove_user)
{
    EXPECT_EQ(users.remove("alice", hasty).error(), etcdpp::Errc::cancelled);
    EXPECT_EQ(spy.asked<RemoveUser>().name, "alice");
}

TEST_F(UsersTest, are_copied_freely)
{
    static_assert(std::is_trivially_copyable_v<Users<SpyClient>>);
}

}  // namespace
}  // namespace etcdpp::v2
