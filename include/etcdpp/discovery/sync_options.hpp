// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How what a cluster says of its members is to be read from where this client is.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/v2/member.hpp"

#include <functional>
#include <optional>

namespace etcdpp {

struct SyncOptions {
    //! Where this client reaches a member that, by its own account, serves clients at `advertised`:
    //! there, elsewhere (behind NAT or a proxy), or nowhere, to leave it out. Empty: there. Called
    //! for each client URL of each member, in the thread that syncs, and more than once.
    std::function<std::optional<Endpoint>(v2::Member const& member, Endpoint const& advertised)>
        rewrite = {};
};

}  // namespace etcdpp
