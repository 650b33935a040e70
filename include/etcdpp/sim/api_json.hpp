// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! JSON as Go's encoder writes it, `<`, `>`, `&` and broken UTF-8 included.

#include "etcdpp/core/utf8.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace etcdpp::sim {

//! Appends a string with its quotes. What is not UTF-8 becomes U+FFFD, byte by byte, as in Go.
// NOLINTNEXTLINE(readability-function-cognitive-complexity): one case for each kind of character
inline void append_json_string(std::string& out, std::string_view text)
{
    constexpr auto digits = std::string_view{"0123456789abcdef"};
    auto const append_code = [&](unsigned char byte) {
        out.append("\\u00").append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
    };
    out += '"';
    while (!text.empty()) {
        auto const c = text.front();
        auto const byte = static_cast<unsigned char>(c);
        auto size = std::size_t{1};
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
            append_code(byte);
        } else if (byte < 0x80) {
            out += c;
        } else {
            size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
            auto const symbol = text.substr(0, size);
            if (symbol.size() != size || !is_utf8(symbol)) {
                out += "\\ufffd";
                size = 1;
            } else if (symbol == "\xe2\x80\xa8" || symbol == "\xe2\x80\xa9") {
                out.append("\\u202").append(1, symbol.back() == '\xa8' ? '8' : '9');
            } else {
                out += symbol;
            }
        }
        text.remove_prefix(size);
    }
    out += '"';
}

inline std::string json_string(std::string_view text)
{
    auto out = std::string{};
    append_json_string(out, text);
    return out;
}

//! `["a","b"]`, or `null` as Go writes a slice that was never made.
template <class Strings>
std::string json_strings(Strings const& strings, bool null_if_empty = false)
{
    if (null_if_empty && strings.empty()) { return "null"; }
    auto out = std::string{"["};
    for (auto const& each : strings) {
        if (out.size() > 1) { out += ','; }
        append_json_string(out, each);
    }
    return out += ']';
}

}  // namespace etcdpp::sim
