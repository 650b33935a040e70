// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/condition.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <set>
#include <string>
#include <system_error>

namespace etcdpp {
namespace {

constexpr Condition every_condition[] = {Condition::not_found, Condition::already_exists,
    Condition::compare_failed, Condition::unavailable, Condition::timed_out, Condition::cancelled,
    Condition::unauthorized, Condition::stale};

TEST(Condition, is_asked_for_as_an_error_condition)
{
    static_assert(std::convertible_to<Condition, std::error_condition>);

    EXPECT_EQ(std::error_condition{Condition::stale}, make_error_condition(Condition::stale));
}

TEST(Condition, is_no_error_code)
{
    static_assert(!std::convertible_to<Condition, std::error_code>);
}

TEST(Condition, is_never_zero_which_would_mean_no_error)
{
    for (auto const condition : every_condition) {
        EXPECT_TRUE(make_error_condition(condition)) << describe(condition);
    }
}

TEST(Condition, has_words_of_its_own)
{
    auto words = std::set<std::string_view>{describe(Condition{99})};
    for (auto const condition : every_condition) {
        EXPECT_TRUE(words.insert(describe(condition)).second) << describe(condition);
    }
}

TEST(Condition, is_described_in_words_by_its_category)
{
    EXPECT_EQ(make_error_condition(Condition::compare_failed).message(), "compare failed");
    EXPECT_STREQ(make_error_condition(Condition::stale).category().name(), "etcdpp.condition");
}

TEST(Condition, that_nobody_defined_is_described_as_unknown)
{
    EXPECT_EQ(describe(Condition{99}), "unknown condition");
}

}  // namespace
}  // namespace etcdpp
