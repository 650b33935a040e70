// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/error.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>

//! A server's own codes, as an API version would bring them.
namespace weather {

enum class Code { no_such_city = 100, typhoon = 300 };

inline std::error_category const& category() noexcept
{
    class Category final : public std::error_category {
        char const* name() const noexcept override { return "weather"; }

        std::string message(int value) const override
        {
            return value == 100 ? "no such city" : "typhoon";
        }

        std::error_condition default_error_condition(int value) const noexcept override
        {
            if (value == 100) { return etcdpp::Condition::not_found; }
            return {value, *this};
        }
    };
    static Category const category;
    return category;
}

inline std::error_code make_error_code(Code code) noexcept
{
    return {static_cast<int>(code), category()};
}

}  // namespace weather

template <>
struct std::is_error_code_enum<weather::Code> : std::true_type {};

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

template <class One, class Other>
concept comparable = requires(One const& one, Other const& other) { one == other; };

std::string printed(auto const& value)
{
    return (std::ostringstream{} << value).str();
}

auto const refused = FailedAttempt{.endpoint = {.host = "etcd-1"},
    .code = Errc::unreachable,
    .effect = Effect::none,
    .words = "connection refused",
    .after = 1500us};
auto const silent = FailedAttempt{.endpoint = {.host = "etcd-2"},
    .code = Errc::timed_out,
    .effect = Effect::unknown,
    .after = 2s};

TEST(Error, assumes_the_worst_where_nothing_is_said)
{
    auto const error = Error{Errc::unreachable};

    EXPECT_EQ(error.code(), Errc::unreachable);
    EXPECT_EQ(error.effect(), Effect::unknown);
    EXPECT_EQ(error.fault(), Fault::member);
    EXPECT_EQ(error.status(), std::nullopt);
    EXPECT_EQ(error.words(), "");
    EXPECT_THAT(error.attempts(), IsEmpty());
}

TEST(Error, keeps_what_it_was_made_of)
{
    auto const error = Error{Errc::exhausted,
        {.effect = Effect::none,
            .fault = Fault::caller,
            .status = 503,
            .words = "etcdserver: no leader",
            .attempts = {refused, silent}}};

    EXPECT_EQ(error.code(), Errc::exhausted);
    EXPECT_EQ(error.effect(), Effect::none);
    EXPECT_EQ(error.fault(), Fault::caller);
    EXPECT_EQ(error.status(), 503);
    EXPECT_EQ(error.words(), "etcdserver: no leader");
    EXPECT_THAT(error.attempts(), ElementsAre(refused, silent));
}

TEST(Error, equals_its_code_and_no_other)
{
    auto const error = Error{Errc::timed_out};

    EXPECT_TRUE(error == Errc::timed_out);
    EXPECT_TRUE(Errc::timed_out == error);
    EXPECT_FALSE(error == Errc::cancelled);
    EXPECT_TRUE(error != Errc::cancelled);
    EXPECT_TRUE(error == make_error_code(Errc::timed_out));
}

TEST(Error, equals_the_condition_that_its_code_means_and_no_other)
{
    auto const error = Error{Errc::exhausted};

    EXPECT_TRUE(error == Condition::unavailable);
    EXPECT_TRUE(Condition::unavailable == error);
    EXPECT_FALSE(error == Condition::timed_out);
    EXPECT_TRUE(error != Condition::timed_out);
    EXPECT_TRUE(error == make_error_condition(Condition::unavailable));
}

TEST(Error, equals_the_condition_that_the_category_of_a_server_names)
{
    EXPECT_TRUE(Error{weather::Code::no_such_city} == weather::Code::no_such_city);
    EXPECT_TRUE(Error{weather::Code::no_such_city} == Condition::not_found);
    EXPECT_FALSE(Error{weather::Code::typhoon} == Condition::not_found);
    EXPECT_FALSE(Error{weather::Code::typhoon} == Condition::unavailable);
}

TEST(Error, equals_no_condition_that_merely_has_its_number)
{
    static_assert(
        static_cast<int>(Errc::invalid_argument) == static_cast<int>(Condition::cancelled));

    EXPECT_FALSE(Error{Errc::invalid_argument} == Condition::cancelled);
}

TEST(Error, is_compared_with_codes_and_conditions_only)
{
    static_assert(comparable<Error, std::error_code>);
    static_assert(comparable<Error, std::error_condition>);
    static_assert(comparable<Error, Errc>);
    static_assert(comparable<Error, Condition>);
    static_assert(comparable<Error, weather::Code>);

    static_assert(!comparable<Error, Error>);
    static_assert(!comparable<Error, int>);
    static_assert(!comparable<Error, bool>);
    static_assert(!comparable<Error, Effect>);
    static_assert(!comparable<Error, Fault>);
    static_assert(!comparable<Error, std::string>);
    static_assert(!comparable<Error, char const*>);
    static_assert(!comparable<Error, std::optional<int>>);
}

TEST(Error, is_made_from_a_code_only_on_purpose)
{
    static_assert(std::constructible_from<Error, std::error_code>);
    static_assert(std::constructible_from<Error, Errc>);
    static_assert(!std::convertible_to<std::error_code, Error>);
    static_assert(!std::convertible_to<Errc, Error>);
    static_assert(!std::default_initializable<Error>);
}

TEST(Error, is_never_made_from_a_number_or_a_condition)
{
    static_assert(!std::constructible_from<Error, int>);
    static_assert(!std::constructible_from<Error, Condition>);
}

TEST(Error, is_moved_without_throwing_so_that_a_result_never_loses_it)
{
    static_assert(std::is_nothrow_move_constructible_v<Error>);
    static_assert(std::is_nothrow_move_assignable_v<Error>);
}

TEST(Error, prints_its_message_its_words_and_its_effect)
{
    EXPECT_EQ(printed(Error{Errc::timed_out, {.words = "the deadline passed"}}),
        "timed out: the deadline passed [effect: unknown]");
}

TEST(Error, prints_no_colon_where_nothing_was_said)
{
    EXPECT_EQ(printed(Error{Errc::cancelled, {.effect = Effect::none}}),
        "cancelled by the caller [effect: none]");
}

TEST(Error, prints_each_of_its_attempts)
{
    auto const error = Error{
        Errc::exhausted, {.words = "gave up after 2 attempts", .attempts = {refused, silent}}};

    EXPECT_EQ(printed(error),
        "no member settled the call: gave up after 2 attempts [effect: unknown]"
        "; tried http://etcd-1:2379: the member could not be reached (connection refused), after "
        "1 ms"
        "; tried http://etcd-2:2379: timed out, after 2000 ms");
}

TEST(InvalidArgument, is_the_fault_of_the_request_and_has_no_effect)
{
    auto const error = invalid_argument("the key is empty");

    EXPECT_EQ(error.code(), Errc::invalid_argument);
    EXPECT_EQ(error.effect(), Effect::none);
    EXPECT_EQ(error.fault(), Fault::request);
    EXPECT_EQ(error.words(), "the key is empty");
}

TEST(FailedAttempt, is_equal_where_all_its_parts_are)
{
    auto other = refused;
    EXPECT_EQ(other, refused);

    other.effect = Effect::unknown;
    EXPECT_NE(other, refused);
}

}  // namespace
}  // namespace etcdpp
