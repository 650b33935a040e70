// SPDX-License-Identifier: BSL-1.0

//! @file
//! What goes out about users and roles, to the byte; what comes in is in auth_reply_test.cpp.

#include "etcdpp/v2/wire/auth_names.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace etcdpp::v2::wire {
namespace {

TEST(AuthNames, leave_out_what_a_change_does_not_say)
{
    EXPECT_EQ(PocoJson{}.encode(UserChange{.user = "alice"}), R"({"user":"alice"})");
    EXPECT_EQ(PocoJson{}.encode(RoleChange{.role = "reader"}), R"({"role":"reader"})");
}

TEST(AuthNames, say_all_that_a_change_says)
{
    EXPECT_EQ(PocoJson{}.encode(UserChange{.user = "alice",
                  .password = Secret{"wonder\"land"},
                  .roles = {{"reader"}},
                  .grant = {{"writer"}},
                  .revoke = {{"guest"}}}),
        R"({"user":"alice","password":"wonder\"land","roles":["reader"],"grant":["writer"],)"
        R"("revoke":["guest"]})");
}

TEST(AuthNames, put_patterns_below_kv)
{
    auto const body = PermissionsBody{{.read = {"/app/*"}, .write = {}}};

    EXPECT_EQ(PocoJson{}.encode(
                  RoleChange{.role = "reader", .permissions = body, .grant = body, .revoke = body}),
        R"({"role":"reader","permissions":{"kv":{"read":["/app/*"],"write":[]}},)"
        R"("grant":{"kv":{"read":["/app/*"],"write":[]}},)"
        R"("revoke":{"kv":{"read":["/app/*"],"write":[]}}})");
}

TEST(AuthNames, tell_no_switch_from_one_that_is_off)
{
    EXPECT_EQ(PocoJson{}.decode<AuthSwitch>(R"({"enabled":true})")->enabled, true);
    EXPECT_EQ(PocoJson{}.decode<AuthSwitch>(R"({"enabled":false})")->enabled, false);
    EXPECT_EQ(PocoJson{}.decode<AuthSwitch>("{}")->enabled, std::nullopt);
}

TEST(AuthNames, read_a_secret_as_it_was_written)
{
    auto const secret = Secret{"a\tb\"ä"};

    EXPECT_EQ(PocoJson{}.decode<Secret>(PocoJson{}.encode(secret)).value(), secret);
}

}  // namespace
}  // namespace etcdpp::v2::wire
