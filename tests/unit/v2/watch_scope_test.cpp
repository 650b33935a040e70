// SPDX-License-Identifier: BSL-1.0

//! @file
//! Which events concern a watch.

#include "etcdpp/v2/watch_scope.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace etcdpp::v2 {
namespace {

Response event(Action action, std::string key)
{
    return {.action = action, .node = {.key = std::move(key)}};
}

TEST(Below, needs_a_slash_where_the_directory_ends)
{
    EXPECT_TRUE(is_below("/app/mode", "/app"));
    EXPECT_TRUE(is_below("/app/db/host", "/app"));
    EXPECT_FALSE(is_below("/apple", "/app"));
    EXPECT_FALSE(is_below("/app", "/app"));
    EXPECT_FALSE(is_below("/", "/app"));
}

TEST(Below, the_root_is_every_other_key)
{
    EXPECT_TRUE(is_below("/app", "/"));
    EXPECT_FALSE(is_below("/", "/"));
}

TEST(Hidden, is_what_an_underscore_begins_behind_the_directory)
{
    EXPECT_TRUE(is_hidden_below("/app/_lock", "/app"));
    EXPECT_TRUE(is_hidden_below("/app/db/_lock/owner", "/app"));
    EXPECT_TRUE(is_hidden_below("/_app", "/"));
    EXPECT_FALSE(is_hidden_below("/app/my_lock", "/app"));
    EXPECT_FALSE(is_hidden_below("/_app/mode", "/_app"));
}

TEST(Scope, of_a_key_is_that_key)
{
    auto const scope = WatchScope{"/app/db", false};

    EXPECT_TRUE(scope.concerns(event(Action::set, "/app/db")));
    EXPECT_FALSE(scope.concerns(event(Action::set, "/app/db/host")));
    EXPECT_FALSE(scope.concerns(event(Action::set, "/app/dbs")));
    EXPECT_FALSE(scope.concerns(event(Action::set, "/app")));
}

TEST(Scope, holds_what_is_below_if_it_is_recursive)
{
    auto const scope = WatchScope{"/app/db", true};

    EXPECT_TRUE(scope.concerns(event(Action::set, "/app/db/host")));
    EXPECT_FALSE(scope.concerns(event(Action::set, "/app/db/_lock")));
    EXPECT_FALSE(scope.concerns(event(Action::set, "/app/dbs")));
}

TEST(Scope, is_concerned_by_removals_above)
{
    for (auto const recursive : {false, true}) {
        auto const scope = WatchScope{"/app/db", recursive};
        EXPECT_TRUE(scope.concerns(event(Action::remove, "/app")));
        EXPECT_TRUE(scope.concerns(event(Action::expire, "/app")));
        EXPECT_FALSE(scope.concerns(event(Action::remove, "/ap")));
        EXPECT_FALSE(scope.concerns(event(Action::update, "/app")));
    }
}

}  // namespace
}  // namespace etcdpp::v2
