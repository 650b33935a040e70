// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Which C++ types travel as a JSON number, string or truth value, and when such a value fits one.

#include "etcdpp/codec/rfc3339.hpp"
#include "etcdpp/codec/text_form.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace etcdpp::detail {

//! A JSON value without parts. A text is only lent.
using Scalar = std::variant<bool, std::int64_t, std::uint64_t, double, std::string_view>;

template <class T, class... Other>
concept none_of = (... && !std::same_as<T, Other>);

template <class T>
concept whole_number = std::integral<T>
    && none_of<T, bool, char, wchar_t, char8_t, char16_t, char32_t>;

template <class T>
inline constexpr bool is_seconds = false;
template <whole_number Count>
inline constexpr bool is_seconds<std::chrono::duration<Count, std::ratio<1>>> = true;

//! The order of preference is that of `store`: an enumeration with a TextForm is a string.
template <class T>
concept scalar_value = has_text_form<T> || std::same_as<T, std::string> || std::same_as<T, bool>
    || std::same_as<T, double> || std::is_enum_v<T> || is_seconds<T> || whole_number<T>;

template <whole_number Number>
bool store_whole(Number& target, Scalar const& value)
{
    auto const keep = [&target](auto const* number) {
        if (number == nullptr || !std::in_range<Number>(*number)) { return false; }
        target = static_cast<Number>(*number);
        return true;
    };
    return keep(std::get_if<std::int64_t>(&value)) || keep(std::get_if<std::uint64_t>(&value));
}

inline bool store_real(double& target, Scalar const& value)
{
    auto const keep = [&target](auto const* number) {
        if (number != nullptr) { target = static_cast<double>(*number); }
        return number != nullptr;
    };
    return keep(std::get_if<double>(&value)) || keep(std::get_if<std::int64_t>(&value))
        || keep(std::get_if<std::uint64_t>(&value));
}

//! Reads `value` as a number of `As` and converts it to what T is.
template <class As, class T>
bool store_by(T& target, Scalar const& value)
{
    auto number = As{};
    if (!store_whole(number, value)) { return false; }
    target = T{number};
    return true;
}

template <class T>
bool store_text_form(T& target, std::string_view const* text)
{
    if (text == nullptr) { return false; }
    auto parsed = TextForm<T>::parse(*text);
    if (!parsed) { return false; }
    target = *std::move(parsed);
    return true;
}

//! False, and nothing stored, if `value` is of another kind than T or out of its range.
template <scalar_value T>
bool store(T& target, Scalar const& value)
{
    if constexpr (has_text_form<T>) {
        return store_text_form(target, std::get_if<std::string_view>(&value));
    } else if constexpr (std::same_as<T, std::string>) {
        auto const* const text = std::get_if<std::string_view>(&value);
        if (text != nullptr) { target.assign(*text); }
        return text != nullptr;
    } else if constexpr (std::same_as<T, bool>) {
        auto const* const truth = std::get_if<bool>(&value);
        if (truth != nullptr) { target = *truth; }
        return truth != nullptr;
    } else if constexpr (std::same_as<T, double>) {
        return store_real(target, value);
    } else if constexpr (std::is_enum_v<T>) {
        return store_by<std::underlying_type_t<T>>(target, value);
    } else if constexpr (is_seconds<T>) {
        return store_by<typename T::rep>(target, value);
    } else {
        return store_whole(target, value);
    }
}

//! What `store` takes, in words for an error.
template <scalar_value T>
constexpr std::string_view expectation() noexcept
{
    if constexpr (has_text_form<T>) { return "a string of the right form"; }
    if constexpr (std::same_as<T, std::string>) { return "a string"; }
    if constexpr (std::same_as<T, bool>) { return "true or false"; }
    if constexpr (std::same_as<T, double>) { return "a number"; }
    return "a whole number within range";
}

}  // namespace etcdpp::detail
