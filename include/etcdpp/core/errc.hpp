// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The failures that the client detects itself; what a server reports has its own enumeration.

#include "etcdpp/core/condition.hpp"

#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace etcdpp {

enum class Errc {
    unreachable = 1,   //!< a member refused, could not be found, or dropped the connection
    exhausted,         //!< the members were tried and none settled the call (the cluster error)
    timed_out,         //!< a wait passed its bound; the error of a call: the call's own deadline
    cancelled,         //!< the caller asked to stop
    malformed_reply,   //!< an etcd answered something that this operation cannot read
    invalid_argument,  //!< refused before sending: etcd would misread it or turn it down
    v2_disabled,       //!< this etcd does not serve the v2 API
    not_etcd,          //!< something answered that is not an etcd
    stale,             //!< a member answered from before what was seen already
};

constexpr std::string_view describe(Errc code) noexcept
{
    switch (code) {
    case Errc::unreachable: return "the member could not be reached";
    case Errc::exhausted: return "no member settled the call";
    case Errc::timed_out: return "timed out";
    case Errc::cancelled: return "cancelled by the caller";
    case Errc::malformed_reply: return "the reply is not what this operation expects";
    case Errc::invalid_argument: return "invalid argument";
    case Errc::v2_disabled: return "the v2 API is not enabled on this server";
    case Errc::not_etcd: return "the endpoint is not an etcd server";
    case Errc::stale: return "the member's answer is older than what was seen before";
    }
    return "unknown client error";
}

inline std::error_category const& client_category() noexcept
{
    class Category final : public std::error_category {
        char const* name() const noexcept override { return "etcdpp"; }

        std::string message(int value) const override
        {
            return std::string{describe(static_cast<Errc>(value))};
        }

        std::error_condition default_error_condition(int value) const noexcept override
        {
            switch (static_cast<Errc>(value)) {
            case Errc::unreachable:
            case Errc::exhausted: return Condition::unavailable;
            case Errc::timed_out: return Condition::timed_out;
            case Errc::cancelled: return Condition::cancelled;
            case Errc::stale: return Condition::stale;
            case Errc::malformed_reply:
            case Errc::invalid_argument:
            case Errc::v2_disabled:
            case Errc::not_etcd: break;
            }
            return {value, *this};
        }
    };
    static Category const category;
    return category;
}

inline std::error_code make_error_code(Errc code) noexcept
{
    return {static_cast<int>(code), client_category()};
}

}  // namespace etcdpp

template <>
struct std::is_error_code_enum<etcdpp::Errc> : std::true_type {};
