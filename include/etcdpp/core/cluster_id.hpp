// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Which cluster a reply came from.

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace etcdpp {

//! X-Etcd-Cluster-Id: a number of 64 bits in hexadecimal, as etcd spells it, without leading zeros.
//! Empty where no etcd answered. Converts to a string or a view of one, and needs no memory beside
//! itself: each reply has one, and 16 digits are one more than a std::string of libstdc++ holds so.
class ClusterId {
public:
    static constexpr std::size_t max_size = 16;

    constexpr ClusterId() = default;

    //! Keeps the first `max_size` characters; etcd sends no more.
    constexpr explicit ClusterId(std::string_view text) noexcept
        : size_{static_cast<std::uint8_t>(text.size() < max_size ? text.size() : max_size)}
    {
        std::char_traits<char>::copy(digits_.data(), text.data(), size_);
    }

    //! Implicit, so that a literal can stand for an id; one that is too long does not compile.
    template <std::size_t size>
        requires(size <= max_size + 1)
    // NOLINTNEXTLINE(google-explicit-constructor,*-avoid-c-arrays)
    constexpr ClusterId(char const (&literal)[size]) noexcept : ClusterId{std::string_view{literal}}
    {
    }

    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr std::size_t size() const noexcept { return size_; }

    // NOLINTNEXTLINE(google-explicit-constructor): a view of its digits, while it lives
    constexpr operator std::string_view() const noexcept { return {digits_.data(), size_}; }

    // NOLINTNEXTLINE(google-explicit-constructor)
    operator std::string() const { return {digits_.data(), size_}; }

    friend auto operator<=>(ClusterId const&, ClusterId const&) = default;

    template <std::convertible_to<std::string_view> Text>
    friend constexpr bool operator==(ClusterId const& id, Text const& text)
    {
        return std::string_view{id} == std::string_view{text};
    }

    friend std::string operator+(std::string_view text, ClusterId const& id)
    {
        return std::string{text}.append(std::string_view{id});
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
