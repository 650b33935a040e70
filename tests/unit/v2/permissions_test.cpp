// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/v2/permissions.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace etcdpp::v2 {
namespace {

template <class T>
std::string printed(T const& value)
{
    return (std::ostringstream{} << value).str();
}

TEST(Permissions, print_their_patterns)
{
    EXPECT_EQ(printed(Permissions{.read = {"/app/*", "/web"}, .write = {"/app/mode"}}),
        "read: /app/* /web write: /app/mode");
    EXPECT_EQ(printed(Permissions{}), "read: write:");
}

TEST(Role, prints_its_permissions)
{
    EXPECT_EQ(printed(Role{"reader", {.read = {"/app/*"}}}), "reader read: /app/* write:");
}

TEST(User, prints_the_roles)
{
    EXPECT_EQ(printed(User{"alice", {"reader", "writer"}}), "alice, roles: reader writer");
}

TEST(User, differs_by_name_and_roles)
{
    EXPECT_EQ((User{"alice", {"reader"}}), (User{"alice", {"reader"}}));
    EXPECT_NE((User{"alice", {"reader"}}), (User{"bob", {"reader"}}));
    EXPECT_NE((User{"alice", {"reader"}}), (User{"alice", {}}));
}

TEST(Role, differs_by_name_and_permissions)
{
    EXPECT_EQ((Role{"reader", {.read = {"/*"}}}), (Role{"reader", {.read = {"/*"}}}));
    EXPECT_NE((Role{"reader", {.read = {"/*"}}}), (Role{"reader", {.write = {"/*"}}}));
    EXPECT_NE((Role{"reader", {}}), (Role{"writer", {}}));
}

}  // namespace
}  // namespace etcdpp::v2
