// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! GoogleMock matchers for what a call came to: `EXPECT_THAT(result, FailsWith(Errc::timed_out))`.

#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"

#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

// NOLINTBEGIN(readability-identifier-naming): the names are spelled as GoogleMock spells its own

namespace etcdpp {

//! How GoogleTest prints a result: the value or the whole error, not its bytes.
template <class T>
void PrintTo(Result<T> const& result, std::ostream* out)
{
    if (!result) {
        *out << "error: " << result.error();
    } else if constexpr (std::is_void_v<T>) {
        *out << "ok";
    } else {
        *out << "ok: " << testing::PrintToString(*result);
    }
}

}  // namespace etcdpp

namespace etcdpp::mocks {

namespace detail {

inline Error const* error_of(Error const& error) noexcept
{
    return &error;
}

template <class T>
Error const* error_of(Result<T> const& result) noexcept
{
    return result ? nullptr : &result.error();
}

}  // namespace detail

//! Matches an Error, or a Result that holds one, of which `part(error)` matches `inner`.
template <class Part, class Inner>
class ErrorMatcher {
public:
    using is_gtest_matcher = void;

    ErrorMatcher(Part part, std::string name, testing::Matcher<Inner> inner)
        : part_{part}, name_{std::move(name)}, inner_{std::move(inner)}
    {
    }

    template <class Subject>
    bool MatchAndExplain(Subject const& subject, testing::MatchResultListener* listener) const
    {
        auto const* const error = detail::error_of(subject);
        if (error == nullptr) {
            *listener << "which is no error";
            return false;
        }
        *listener << "whose " << name_ << " is " << testing::PrintToString(part_(*error)) << ' ';
        return inner_.MatchAndExplain(part_(*error), listener);
    }

    void DescribeTo(std::ostream* out) const
    {
        *out << "is an error whose " << name_ << ' ';
        inner_.DescribeTo(out);
    }

    void DescribeNegationTo(std::ostream* out) const
    {
        *out << "is no error whose " << name_ << ' ';
        inner_.DescribeTo(out);
    }

private:
    Part part_;
    std::string name_;
    testing::Matcher<Inner> inner_;
};

//! Matches an Error, or a Result that holds one, which equals a code or a condition.
template <class Code>
class CodeMatcher {
public:
    using is_gtest_matcher = void;

    explicit CodeMatcher(Code code) : code_{code} {}

    template <class Subject>
    bool MatchAndExplain(Subject const& subject, testing::MatchResultListener* listener) const
    {
        auto const* const error = detail::error_of(subject);
        if (error == nullptr) {
            *listener << "which is no error";
            return false;
        }
        *listener << "whose code is " << error->code() << " (" << error->code().message() << ')';
        return *error == code_;
    }

    void DescribeTo(std::ostream* out) const { describe("is", out); }
    void DescribeNegationTo(std::ostream* out) const { describe("is not", out); }

private:
    void describe(char const* verb, std::ostream* out) const
    {
        *out << verb << " the error " << code_.category().name() << ':' << code_.value() << " ("
             << code_.message() << ')';
    }

    Code code_;
};

//! `EXPECT_THAT(result, FailsWith(Errc::timed_out))`; a Result or an Error, a code of any category.
inline auto FailsWith(std::error_code code)
{
    return CodeMatcher{code};
}

//! `EXPECT_THAT(result, FailsWith(Condition::not_found))`.
inline auto FailsWith(std::error_condition condition)
{
    return CodeMatcher{condition};
}

//! `EXPECT_THAT(result, HasEffect(Effect::none))`; the argument may be a matcher.
inline auto HasEffect(testing::Matcher<Effect> effect)
{
    auto const part = [](Error const& error) { return error.effect(); };
    return ErrorMatcher<decltype(part), Effect>{part, "effect", std::move(effect)};
}

//! `EXPECT_THAT(result, HasFault(Fault::request))`; the argument may be a matcher.
inline auto HasFault(testing::Matcher<Fault> fault)
{
    auto const part = [](Error const& error) { return error.fault(); };
    return ErrorMatcher<decltype(part), Fault>{part, "fault", std::move(fault)};
}

//! `EXPECT_THAT(result, HasWords(HasSubstr("a path")))`; a plain text must be the whole words.
inline auto HasWords(testing::Matcher<std::string> words)
{
    auto const part = [](Error const& error) { return error.words(); };
    return ErrorMatcher<decltype(part), std::string>{part, "words", std::move(words)};
}

//! Matches a Result that holds a value.
class OkMatcher {
public:
    using is_gtest_matcher = void;

    template <class T>
    bool MatchAndExplain(Result<T> const& result, testing::MatchResultListener* listener) const
    {
        if (!result) { *listener << "which holds the error " << result.error(); }
        return result.has_value();
    }

    void DescribeTo(std::ostream* out) const { *out << "holds a value"; }
    void DescribeNegationTo(std::ostream* out) const { *out << "holds an error"; }
};

//! `ASSERT_THAT(result, IsOk())` prints the error where there is one.
inline auto IsOk()
{
    return OkMatcher{};
}

//! Matches a Result that holds a value which matches `inner`, itself a value or a matcher.
template <class Inner>
class OkAndMatcher {
public:
    using is_gtest_matcher = void;

    explicit OkAndMatcher(Inner inner) : inner_{std::move(inner)} {}

    template <class T>
    bool MatchAndExplain(Result<T> const& result, testing::MatchResultListener* listener) const
    {
        return IsOk().MatchAndExplain(result, listener)
            && testing::SafeMatcherCast<T const&>(inner_).MatchAndExplain(*result, listener);
    }

    void DescribeTo(std::ostream* out) const
    {
        *out << "holds a value that matches " << testing::PrintToString(inner_);
    }

    void DescribeNegationTo(std::ostream* out) const
    {
        *out << "holds no value that matches " << testing::PrintToString(inner_);
    }

private:
    Inner inner_;
};

//! `EXPECT_THAT(result, IsOkAnd(SizeIs(3)))`; the argument may be a value or a matcher.
template <class Inner>
auto IsOkAnd(Inner inner)
{
    return OkAndMatcher<Inner>{std::move(inner)};
}

}  // namespace etcdpp::mocks

// NOLINTEND(readability-identifier-naming)
