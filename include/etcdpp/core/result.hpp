// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Either a value or the Error that prevented it: the part of std::expected that we need.

#include "etcdpp/core/error.hpp"
#include "etcdpp/core/exception.hpp"

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

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
//! replace it when the standard is raised (std::expected needs C++23).
template <class T>
class [[nodiscard]] Result {
    //! What the variant stores for success: `void` has no values, so one stands in for it.
    using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

public:
    using value_type = T;
    using error_type = Error;
    using unexpected_type = Unexpected;

    Result()
        requires std::is_void_v<T> || std::default_initializable<T>
        : state_{std::in_place_index<0>}
    {
    }

    template <class U = Stored>
        requires(!std::is_void_v<T> && !std::same_as<std::remove_cvref_t<U>, Unexpected>
                 && !detail::is_result<std::remove_cvref_t<U>>
                 && std::constructible_from<Stored, U>)
    explicit(!std::convertible_to<U, Stored>) Result(U&& value)
        : state_{std::in_place_index<0>, std::forward<U>(value)}
    {
    }

    Result(Unexpected failure) : state_{std::in_place_index<1>, std::move(failure).error()} {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

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
        return std::get_if<0>(&state_);
    }

    auto const* operator->() const noexcept
        requires(!std::is_void_v<T>)
    {
        return std::get_if<0>(&state_);
    }

    //! @pre !has_value()
    Error const& error() const& noexcept { return *std::get_if<1>(&state_); }
    Error&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

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
        using Answer = std::remove_cvref_t<decltype(call(std::forward<Next>(next), std::move(*this)))>;
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
        using Answer = std::remove_cvref_t<std::invoke_result_t<Recover, Error>>;
        static_assert(std::same_as<Answer, Result>,
            "what or_else calls answers with a Result of the same type");
        if (has_value()) { return std::move(*this); }
        return std::invoke(std::forward<Recover>(recover), std::move(*this).error());
    }

private:
    //! What a Result that has a value holds: nothing for `void`.
    template <class Self>
    static decltype(auto) held(Self& self) noexcept
    {
        if constexpr (!std::is_void_v<T>) { return (*std::get_if<0>(&self.state_)); }
    }

    template <class Function>
    static decltype(auto) call(Function&& function, Result&& self)
    {
        if constexpr (std::is_void_v<T>) {
            return std::invoke(std::forward<Function>(function));
        } else {
            return std::invoke(std::forward<Function>(function), *std::move(self));
        }
    }

    std::variant<Stored, Error> state_;
};

}  // namespace etcdpp
