// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/errc.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

namespace etcdpp {
namespace {

struct Mapping {
    Errc code;
    std::optional<Condition> means;
};

constexpr Mapping every_code[] = {
    {Errc::unreachable, Condition::unavailable},
    {Errc::exhausted, Condition::unavailable},
    {Errc::timed_out, Condition::timed_out},
    {Errc::cancelled, Condition::cancelled},
    {Errc::malformed_reply, {}},
    {Errc::invalid_argument, {}},
    {Errc::v2_disabled, {}},
    {Errc::not_etcd, {}},
    {Errc::stale, Condition::stale},
};

constexpr Condition all_conditions[] = {Condition::not_found, Condition::already_exists,
    Condition::compare_failed, Condition::unavailable, Condition::timed_out, Condition::cancelled,
    Condition::unauthorized, Condition::stale};

TEST(Errc, becomes_an_error_code_and_no_condition)
{
    static_assert(std::convertible_to<Errc, std::error_code>);
    static_assert(!std::convertible_to<Errc, std::error_condition>);

    EXPECT_EQ(std::error_code{Errc::exhausted}, make_error_code(Errc::exhausted));
    EXPECT_STREQ(make_error_code(Errc::exhausted).category().name(), "etcdpp");
}

TEST(Errc, means_one_condition_or_none_and_no_other)
{
    for (auto const& [code, means] : every_code) {
        for (auto const condition : all_conditions) {
            EXPECT_EQ(make_error_code(code) == condition, means == condition)
                << describe(code) << " / " << describe(condition);
        }
    }
}

TEST(Errc, is_never_zero_which_would_mean_no_error)
{
    for (auto const& each : every_code) {
        EXPECT_TRUE(make_error_code(each.code)) << describe(each.code);
    }
}

TEST(Errc, has_words_of_its_own)
{
    auto words = std::set<std::string_view>{describe(Errc{99})};
    for (auto const& each : every_code) {
        EXPECT_TRUE(words.insert(describe(each.code)).second) << describe(each.code);
        EXPECT_EQ(make_error_code(each.code).message(), describe(each.code));
    }
}

TEST(Errc, has_no_code_that_these_tests_forgot)
{
    auto const last = static_cast<int>(std::size(every_code));

    EXPECT_NE(describe(Errc{last}), "unknown client error");
    EXPECT_EQ(describe(Errc{last + 1}), "unknown client error");
}

TEST(Errc, that_nobody_defined_means_no_condition)
{
    for (auto const condition : all_conditions) {
        EXPECT_FALSE(make_error_code(Errc{99}) == condition) << describe(condition);
    }
}

TEST(Errc, differs_from_the_same_number_of_another_category)
{
    auto const number = static_cast<int>(Errc::timed_out);

    EXPECT_NE(make_error_code(Errc::timed_out), std::error_code(number, std::generic_category()));
}

}  // namespace
}  // namespace etcdpp
