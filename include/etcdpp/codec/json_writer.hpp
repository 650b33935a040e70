// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Writes described values as JSON text.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/codec/json_scalar.hpp"
#include "etcdpp/codec/json_shape.hpp"

#include <boost/hana/second.hpp>
#include <boost/hana/unpack.hpp>

#include <array>
#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace etcdpp::detail {

//! Appends `text` in quotes; escapes what RFC 8259 section 7 says must be, and nothing else.
inline void write_text(std::string& out, std::string_view text)
{
    constexpr auto digits = std::string_view{"0123456789abcdef"};
    out += '"';
    for (auto const c : text) {
        auto const code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (code < 0x20) {
            ((out += "\\u00") += digits[code >> 4U]) += digits[code & 0xFU];
        } else {
            out += c;
        }
    }
    out += '"';
}

//! Appends the shortest digits that read back to the same number.
template <class Number>
void write_number(std::string& out, Number number)
{
    auto text = std::array<char, 32>{};
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end);
}

template <scalar_value T>
void write_scalar(std::string& out, T const& value)
{
    if constexpr (has_text_form<T>) {
        write_text(out, TextForm<T>::print(value));
    } else if constexpr (std::same_as<T, std::string>) {
        write_text(out, value);
    } else if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
        write_number(out, static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (is_seconds<T>) {
        write_number(out, value.count());
    } else {
        write_number(out, value);
    }
}

template <json_value T>
void write_json(std::string& out, T const& value);

//! Appends `"name":value` behind whatever is there, or nothing if the value is an empty optional.
template <json_value T>
void write_member(std::string& out, std::string_view name, T const& value)
{
    if constexpr (is_optional<T>) {
        if (!value) { return; }
    }
    if (out.back() != '{') { out += ','; }
    write_text(out, name);
    out += ':';
    write_json(out, value);
}

//! Appends `value`. Recurses as deep as the value nests: the caller built it himself.
template <json_value T>
void write_json(std::string& out, T const& value)
{
    if constexpr (scalar_value<T>) {
        write_scalar(out, value);
    } else if constexpr (is_optional<T>) {
        if (value) {
            write_json(out, *value);
        } else {
            out += "null";
        }
    } else if constexpr (is_vector<T>) {
        out += '[';
        for (auto const& element : value) {
            if (&element != &value.front()) { out += ','; }
            write_json(out, element);
        }
        out += ']';
    } else if constexpr (is_string_map<T>) {
        out += '{';
        for (auto const& [name, entry] : value) { write_member(out, name, entry); }
        out += '}';
    } else {
        out += '{';
        boost::hana::unpack(fields_of<T>, [&](auto const&... field) {
            (...,
                write_member(out, name_of<std::remove_cvref_t<decltype(field)>>,
                    boost::hana::second(field)(value)));
        });
        out += '}';
    }
}

template <json_value T>
std::string json_text(T const& value)
{
    auto text = std::string{};
    write_json(text, value);
    return text;
}

}  // namespace etcdpp::detail
