// SPDX-License-Identifier: BSL-1.0

//! @file
//! Paths of the simulated store.

#include "etcdpp/sim/store_path.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace etcdpp::sim {
namespace {

TEST(StorePath, has_one_spelling)
{
    EXPECT_EQ(clean_path("/1//app/./mode/"), "/1/app/mode");
    EXPECT_EQ(clean_path("/1/app/../mode"), "/1/mode");
    EXPECT_EQ(clean_path("/../.."), "/");
    EXPECT_EQ(clean_path(""), "/");
}

TEST(StorePath, knows_its_parent)
{
    EXPECT_EQ(parent_of("/app/mode"), "/app");
    EXPECT_EQ(parent_of("/app"), "/");
}

TEST(StorePath, lies_within_a_directory_but_not_beside_it)
{
    EXPECT_TRUE(is_within("/app/mode", "/app"));
    EXPECT_TRUE(is_within("/app", "/"));
    EXPECT_FALSE(is_within("/apple", "/app"));
    EXPECT_FALSE(is_within("/app", "/app"));
    EXPECT_FALSE(is_within("/", "/"));
}

TEST(StorePath, is_hidden_by_its_own_name_alone)
{
    EXPECT_TRUE(is_hidden("/app/_lock"));
    EXPECT_FALSE(is_hidden("/_app/lock"));
}

TEST(StorePath, is_hidden_from_a_watch_by_any_name_below_it)
{
    EXPECT_TRUE(is_hidden_from("/", "/_app/lock"));
    EXPECT_TRUE(is_hidden_from("/app", "/app/x/_lock"));
    EXPECT_FALSE(is_hidden_from("/app/_lock", "/app/_lock/a"));
    EXPECT_FALSE(is_hidden_from("/app/_lock", "/app"));
}

TEST(StorePath, comes_right_behind_its_directory)
{
    auto paths = std::vector<std::string>{
        "/a-b", "/ab", std::string{"/a\0", 3}, "/a/z", "/a", "/a/b/c", "/a/b", "/"};

    std::ranges::sort(paths, PathOrder{});

    EXPECT_EQ(paths,
        (std::vector<std::string>{
            "/", "/a", "/a/b", "/a/b/c", "/a/z", std::string{"/a\0", 3}, "/a-b", "/ab"}));
}

}  // namespace
}  // namespace etcdpp::sim
