// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A moment in time as RFC 3339 writes it, exact to the nanosecond.

#include "etcdpp/codec/text_form.hpp"

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp {

namespace detail {

using Nanoseconds = std::chrono::nanoseconds;
using NanosecondTime = std::chrono::sys_time<Nanoseconds>;

//! Takes a text apart from the left; once something has not been there, nothing is.
class TextScanner {
public:
    explicit TextScanner(std::string_view text) noexcept : rest_{text} {}

    //! Exactly `digits` decimal digits, nine at most.
    int number(std::size_t digits) noexcept
    {
        auto value = 0;
        for (std::size_t i = 0; i != digits; ++i) {
            auto const digit = one_of("0123456789");
            value = 10 * value + (digit == '\0' ? 0 : digit - '0');
        }
        return value;
    }

    //! The next character if it is among `allowed`, else NUL.
    char one_of(std::string_view allowed) noexcept
    {
        if (!at_one_of(allowed)) {
            failed_ = true;
            return '\0';
        }
        auto const first = rest_.front();
        rest_.remove_prefix(1);
        return first;
    }

    bool at_one_of(std::string_view allowed) const noexcept
    {
        return !failed_ && !rest_.empty() && allowed.find(rest_.front()) != std::string_view::npos;
    }

    //! Whether all that was asked for was there, and nothing is left.
    bool succeeded() const noexcept { return !failed_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool failed_ = false;
};

//! The digits behind the seconds, if any; a tenth one is left behind, for the caller to refuse.
inline Nanoseconds scan_fraction(TextScanner& scan) noexcept
{
    if (!scan.at_one_of(".")) { return Nanoseconds{0}; }
    scan.one_of(".");
    auto fraction = std::int64_t{scan.number(1)};
    for (auto i = 1; i != 9; ++i) {
        fraction = 10 * fraction + (scan.at_one_of("0123456789") ? scan.number(1) : 0);
    }
    return Nanoseconds{fraction};
}

//! `Z`, or how far the time before it is ahead of UTC; nothing if it is a day or more.
inline std::optional<std::chrono::minutes> scan_offset(TextScanner& scan) noexcept
{
    auto const sign = scan.one_of("Zz+-");
    if (sign == 'Z' || sign == 'z') { return std::chrono::minutes{0}; }
    auto const hours = scan.number(2);
    scan.one_of(":");
    auto const minutes = scan.number(2);
    if (hours > 23 || minutes > 59) { return std::nullopt; }
    return std::chrono::minutes{(sign == '-' ? -1 : 1) * (60 * hours + minutes)};
}

//! The sum, if the type can hold it. Starts at the epoch and works outwards, so that no step on the
//! way overflows either. @pre 0 <= fraction < 1 s
inline std::optional<NanosecondTime> exact_sum(
    std::chrono::sys_seconds whole, Nanoseconds fraction) noexcept
{
    using Seconds = std::chrono::seconds;
    auto const before_epoch = whole < std::chrono::sys_seconds{};
    if (before_epoch) {
        whole += Seconds{1};
        fraction -= Seconds{1};
    }
    auto const furthest = std::chrono::floor<Seconds>(NanosecondTime::max().time_since_epoch());
    if (std::chrono::abs(whole.time_since_epoch()) > furthest) { return std::nullopt; }
    auto const near = NanosecondTime{whole};
    if (before_epoch ? fraction < NanosecondTime::min() - near
                     : fraction > NanosecondTime::max() - near) {
        return std::nullopt;
    }
    return near + fraction;
}

inline std::string padded(std::integral auto number, std::size_t width)
{
    auto const digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace detail

//! Reads a time as Go's encoding/json writes it: `2026-11-21T00:21:22.609836832Z`, or with an
//! offset such as `+01:00`. Refused: leap seconds, a fraction of more than nine digits, and what
//! the type cannot hold (before 1677-09-21 or after 2262-04-11).
inline std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> parse_rfc3339(
    std::string_view text)
{
    auto scan = detail::TextScanner{text};
    auto const year = std::chrono::year{scan.number(4)};
    scan.one_of("-");
    auto const month = std::chrono::month{static_cast<unsigned>(scan.number(2))};
    scan.one_of("-");
    auto const date = year / month / std::chrono::day{static_cast<unsigned>(scan.number(2))};
    scan.one_of("Tt");
    auto const hour = scan.number(2);
    scan.one_of(":");
    auto const minute = scan.number(2);
    scan.one_of(":");
    auto const second = scan.number(2);
    auto const fraction = detail::scan_fraction(scan);
    auto const offset = detail::scan_offset(scan);
    auto const exists = date.ok() && hour < 24 && minute < 60 && second < 60;
    if (!scan.succeeded() || !offset || !exists) { return std::nullopt; }
    return detail::exact_sum(std::chrono::sys_days{date} + std::chrono::hours{hour}
            + std::chrono::minutes{minute} + std::chrono::seconds{second} - *offset,
        fraction);
}

//! Writes a time in UTC, with as many digits of a fraction as it needs.
inline std::string print_rfc3339(std::chrono::sys_time<std::chrono::nanoseconds> time)
{
    using detail::padded;
    using Seconds = std::chrono::seconds;
    auto const whole = std::chrono::floor<Seconds>(time);
    auto const midnight = std::chrono::floor<std::chrono::days>(whole);
    auto const date = std::chrono::year_month_day{midnight};
    auto const clock = std::chrono::hh_mm_ss{whole - midnight};
    auto text = padded(static_cast<int>(date.year()), 4) + '-'
        + padded(static_cast<unsigned>(date.month()), 2) + '-'
        + padded(static_cast<unsigned>(date.day()), 2) + 'T' + padded(clock.hours().count(), 2)
        + ':' + padded(clock.minutes().count(), 2) + ':' + padded(clock.seconds().count(), 2);
    auto const beyond = time.time_since_epoch() % Seconds{1};
    if (beyond.count() != 0) {
        auto const fraction = beyond.count() < 0 ? beyond + Seconds{1} : beyond;
        text += '.' + padded(fraction.count(), 9);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + 'Z';
}

//! A moment of the system's clock, to the nanosecond.
template <>
struct TextForm<std::chrono::sys_time<std::chrono::nanoseconds>> {
    using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

    static std::optional<Time> parse(std::string_view text) { return parse_rfc3339(text); }
    static std::string print(Time const& time) { return print_rfc3339(time); }
};

}  // namespace etcdpp
