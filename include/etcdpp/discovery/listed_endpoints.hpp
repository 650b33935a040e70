// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From the members that a cluster lists to the endpoints that a client may ask.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/endpoint_url.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/discovery/sync_options.hpp"
#include "etcdpp/v2/member.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace etcdpp::detail {

struct ListedEndpoints {
    std::vector<Endpoint> usable = {};
    std::vector<std::string> unusable = {};  //!< each with its fault; not what `rewrite` left out
};

//! A member that has not started lists no URL, and so has no part in this. Where a client knows
//! only https, a list may not bring it to send in the clear.
inline ListedEndpoints listed_endpoints(
    std::vector<v2::Member> const& members, SyncOptions const& options, Endpoints const& known)
{
    auto const is_secure = [](Endpoint const& each) { return each.scheme == Scheme::https; };
    auto const only_secure = std::ranges::all_of(known, is_secure);
    auto listed = ListedEndpoints{};
    auto const take = [&](v2::Member const& member, std::string const& url) {
        auto const advertised = Endpoint::parse(url);
        if (!advertised) { return listed.unusable.push_back(advertised.error().words()); }
        auto const seen = options.rewrite ? options.rewrite(member, *advertised)
                                          : std::optional{*advertised};
        if (!seen) { return; }
        if (only_secure && !is_secure(*seen)) {
            return listed.unusable.push_back(
                "endpoint \"" + to_string(*seen) + "\": this client knows https alone");
        }
        listed.usable.push_back(*seen);
    };
    for (auto const& member : members) {
        for (auto const& url : member.client_urls) { take(member, url); }
    }
    return listed;
}

}  // namespace etcdpp::detail
