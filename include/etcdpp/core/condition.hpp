// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The portable questions one can ask an error, the same for every API version and for the client.

#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace etcdpp {

//! `error == Condition::not_found` holds for whatever code means that, in v2 or in the client.
//!
//! Each category maps its own codes here through `default_error_condition`.
enum class Condition {
    not_found = 1,   //!< the key, or an ancestor of it, does not exist
    already_exists,  //!< something that had to be absent is there
    compare_failed,  //!< the value or index compared with is not the current one
    unavailable,     //!< no member gave an answer that settles the call; later may be better
    timed_out,       //!< the deadline passed
    cancelled,       //!< the caller asked to stop
    unauthorized,    //!< credentials are missing, wrong, or do not suffice
    stale,           //!< older than what was asked for, or no longer kept
};

constexpr std::string_view describe(Condition condition) noexcept
{
    switch (condition) {
    case Condition::not_found: return "not found";
    case Condition::already_exists: return "already exists";
    case Condition::compare_failed: return "compare failed";
    case Condition::unavailable: return "unavailable";
    case Condition::timed_out: return "timed out";
    case Condition::cancelled: return "cancelled";
    case Condition::unauthorized: return "unauthorized";
    case Condition::stale: return "stale";
    }
    return "unknown condition";
}

inline std::error_category const& condition_category() noexcept
{
    class Category final : public std::error_category {
        char const* name() const noexcept override { return "etcdpp.condition"; }

        std::string message(int value) const override
        {
            return std::string{describe(static_cast<Condition>(value))};
        }
    };
    static Category const category;
    return category;
}

inline std::error_condition make_error_condition(Condition condition) noexcept
{
    return {static_cast<int>(condition), condition_category()};
}

}  // namespace etcdpp

template <>
struct std::is_error_condition_enum<etcdpp::Condition> : std::true_type {};
