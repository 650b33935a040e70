// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a C++ type travels as text, such as the words of an enumeration. (For moments in time:
//! rfc3339.hpp.)

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp {

//! Specialise it for a type that is a string on the wire, with two static functions:
//! `std::optional<T> parse(std::string_view)`, empty for text that is no T, and
//! `std::string print(T const&)`, whose text parse reads back as the same value.
template <class T>
struct TextForm;

template <class T>
concept has_text_form = requires(std::string_view text, T const& value) {
    { TextForm<T>::parse(text) } -> std::same_as<std::optional<T>>;
    { TextForm<T>::print(value) } -> std::same_as<std::string>;
};

}  // namespace etcdpp
