// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Reads the numbers and names of a DNS message without ever leaving it or going round in it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp::detail {

//! From front to back, as RFC 1035 section 4 lays a message out. What is not there fails: from then
//! on everything read is zero or empty, so that it is enough to ask in the end. The message must
//! outlive it.
class DnsReader {
public:
    explicit DnsReader(std::string_view message) noexcept : message_{message} {}

    bool has_failed() const noexcept { return failed_; }

    //! Where the next thing is read; the end of the message after a failure.
    std::size_t position() const noexcept { return position_; }

    //! Nothing more is to be read.
    void fail() noexcept
    {
        failed_ = true;
        position_ = message_.size();
    }

    void skip(std::size_t count) noexcept { bytes(count); }

    std::uint16_t number() noexcept
    {
        auto const two = bytes(2);
        if (two.empty()) { return 0; }
        auto const high = static_cast<std::uint8_t>(two[0]);
        return static_cast<std::uint16_t>(high << 8U | static_cast<std::uint8_t>(two[1]));
    }

    //! A name, with dots between its labels. It may go on where another one stands further to the
    //! front: ever further, so that it comes to an end. Fails for a label that holds a dot, a blank
    //! or what is not ASCII: no host has it, and no text could show it.
    std::string name()
    {
        auto text = std::string{};
        auto front = position_;
        auto behind = position_;
        auto hops = 0;
        for (auto length = byte(); length != 0; length = byte()) {
            if (length >= pointer_mark) {
                auto const to = (std::size_t{length} - pointer_mark) << 8U | byte();
                if (hops++ == 0) { behind = position_; }
                if (to >= front || hops > max_labels) { fail(); }
                if (failed_) { return {}; }
                position_ = front = to;
                continue;
            }
            auto const label = bytes(length);
            text.append(text.empty() ? "" : ".").append(label);
            if (length > max_label || !is_plain(label) || text.size() > max_name) { fail(); }
        }
        if (failed_) { return {}; }
        if (hops != 0) { position_ = behind; }
        return text;
    }

private:
    static constexpr auto pointer_mark = std::uint8_t{0xc0};
    static constexpr auto max_label = 63;
    static constexpr auto max_labels = 127;
    static constexpr auto max_name = std::size_t{253};

    static bool is_plain(std::string_view label) noexcept
    {
        return std::ranges::all_of(label, [](char c) { return c > ' ' && c <= '~' && c != '.'; });
    }

    std::string_view bytes(std::size_t count) noexcept
    {
        if (count > message_.size() - position_) {
            fail();
            return {};
        }
        position_ += count;
        return message_.substr(position_ - count, count);
    }

    std::uint8_t byte() noexcept
    {
        auto const one = bytes(1);
        return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.front());
    }

    std::string_view message_;
    std::size_t position_ = 0;
    bool failed_ = false;
};

}  // namespace etcdpp::detail
