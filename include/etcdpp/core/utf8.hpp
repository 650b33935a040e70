// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether a text is valid UTF-8 (RFC 3629): what etcd's v2 API can store and give back unharmed.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace etcdpp {

namespace detail {

//! What a leading byte announces: how many bytes follow, and the least code point that needs them.
struct Utf8Lead {
    std::size_t following;
    std::uint32_t bits;
    std::uint32_t least;
};

constexpr Utf8Lead utf8_lead(unsigned char byte) noexcept
{
    if (byte < 0x80U) { return {0, byte, 0}; }
    if (byte >= 0xc2U && byte < 0xe0U) { return {1, byte & 0x1fU, 0x80}; }
    if (byte >= 0xe0U && byte < 0xf0U) { return {2, byte & 0x0fU, 0x800}; }
    if (byte >= 0xf0U && byte < 0xf5U) { return {3, byte & 0x07U, 0x10000}; }
    return {0, 0xffffffffU, 0};
}

}  // namespace detail

//! Refuses overlong forms, surrogates and what lies beyond U+10FFFF; NUL is a character like any.
constexpr bool is_utf8(std::string_view text) noexcept
{
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        auto const lead = detail::utf8_lead(static_cast<unsigned char>(text[i]));
        if (lead.following >= text.size() - i) { return false; }
        auto point = lead.bits;
        for (auto n = lead.following; n != 0; --n) {
            auto const byte = static_cast<unsigned char>(text[++i]);
            if ((byte & 0xc0U) != 0x80U) { return false; }
            point = point << 6U | (byte & 0x3fU);
        }
        auto const is_surrogate = point >= 0xd800U && point < 0xe000U;
        if (point < lead.least || point > 0x10ffffU || is_surrogate) { return false; }
    }
    return true;
}

}  // namespace etcdpp
