// SPDX-License-Identifier: BSL-1.0

#include "etcdpp/core/cut.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

using etcdpp::detail::cut;

TEST(Cut, takes_what_stands_before_the_separator)
{
    auto rest = std::string_view{"a,b,c"};
    EXPECT_EQ(cut(rest, ','), "a");
    EXPECT_EQ(rest, "b,c");
}

TEST(Cut, takes_all_where_there_is_no_separator)
{
    auto rest = std::string_view{"abc"};
    EXPECT_EQ(cut(rest, ','), "abc");
    EXPECT_TRUE(rest.empty());
}

TEST(Cut, finds_nothing_between_two_separators)
{
    auto rest = std::string_view{",,b"};
    EXPECT_EQ(cut(rest, ','), "");
    EXPECT_EQ(rest, ",b");
}

TEST(Cut, takes_a_separator_at_the_end_with_it)
{
    auto rest = std::string_view{"a,"};
    EXPECT_EQ(cut(rest, ','), "a");
    EXPECT_TRUE(rest.empty());
}

TEST(Cut, finds_nothing_in_nothing)
{
    auto rest = std::string_view{};
    EXPECT_EQ(cut(rest, ','), "");
    EXPECT_TRUE(rest.empty());
}

}  // namespace
