// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/result.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <any>
#include <concepts>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#include <version>

#if defined(__cpp_lib_expected)
#include <expected>
#endif

namespace etcdpp {
namespace {

using testing::HasSubstr;

//! What the typed suites run over: our Result, and where the standard is young enough, what it
//! stands in for. So "the same members, the same meaning" is a fact and no wish.
struct Ours {
    template <class T>
    using Of = Result<T>;
};

#if defined(__cpp_lib_expected)
struct Standard {
    template <class T>
    using Of = std::expected<T, Error>;
};
using Families = testing::Types<Ours, Standard>;
#else
using Families = testing::Types<Ours>;
#endif

// The first std::expected came without and_then, transform and or_else.
#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202211L
using FamiliesThatChain = testing::Types<Ours, Standard>;
#else
using FamiliesThatChain = testing::Types<Ours>;
#endif

struct Setting {
    std::string key;
    std::string value;
};

struct NeedsArguments {
    explicit NeedsArguments(int first) : number{first} {}

    int number;
};

//! Counts how many of its kind are alive; a copy may be told to fail.
class Counted {
public:
    explicit Counted(int number) : number_{number} { ++alive; }

    Counted(Counted const& other) : number_{other.number_}
    {
        if (number_ == too_heavy_to_copy) { throw std::length_error{"too heavy"}; }
        ++alive;
    }

    Counted(Counted&& other) noexcept : number_{other.number_} { ++alive; }
    Counted& operator=(Counted const&) = default;
    ~Counted() { --alive; }

    int number() const noexcept { return number_; }

