// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Which cluster a reply came from.

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp {

//! X-Etcd-Cluster-Id: a number of 64 bits in hexadecimal, as etcd spells it, without leading zeros.
//! Empty where no etcd answered. Stands wherever a string does, but is kept in place: every reply
//! has one, and its 16 digits are one too many for a std::string that is to do without the heap.
class ClusterId {
public:
    static constexpr std::size_t max_size = 16;

    constexpr ClusterId() = default;

    //! Of a longer text, which no etcd sends, nothing is kept.
    template <std::convertible_to<std::string_view> Text>
    // NOLINTNEXTLINE(google-explicit-constructor): so that a literal does for one
    constexpr ClusterId(Text const& text) noexcept
    {
        auto const digits = std::string_view{text};
        if (digits.size() > max_size) { return; }
        std::copy(digits.begin(), digits.end(), digits_.begin());
        size_ = static_cast<std::uint8_t>(digits.size());
    }

    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr std::size_t size() const noexcept { return size_; }

    // NOLINTNEXTLINE(google-explicit-constructor): a view of its digits, while it lives
    constexpr operator std::string_view() const noexcept { return {digits_.data(), size_}; }

    // NOLINTNEXTLINE(google-explicit-constructor)
    operator std::string() const { return {digits_.data(), size_}; }

    friend bool operator==(ClusterId const&, ClusterId const&) = default;

    template <std::convertible_to<std::string_view> Text>
    friend constexpr bool operator==(ClusterId const& id, Text const& text) noexcept
    {
        return std::string_view{id} == std::string_view{text};
    }

    friend std::string operator+(std::string text, ClusterId const& id)
    {
        return std::move(text.append(std::string_view{id}));
    }

    friend std::string operator+(ClusterId const& id, std::string_view text)
    {
        return std::string{id}.append(text);
    }

    friend std::ostream& operator<<(std::ostream& out, ClusterId const& id)
    {
        return out << std::string_view{id};
    }

private:
    std::array<char, max_size> digits_{};
    std::uint8_t size_ = 0;
};

}  // namespace etcdpp
