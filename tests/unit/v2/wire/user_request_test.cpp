// SPDX-License-Identifier: BSL-1.0

//! @file
//! What about a user is refused before it is sent, and what is kept from being printed.

#include "etcdpp/v2/wire/user_request.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace etcdpp::v2::wire {
namespace {

using testing::HasSubstr;
using testing::Not;

UserRequest alice()
{
    return UserRequest{http::Method::put, "alice"};
}

std::string refusal(Result<http::Request> const& request)
{
    return request ? "" : request.error().words();
}

TEST(UserRequest, goes_to_the_user)
{
    EXPECT_EQ(alice().json(PocoJson{}, {.user = "alice"}).value().target, "/v2/auth/users/alice");
}

TEST(UserRequest, refuses_a_password_that_etcd_would_take_for_none)
{
    EXPECT_EQ(refusal(alice().password(Secret{""}).bare()), "the password is empty");
}

TEST(UserRequest, refuses_a_password_that_is_not_utf8_and_does_not_say_it)
{
    EXPECT_EQ(
        refusal(alice().password(Secret{"sesam\xe9"}).bare()), "the password is not valid UTF-8");
}

TEST(UserRequest, refuses_a_name_by_which_nobody_could_log_in)
{
    auto admin = UserRequest{http::Method::put, "team:alice"};

    EXPECT_THAT(refusal(admin.can_log_in("team:alice").bare()), HasSubstr("holds a colon"));
}

TEST(UserRequest, refuses_no_roles_and_says_why)
{
    EXPECT_EQ(refusal(alice().roles({}, "that is why").bare()), "no role is given: that is why");
}

//! etcd 3.4.23 would then drop the connection of whoever lists its users.
TEST(UserRequest, refuses_a_role_without_a_name)
{
    EXPECT_EQ(refusal(alice().roles({"reader", ""}, "").bare()), "the role's name is empty");
}

TEST(UserRequest, refuses_a_role_that_is_not_utf8)
{
    EXPECT_EQ(refusal(alice().roles({"caf\xe9"}, "").bare()), "a role's name is not valid UTF-8");
}

TEST(UserRequest, is_confidential_if_a_password_is_in_it)
{
    auto const with = alice().json(PocoJson{}, {.user = "alice", .password = Secret{"sesame"}});
    auto const without = alice().json(PocoJson{}, {.user = "alice", .grant = {{"reader"}}});

    EXPECT_TRUE(with.value().is_confidential);
    EXPECT_FALSE(without.value().is_confidential);
    EXPECT_THAT(with.value().body, HasSubstr("sesame"));
    EXPECT_THAT((std::ostringstream{} << with.value()).str(), Not(HasSubstr("sesame")));
}

}  // namespace
}  // namespace etcdpp::v2::wire
