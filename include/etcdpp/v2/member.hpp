// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A member of the cluster, as the v2 API describes it.

#include <ostream>
#include <string>
#include <vector>

namespace etcdpp::v2 {

struct Member {
    //! Lower-case hexadecimal without leading zeros, as etcd writes it in URLs and logs; the v3 API
    //! prints the same number in decimal.
    std::string id = {};

    std::string name = {};  //!< empty until the member has started for the first time
    std::vector<std::string> peer_urls = {};

    //! Where it serves clients, by its own account: behind NAT or a proxy it may be out of reach
    //! there. Empty until it has started for the first time.
    std::vector<std::string> client_urls = {};

    friend bool operator==(Member const&, Member const&) = default;
};

//! `628170c800dbcee wire, clients at http://10.0.0.1:2379`.
inline std::ostream& operator<<(std::ostream& out, Member const& member)
{
    out << member.id;
    if (member.client_urls.empty()) { return out << ", not started"; }
    out << ' ' << member.name << ", clients at";
    for (auto const& url : member.client_urls) { out << ' ' << url; }
    return out;
}

}  // namespace etcdpp::v2
