// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Either a value or the Error that prevented it: the part of std::expected that we need.

#include "etcdpp/core/error.hpp"
#include "etcdpp/core/exception.hpp"

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace etcdpp {

//! Marks an Error on its way into a Result, so that a `return` shows which way it goes.
class Unexpected {
public:
    explicit Unexpected(Error error) : error_{std::move(error)} {}

    Error const& error() const& noexcept { return error_; }
    Error&& error() && noexcept { return std::move(error_); }

private:
    Error error_;
};

inline Unexpected unexpected(Error error)
{
    return Unexpected{std::move(error)};
}

namespace detail {

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

}  // namespace detail

//! Has only members that std::expected<T, Error> has, with the same meaning, so that one alias can
//! replace it when the standard is raised (std::expected needs C++23). It keeps its two sides in a
//! union of its own: each call moves several Results, and each T makes one more, so that a
//! std::variant in here would be felt at run time and when compiling.
template <class T>
class [[nodiscard]] Result {
    struct Nothing {};

    //! What is stored for success: `void` has no values, so one stands in for it.
    using Stored = std::conditional_t<std::is_void_v<T>, Nothing, T>;

public:
    using value_type = T;
    using error_type = Error;
    using unexpected_type = Unexpected;

    Result()
        requires std::is_void_v<T> || std::default_initializable<T>
        : value_{}, has_value_{true}
    {
    }

    template <class U = Stored>
        requires(!std::is_void_v<T> && !std::same_as<std::remove_cvref_t<U>, Unexpected>
                    && !detail::is_result<std::remove_cvref_t<U>>
                    && std::constructible_from<Stored, U>)
    explicit(!std::convertible_to<U, Stored>) Result(U&& value)
        : value_(std::forward<U>(value)), has_value_{true}
    {
    }

    // NOLINTNEXTLINE(google-explicit-constructor): as in std::expected, so that it can be returned
    Result(Unexpected failure) : error_{std::move(failure).error()}, has_value_{false} {}

    Result(Result const& other)
        requires std::copy_constructible<Stored>
        : has_value_{other.has_value_}
    {
        take(other);
    }

    Result(Result&& other) noexcept(std::is_nothrow_move_constructible_v<Stored>)
        : has_value_{other.has_value_}
    {
        take(std::move(other));
    }

    Result& operator=(Result const& other)
        requires std::copy_constructible<Stored>
    {
        auto copy = other;
        *this = std::move(copy);
        return *this;
    }

    Result& operator=(Result&& other) noexcept
    {
        static_assert(std::is_nothrow_move_constructible_v<Stored>,
            "to assign, the old side goes before the new one moves in, which must not throw then");
        if (this == &other) { return *this; }
        destroy();
        has_value_ = other.has_value_;
        take(std::move(other));
        return *this;
    }

    ~Result() { destroy(); }

    bool has_value() const noexcept { return has_value_; }
    explicit operator bool() const noexcept { return has_value_; }

    //! @pre has_value()
    std::add_lvalue_reference_t<T> operator*() & noexcept { return held(*this); }
    std::add_lvalue_reference_t<T const> operator*() const& noexcept { return held(*this); }

    std::add_rvalue_reference_t<T> operator*() && noexcept
    {
        return static_cast<std::add_rvalue_reference_t<T>>(held(*this));
    }

    //! @pre has_value()
    auto* operator->() noexcept
        requires(!std::is_void_v<T>)
    {
        return std::addressof(value_);
    }

    auto const* operator->() const noexcept
        requires(!std::is_void_v<T>)
    {
        return std::addressof(value_);
    }

    //! @pre !has_value()
    Error const& error() const& noexcept { return error_; }
    Error&& error() && noexcept { return std::move(error_); }

    //! The value. @throws Exception holding the error, if there is one.
    std::add_lvalue_reference_t<T const> value() const&
    {
        if (!has_value()) { throw Exception{error()}; }
        return **this;
    }

    T value() &&
    {
        if (!has_value()) { throw Exception{std::move(*this).error()}; }
        return *std::move(*this);
    }

    template <class U>
    T value_or(U&& otherwise) &&
    {
        return has_value() ? *std::move(*this) : static_cast<T>(std::forward<U>(otherwise));
    }

    //! Hands the value to `next`, which may fail in turn; passes an error on untouched.
    template <class Next>
    auto and_then(Next&& next) &&
    {
        using Answer =
            std::remove_cvref_t<decltype(call(std::forward<Next>(next), std::move(*this)))>;
        static_assert(detail::is_result<Answer>, "what and_then calls answers with a Result");
        if (!has_value()) { return Answer{unexpected(std::move(*this).error())}; }
        return call(std::forward<Next>(next), std::move(*this));
    }

    //! Replaces the value by what `change` makes of it; passes an error on untouched.
    template <class Change>
    auto transform(Change&& change) &&
    {
        using Changed = decltype(call(std::forward<Change>(change), std::move(*this)));
        using Answer = Result<std::remove_cv_t<Changed>>;
        if (!has_value()) { return Answer{unexpected(std::move(*this).error())}; }
        if constexpr (std::is_void_v<typename Answer::value_type>) {
            call(std::forward<Change>(change), std::move(*this));
            return Answer{};
        } else {
            return Answer{call(std::forward<Change>(change), std::move(*this))};
        }
    }

    //! Hands the error to `recover`, which answers with a Result of the same type.
    template <class Recover>
    Result or_else(Recover&& recover) &&
    {
        using Answer =
            std::remove_cvref_t<decltype(std::forward<Recover>(recover)(std::move(*this).error()))>;
        static_assert(std::same_as<Answer, Result>,
            "what or_else calls answers with a Result of the same type");
        if (has_value()) { return std::move(*this); }
        return std::forward<Recover>(recover)(std::move(*this).error());
    }

private:
    //! What a Result that has a value holds: nothing for `void`.
    template <class Self>
    static decltype(auto) held(Self& self) noexcept
    {
        if constexpr (!std::is_void_v<T>) { return (self.value_); }
    }

    //! As std::invoke does, without <functional>, which everybody would compile for it.
    template <class Function>
    static decltype(auto) call(Function&& function, Result&& self)
    {
        using Callable = std::remove_cvref_t<Function>;
        if constexpr (std::is_void_v<T>) {
            return std::forward<Function>(function)();
        } else if constexpr (std::is_member_function_pointer_v<Callable>) {
            return (*std::move(self).*function)();
        } else if constexpr (std::is_member_object_pointer_v<Callable>) {
            return (*std::move(self).*function);
        } else {
            return std::forward<Function>(function)(*std::move(self));
        }
    }

    //! Fills the side that `has_value_` names, which nothing is in yet, from that of the other.
    template <class Other>
    void take(Other&& other)
    {
        if (has_value_) {
            std::construct_at(std::addressof(value_), std::forward<Other>(other).value_);
        } else {
            std::construct_at(std::addressof(error_), std::forward<Other>(other).error_);
        }
    }

    void destroy() noexcept
    {
        if (has_value_) {
            value_.~Stored();
        } else {
            error_.~Error();
        }
    }

    union {
        Stored value_;  // NOLINT(readability-identifier-naming): as private as the union
        Error error_;   // NOLINT(readability-identifier-naming)
    };
    bool has_value_;
};

}  // namespace etcdpp
