// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Why the members of a cluster could not be found, or were not taken.

#include "etcdpp/core/condition.hpp"

#include <string>
#include <string_view>
#include <system_error>

namespace etcdpp {

//! After each of these the client knows the endpoints that it knew before.
enum class DiscoveryErrc {
    mixed_clusters = 1,  //!< the endpoints belong to different clusters
    no_endpoints,        //!< no member that is listed serves clients where this one could ask
    out_of_reach,        //!< no member answers where it says that it serves clients
    no_service,          //!< the domain has no SRV record of an etcd
};

constexpr std::string_view describe(DiscoveryErrc code) noexcept
{
    switch (code) {
    case DiscoveryErrc::mixed_clusters: return "the endpoints belong to different clusters";
    case DiscoveryErrc::no_endpoints: return "the members listed serve no clients";
    case DiscoveryErrc::out_of_reach: return "no member answers where it should";
    case DiscoveryErrc::no_service: return "the domain names no etcd";
    }
    return "unknown failure of discovery";
}

inline std::error_category const& discovery_category() noexcept
{
    class Category final : public std::error_category {
        char const* name() const noexcept override { return "etcdpp.discovery"; }

        std::string message(int value) const override
        {
            return std::string{describe(static_cast<DiscoveryErrc>(value))};
        }

        std::error_condition default_error_condition(int value) const noexcept override
        {
            switch (static_cast<DiscoveryErrc>(value)) {
            case DiscoveryErrc::out_of_reach: return Condition::unavailable;
            case DiscoveryErrc::no_service: return Condition::not_found;
            case DiscoveryErrc::mixed_clusters:
            case DiscoveryErrc::no_endpoints: break;
            }
            return {value, *this};
        }
    };
    static Category const instance;
    return instance;
}

inline std::error_code make_error_code(DiscoveryErrc code) noexcept
{
    return {static_cast<int>(code), discovery_category()};
}

}  // namespace etcdpp

template <>
struct std::is_error_code_enum<etcdpp::DiscoveryErrc> : std::true_type {};
