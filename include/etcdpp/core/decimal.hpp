// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A whole number in decimal digits.

#include <cstdint>
#include <optional>
#include <string_view>

namespace etcdpp::detail {

//! The number that `text` is, if it is digits and nothing else, and no more than `largest`. In
//! place of std::from_chars, whose readers of all bases are compiled by each file that calls it.
constexpr std::optional<std::uint64_t> read_decimal(
    std::string_view text, std::uint64_t largest = UINT64_MAX) noexcept
{
    auto number = std::uint64_t{0};
    for (auto const c : text) {
        if (c < '0' || c > '9') { return std::nullopt; }
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (digit > largest || number > (largest - digit) / 10) { return std::nullopt; }
        number = number * 10 + digit;
    }
    return text.empty() ? std::nullopt : std::optional{number};
}

}  // namespace etcdpp::detail
