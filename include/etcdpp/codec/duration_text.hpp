// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A duration as people write it: "1s", "2500ms".

#include "etcdpp/codec/text_form.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace etcdpp {

//! A whole number, below zero too, and one of the units h, m, s, ms, us and ns. Printed in the
//! largest unit up to seconds that is exact.
template <>
struct TextForm<std::chrono::nanoseconds> {
    static std::optional<std::chrono::nanoseconds> parse(std::string_view text) noexcept
    {
        auto number = std::int64_t{0};
        auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc{}) { return std::nullopt; }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        for (auto const& unit : units) {
            if (unit.name != text) { continue; }
            constexpr auto most = std::numeric_limits<std::int64_t>::max();
            auto const fits = number <= most / unit.length && number >= -(most / unit.length);
            return fits ? std::optional{std::chrono::nanoseconds{number * unit.length}}
                        : std::nullopt;
        }
        return std::nullopt;
    }

    static std::string print(std::chrono::nanoseconds duration)
    {
        for (auto const& unit : units) {
            if (unit.is_printed && duration.count() % unit.length == 0) {
                return std::to_string(duration.count() / unit.length).append(unit.name);
            }
        }
        return std::to_string(duration.count()) + "ns";
    }

private:
    struct Unit {
        std::string_view name;
        std::int64_t length;  //!< in nanoseconds
        bool is_printed;
    };

    static constexpr auto units = std::array{
        Unit{"h", 3'600'000'000'000, false},
        Unit{"m", 60'000'000'000, false},
        Unit{"s", 1'000'000'000, true},
        Unit{"ms", 1'000'000, true},
        Unit{"us", 1'000, true},
        Unit{"ns", 1, true},
    };
};

}  // namespace etcdpp