    static constexpr auto too_heavy_to_copy = 1000;
    static inline auto alive = 0;

private:
    int number_;
};

auto const not_found = Error{Errc::invalid_argument, {.words = "no such key"}};

template <class Result>
auto failure(Error const& error = not_found)
{
    return typename Result::unexpected_type{error};
}

template <class Family>
using NumberOf = typename Family::template Of<int>;
template <class Family>
using TextOf = typename Family::template Of<std::string>;
template <class Family>
using ObjectOf = typename Family::template Of<Setting>;
template <class Family>
using OwnerOf = typename Family::template Of<std::unique_ptr<int>>;
template <class Family>
using NothingOf = typename Family::template Of<void>;
template <class Family>
using CountedOf = typename Family::template Of<Counted>;

template <class Family>
class ResultTest : public testing::Test {};

TYPED_TEST_SUITE(ResultTest, Families);

TYPED_TEST(ResultTest, holds_the_value_it_was_made_of)
{
    TextOf<TypeParam> const result = "blue";

    EXPECT_TRUE(result.has_value());
    EXPECT_EQ(*result, "blue");
    EXPECT_EQ(result.value(), "blue");
}

TYPED_TEST(ResultTest, holds_the_error_it_was_made_of)
{
    TextOf<TypeParam> const result = failure<TextOf<TypeParam>>();

    EXPECT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code(), Errc::invalid_argument);
    EXPECT_EQ(result.error().words(), "no such key");
}

TYPED_TEST(ResultTest, is_true_where_it_holds_a_value_even_a_false_one)
{
    EXPECT_TRUE(NumberOf<TypeParam>{0});
    EXPECT_FALSE(NumberOf<TypeParam>{failure<NumberOf<TypeParam>>()});
}

TYPED_TEST(ResultTest, is_a_default_value_by_default)
{
    EXPECT_EQ(NumberOf<TypeParam>{}.value(), 0);
    EXPECT_EQ(TextOf<TypeParam>{}.value(), "");
    EXPECT_TRUE(NothingOf<TypeParam>{}.has_value());
}

TYPED_TEST(ResultTest, has_no_default_where_the_value_has_none)
{
    static_assert(!std::default_initializable<typename TypeParam::template Of<NeedsArguments>>);
}

TYPED_TEST(ResultTest, names_its_types_as_the_standard_does)
{
    static_assert(std::same_as<typename NumberOf<TypeParam>::value_type, int>);
    static_assert(std::same_as<typename NumberOf<TypeParam>::error_type, Error>);
    static_assert(std::same_as<typename NothingOf<TypeParam>::value_type, void>);
}

TYPED_TEST(ResultTest, is_built_from_named_fields)
{
    ObjectOf<TypeParam> const result = Setting{.key = "/app/mode", .value = "blue"};
    auto const returned = []() -> ObjectOf<TypeParam> { return {{"/app/mode", "blue"}}; }();

    EXPECT_EQ(result->key, "/app/mode");
    EXPECT_EQ(returned->value, "blue");
}

TYPED_TEST(ResultTest, gives_a_reference_to_the_value_inside)
{
    auto result = ObjectOf<TypeParam>{Setting{"/app/mode", "blue"}};
    (*result).value = "green";
    result->key += "l";
    auto const& seen = result;

    EXPECT_EQ(result->value, "green");
    EXPECT_EQ(seen->key, "/app/model");
    EXPECT_EQ(&*seen, &*result);
    EXPECT_EQ(&seen.value(), &*result);
}

TYPED_TEST(ResultTest, gives_a_reference_to_the_error_inside)
{
    auto const result = NumberOf<TypeParam>{failure<NumberOf<TypeParam>>()};

    EXPECT_EQ(&result.error(), &result.error());
}

TYPED_TEST(ResultTest, lets_an_owner_be_moved_in_and_out)
{
    auto result = OwnerOf<TypeParam>{std::make_unique<int>(7)};
    auto const from_star = std::unique_ptr<int>{*std::move(result)};
    auto const from_value = OwnerOf<TypeParam>{std::make_unique<int>(8)}.value();

    EXPECT_EQ(*from_star, 7);
    EXPECT_EQ(*from_value, 8);
}

TYPED_TEST(ResultTest, lets_its_error_be_moved_out)
{
    auto result = OwnerOf<TypeParam>{failure<OwnerOf<TypeParam>>()};
    auto const error = Error{std::move(result).error()};

    EXPECT_EQ(error.words(), "no such key");
}

TYPED_TEST(ResultTest, is_moved_and_copied_as_its_value_is)
{
    static_assert(std::copyable<TextOf<TypeParam>>);
    static_assert(std::movable<OwnerOf<TypeParam>>);
    static_assert(!std::copyable<OwnerOf<TypeParam>>);
    static_assert(std::is_nothrow_move_constructible_v<TextOf<TypeParam>>);
}

TYPED_TEST(ResultTest, throws_where_the_value_is_asked_for_and_missing)
{
    using Text = TextOf<TypeParam>;
    auto const result = Text{failure<Text>()};

    EXPECT_ANY_THROW(static_cast<void>(result.value()));
    EXPECT_ANY_THROW(static_cast<void>(Text{failure<Text>()}.value()));
}

TYPED_TEST(ResultTest, gives_the_value_or_what_to_take_instead)
{
    using Text = TextOf<TypeParam>;

    EXPECT_EQ(Text{"blue"}.value_or("grey"), "blue");
    EXPECT_EQ(Text{failure<Text>()}.value_or("grey"), "grey");
}

TYPED_TEST(ResultTest, gives_an_owner_or_what_to_take_instead)
{
    using Owner = OwnerOf<TypeParam>;

    EXPECT_EQ(*Owner{failure<Owner>()}.value_or(std::make_unique<int>(3)), 3);
    EXPECT_EQ(Owner{std::make_unique<int>(7)}.value_or(nullptr) == nullptr, false);
}

TYPED_TEST(ResultTest, changes_sides_by_assignment)
{
    using Text = TextOf<TypeParam>;
    auto result = Text{"blue"};

    result = failure<Text>();
    EXPECT_EQ(result.error().words(), "no such key");
    result = "green";
    EXPECT_EQ(*result, "green");
}

TYPED_TEST(ResultTest, takes_either_side_from_either_side)
{
    using Result = CountedOf<TypeParam>;
    auto const seven = Result{Counted{7}};
    auto const eight = Result{Counted{8}};
    auto const failed = Result{failure<Result>()};
    for (auto const& before : {seven, failed}) {
        for (auto const& after : {eight, failed}) {
            auto copied = before;
            copied = after;
            auto moved = before;
            moved = Result{after};
            for (auto const& result : {copied, moved}) {
                ASSERT_EQ(result.has_value(), after.has_value());
                EXPECT_EQ(result ? result->number() : 0, after ? 8 : 0);
                EXPECT_EQ(result ? "" : result.error().words(), after ? "" : "no such key");
            }
        }
    }
}

TYPED_TEST(ResultTest, lets_go_of_each_value_it_held)
{
    ASSERT_EQ(Counted::alive, 0);
    {
        auto result = CountedOf<TypeParam>{Counted{7}};
        auto const copy = result;
        EXPECT_EQ(Counted::alive, 2);
        result = failure<CountedOf<TypeParam>>();
        EXPECT_EQ(Counted::alive, 1);
        result = copy;
        EXPECT_EQ(Counted::alive, 2);
    }
    EXPECT_EQ(Counted::alive, 0);
}

TYPED_TEST(ResultTest, stays_what_it_was_when_assigned_to_itself)
{
    auto number = CountedOf<TypeParam>{Counted{7}};
    auto failed = CountedOf<TypeParam>{failure<CountedOf<TypeParam>>()};
    auto& same_number = number;
    auto& same_failed = failed;
    number = same_number;
    failed = same_failed;
    number = std::move(same_number);
    failed = std::move(same_failed);

    EXPECT_EQ(number->number(), 7);
    EXPECT_TRUE(failed.error().code() == Errc::invalid_argument);
}

TYPED_TEST(ResultTest, stays_what_it_was_when_a_copy_of_the_other_fails)
{
    auto const heavy = CountedOf<TypeParam>{Counted{Counted::too_heavy_to_copy}};
    auto failed = CountedOf<TypeParam>{failure<CountedOf<TypeParam>>()};

    EXPECT_THROW(failed = heavy, std::length_error);
    EXPECT_EQ(failed.error().words(), "no such key");
    EXPECT_EQ(Counted::alive, 1);
}

TYPED_TEST(ResultTest, of_void_is_a_success_or_an_error)
{
    using Nothing = NothingOf<TypeParam>;
    auto const done = Nothing{};
    auto const failed = Nothing{failure<Nothing>()};

    EXPECT_TRUE(done);
    EXPECT_NO_THROW(done.value());
    EXPECT_NO_THROW(Nothing{}.value());
    EXPECT_FALSE(failed);
    EXPECT_EQ(failed.error().words(), "no such key");
    EXPECT_ANY_THROW(failed.value());
    EXPECT_ANY_THROW(Nothing{failure<Nothing>()}.value());
}

TYPED_TEST(ResultTest, of_void_gives_nothing_when_followed)
{
    static_assert(std::is_void_v<decltype(*std::declval<NothingOf<TypeParam>&>())>);
    static_assert(std::is_void_v<decltype(*std::declval<NothingOf<TypeParam> const&>())>);
    static_assert(std::is_void_v<decltype(std::declval<NothingOf<TypeParam>>().value())>);
}

TYPED_TEST(ResultTest, of_void_points_to_nothing)
{
    static_assert(!requires(NothingOf<TypeParam>& result) { result.operator->(); });
    static_assert(requires(TextOf<TypeParam>& result) { result.operator->(); });
}

TYPED_TEST(ResultTest, takes_what_converts_to_the_value)
{
    using Text = TextOf<TypeParam>;

    static_assert(std::convertible_to<char const*, Text>);
    static_assert(std::convertible_to<std::string, Text>);
    static_assert(std::convertible_to<typename Text::unexpected_type, Text>);
}

TYPED_TEST(ResultTest, takes_what_converts_only_explicitly_only_explicitly)
{
    using Of = typename TypeParam::template Of<NeedsArguments>;

    static_assert(std::constructible_from<Of, int>);
    static_assert(!std::convertible_to<int, Of>);
    static_assert(std::constructible_from<OwnerOf<TypeParam>, int*>);
    static_assert(!std::convertible_to<int*, OwnerOf<TypeParam>>);
}

TYPED_TEST(ResultTest, takes_an_error_only_where_it_is_marked_as_unexpected)
{
    using Text = TextOf<TypeParam>;

    static_assert(!std::constructible_from<Text, Error>);
    static_assert(!std::constructible_from<Text, Errc>);
    static_assert(!std::constructible_from<Text, std::error_code>);
    static_assert(std::constructible_from<typename Text::unexpected_type, Error>);
    static_assert(!std::convertible_to<Error, typename Text::unexpected_type>);
}

TYPED_TEST(ResultTest, takes_nothing_else)
{
    using Text = TextOf<TypeParam>;

    static_assert(!std::constructible_from<Text, std::vector<int>>);
    static_assert(!std::constructible_from<Text, std::optional<std::string>>);
    static_assert(!std::constructible_from<Text, NumberOf<TypeParam>>);
    static_assert(!std::constructible_from<NothingOf<TypeParam>, int>);
}

TYPED_TEST(ResultTest, turns_into_a_truth_value_only_on_purpose_and_into_nothing_else)
{
    using Number = NumberOf<TypeParam>;

    static_assert(std::constructible_from<bool, Number>);
    static_assert(!std::convertible_to<Number, bool>);
    static_assert(!std::convertible_to<Number, int>);
}

TYPED_TEST(ResultTest, may_hold_a_type_that_anything_converts_to)
{
    using Anything = typename TypeParam::template Of<std::any>;
    auto const original = Anything{std::any{7}};
    auto const copy = original;  // NOLINT(performance-unnecessary-copy-initialization)

    EXPECT_EQ(std::any_cast<int>(*copy), 7);
}

template <class Family>
class ResultChain : public testing::Test {};

TYPED_TEST_SUITE(ResultChain, FamiliesThatChain);

TYPED_TEST(ResultChain, hands_the_value_to_what_may_fail_in_turn)
{
    using Number = NumberOf<TypeParam>;
    using Text = TextOf<TypeParam>;
    auto const halved = [](int number) -> Text {
        if (number % 2 != 0) { return failure<Text>(); }
        return std::to_string(number / 2);
    };

    EXPECT_EQ(Number{8}.and_then(halved).value(), "4");
    EXPECT_EQ(Number{7}.and_then(halved).error().words(), "no such key");
}

TYPED_TEST(ResultChain, hands_no_error_to_what_wants_a_value)
{
    using Number = NumberOf<TypeParam>;
    auto called = false;
    auto const notice = [&](int number) {
        called = true;
        return Number{number};
    };
    auto const result = Number{failure<Number>()}.and_then(notice);

    EXPECT_FALSE(called);
    EXPECT_EQ(result.error().words(), "no such key");
}

TYPED_TEST(ResultChain, passes_an_error_on_untouched)
{
    using Number = NumberOf<TypeParam>;
    auto const whole = Error{Errc::exhausted,
        {.effect = Effect::none,
            .fault = Fault::caller,
            .status = 503,
            .words = "no leader",
            .attempts = {{.endpoint = {.host = "etcd-1"}, .code = Errc::unreachable}}}};
    auto const result = Number{failure<Number>(whole)}
                            .transform([](int number) { return number + 1; })
                            .and_then([](int number) { return Number{number}; });

    EXPECT_EQ(result.error().code(), whole.code());
    EXPECT_EQ(result.error().effect(), whole.effect());
    EXPECT_EQ(result.error().fault(), whole.fault());
    EXPECT_EQ(result.error().status(), whole.status());
    EXPECT_EQ(result.error().words(), whole.words());
    EXPECT_EQ(result.error().attempts(), whole.attempts());
}

TYPED_TEST(ResultChain, replaces_the_value_by_what_is_made_of_it)
{
    using Number = NumberOf<TypeParam>;
    auto const result = Number{7}.transform([](int number) { return std::to_string(number); });

    static_assert(std::same_as<decltype(result), TextOf<TypeParam> const>);
    EXPECT_EQ(*result, "7");
}

TYPED_TEST(ResultChain, calls_a_member_function_of_the_value_by_its_name)
{
    EXPECT_EQ(TextOf<TypeParam>{"blue"}.transform(&std::string::size).value(), 4U);
}

TEST(Result, goes_on_with_the_result_in_its_value_by_its_name)
{
    using Entry = std::pair<std::string, Result<int>>;

    EXPECT_EQ((Result<Entry>{Entry{"blue", 4}}.and_then(&Entry::second).value()), 4);
}

TYPED_TEST(ResultChain, moves_an_owner_from_hand_to_hand)
{
    using Owner = OwnerOf<TypeParam>;
    auto const result = Owner{std::make_unique<int>(7)}
                            .transform([](std::unique_ptr<int> owned) {
                                ++*owned;
                                return owned;
                            })
                            .and_then([](std::unique_ptr<int> owned) {
                                ++*owned;
                                return Owner{std::move(owned)};
                            });

    EXPECT_EQ(**result, 9);
}

TYPED_TEST(ResultChain, goes_from_void_to_a_value_and_back)
{
    using Nothing = NothingOf<TypeParam>;
    using Number = NumberOf<TypeParam>;
    auto seen = 0;
    auto const result = Nothing{}
                            .transform([] { return 7; })
                            .transform([&](int number) { seen = number; })
                            .and_then([] { return Number{8}; });

    EXPECT_EQ(seen, 7);
    EXPECT_EQ(*result, 8);
}

TYPED_TEST(ResultChain, of_void_passes_an_error_on)
{
    using Nothing = NothingOf<TypeParam>;
    using Number = NumberOf<TypeParam>;
    auto const failed = [] { return Nothing{failure<Nothing>()}; };

    EXPECT_EQ(failed().transform([] { return 7; }).error().words(), "no such key");
    EXPECT_EQ(failed().and_then([] { return Number{7}; }).error().words(), "no such key");
    EXPECT_TRUE(failed().or_else([](Error const&) { return Nothing{}; }));
}

TYPED_TEST(ResultChain, gives_the_error_a_second_chance)
{
    using Number = NumberOf<TypeParam>;
    auto const failed = [] { return Number{failure<Number>()}; };

    EXPECT_EQ(failed().or_else([](Error const&) { return Number{7}; }).value(), 7);
    EXPECT_EQ(failed()
                  .or_else([](Error const& error) {
                      return Number{
                          failure<Number>(Error{Errc::exhausted, {.words = error.words() + "!"}})};
                  })
                  .error()
                  .words(),
        "no such key!");
}

TYPED_TEST(ResultChain, needs_no_second_chance_for_a_value)
{
    using Owner = OwnerOf<TypeParam>;
    auto called = false;
    auto const result = Owner{std::make_unique<int>(7)}.or_else([&](Error const&) {
        called = true;
        return Owner{};
    });

    EXPECT_FALSE(called);
    EXPECT_EQ(**result, 7);
}

TYPED_TEST(ResultChain, copies_the_result_that_is_returned_by_reference)
{
    using Number = NumberOf<TypeParam>;
    auto const kept = Number{8};
    auto const chained = Number{failure<Number>()}.and_then(
        [&](int) -> Number const& { return kept; });

    static_assert(std::same_as<decltype(chained), Number const>);
    EXPECT_EQ(chained.error().words(), "no such key");
    EXPECT_EQ(Number{7}.and_then([&](int) -> Number const& { return kept; }).value(), 8);
}

TEST(Result, does_not_take_another_result_for_its_value)
{
    static_assert(!std::constructible_from<Result<bool>, Result<int>>);
    static_assert(!std::constructible_from<Result<std::any>, Result<int>>);
}

TEST(Result, throws_an_exception_that_says_the_whole_error)
{
    auto const error = Error{Errc::exhausted,
        {.words = "gave up after 1 attempt",
            .attempts = {{.endpoint = {.host = "etcd-1"}, .code = Errc::unreachable}}}};
    auto const result = Result<int>{unexpected(error)};
    try {
        static_cast<void>(result.value());
        FAIL() << "nothing was thrown";
    } catch (Exception const& exception) {
        EXPECT_EQ(exception.what(), (std::ostringstream{} << error).str());
        EXPECT_THAT(exception.what(), HasSubstr("tried http://etcd-1:2379"));
        EXPECT_EQ(exception.error().code(), Errc::exhausted);
    }
}

TEST(Result, throws_the_same_from_an_rvalue_and_for_void)
{
    EXPECT_THROW(static_cast<void>(Result<int>{unexpected(not_found)}.value()), Exception);
    EXPECT_THROW(Result<void>{unexpected(not_found)}.value(), Exception);
}

TEST(Result, keeps_its_error_when_the_value_is_asked_for_in_vain)
{
    auto const result = Result<int>{unexpected(not_found)};

    EXPECT_THROW(static_cast<void>(result.value()), Exception);
    EXPECT_EQ(result.error().words(), "no such key");
}

TEST(Unexpected, shows_the_error_it_marks)
{
    auto failure = unexpected(not_found);

    EXPECT_EQ(failure.error().words(), "no such key");
    EXPECT_EQ(Error{std::move(failure).error()}.words(), "no such key");
}

}  // namespace
}  // namespace etcdpp
