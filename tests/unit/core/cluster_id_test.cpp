// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/cluster_id.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <sstream>
#include <string>
#include <string_view>

namespace etcdpp {
namespace {

TEST(ClusterId, is_empty_where_no_etcd_answered)
{
    EXPECT_TRUE(ClusterId{}.empty());
    EXPECT_EQ(ClusterId{}, ClusterId{""});
    EXPECT_FALSE(ClusterId{"3cb9"}.empty());
}

TEST(ClusterId, holds_the_sixteen_digits_of_the_largest)
{
    auto const id = ClusterId{"ffffffffffffffff"};

    EXPECT_EQ(id.size(), ClusterId::max_size);
    EXPECT_EQ(id, "ffffffffffffffff");
}

TEST(ClusterId, keeps_the_beginning_of_what_is_too_long_for_one)
{
    EXPECT_EQ(ClusterId{std::string_view{"0123456789abcdefg"}}, "0123456789abcdef");
}

// A literal stands for an id if it fits; any other text is made one by name.
static_assert(std::convertible_to<char const (&)[17], ClusterId>);
static_assert(!std::convertible_to<char const (&)[18], ClusterId>);
static_assert(!std::convertible_to<std::string, ClusterId>);
static_assert(std::constructible_from<ClusterId, std::string>);

TEST(ClusterId, differs_where_its_digits_do)
{
    EXPECT_NE(ClusterId{"3cb9"}, ClusterId{"3cb"});
    EXPECT_NE(ClusterId{"3cb9"}, ClusterId{"3cb8"});
    EXPECT_NE(ClusterId{"3cb9"}, "3CB9");
}

TEST(ClusterId, is_compared_with_strings_of_any_kind)
{
    auto const id = ClusterId{"3cb9"};

    EXPECT_TRUE(id == std::string{"3cb9"} && std::string{"3cb9"} == id);
    EXPECT_TRUE(id == std::string_view{"3cb9"} && std::string_view{"3cb9"} == id);
    EXPECT_TRUE(id == "3cb9" && "3cb9" == id);
}

TEST(ClusterId, has_an_order)
{
    EXPECT_LT(ClusterId{}, ClusterId{"1"});
    EXPECT_LT(ClusterId{"3cb"}, ClusterId{"3cb9"});
    EXPECT_LT(ClusterId{"3cb9"}, ClusterId{"7e"});
}

TEST(ClusterId, is_joined_to_texts_of_any_length)
{
    constexpr auto words = std::string_view{"the members are all of cluster "};

    EXPECT_EQ(words + ClusterId{"3cb9"}, std::string{words} + "3cb9");
    EXPECT_EQ(ClusterId{"3cb9"} + words, "3cb9" + std::string{words});
}

TEST(ClusterId, converts_to_a_string)
{
    auto const id = ClusterId{"3cb9"};
    std::string const copy = id;
    std::string_view const view = id;
    auto assigned = std::string{"of "};
    assigned += id;

    EXPECT_EQ("of " + id + ", led", "of 3cb9, led");
    EXPECT_EQ(id + ", led", "3cb9, led");
    EXPECT_EQ(copy, "3cb9");
    EXPECT_EQ(std::string{id}, "3cb9");
    EXPECT_EQ(view, "3cb9");
    EXPECT_EQ(assigned, "of 3cb9");
}

TEST(ClusterId, prints_as_the_header_has_it)
{
    auto out = std::ostringstream{};
    out << ClusterId{"cdf818194e3a8c32"};

    EXPECT_EQ(out.str(), "cdf818194e3a8c32");
}

}  // namespace
}  // namespace etcdpp
