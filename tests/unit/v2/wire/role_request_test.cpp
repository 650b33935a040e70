// SPDX-License-Identifier: BSL-1.0

//! @file
//! What about a role is refused before it is sent.

#include "etcdpp/v2/wire/role_request.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace etcdpp::v2::wire {
namespace {

RoleRequest reader()
{
    return RoleRequest{http::Method::put, "reader"};
}

std::string words(Result<http::Request> const& request)
{
    return request ? "" : request.error().words();
}

TEST(RoleRequest, goes_to_the_role)
{
    EXPECT_EQ(reader().bare().value().target, "/v2/auth/roles/reader");
}

TEST(RoleRequest, refuses_a_name_that_is_no_part_of_a_path)
{
    EXPECT_EQ(words(RoleRequest{http::Method::put, "a/b"}.bare()), "the role's name holds a slash");
}

TEST(RoleRequest, refuses_a_pattern_that_is_not_utf8)
{
    EXPECT_EQ(
        words(reader().permissions({.read = {"/caf\xe9"}}).bare()), "a pattern is not valid UTF-8");
    EXPECT_EQ(words(reader().permissions({.write = {"/caf\xe9"}}).bare()),
        "a pattern is not valid UTF-8");
}

TEST(RoleRequest, refuses_to_change_nothing)
{
    EXPECT_EQ(words(reader().at_least_one({}).bare()), "no permission is given");
    EXPECT_EQ(words(reader().at_least_one({.read = {"/*"}}).bare()), "");
    EXPECT_EQ(words(reader().at_least_one({.write = {"/*"}}).bare()), "");
}

}  // namespace
}  // namespace etcdpp::v2::wire
