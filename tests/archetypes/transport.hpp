// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that is a transport.

#include "etcdpp/transport/concept.hpp"
#include "tests/archetypes/bare.hpp"

namespace etcdpp {

struct TransportArchetype : Bare {
    using Bare::Bare;

    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&)
    {
        return http::Response{.status = 200};
    }
};

static_assert(check_transport<TransportArchetype>() && !streaming_transport<TransportArchetype>);

}  // namespace etcdpp
