// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that is a streaming transport.

#include "etcdpp/transport/concept.hpp"
#include "tests/archetypes/bare.hpp"

#include <span>
#include <stop_token>

namespace etcdpp {

struct StreamingTransportArchetype : Bare {
    using Bare::Bare;

    struct Exchange : Bare {
        using Bare::Bare;

        Result<Progress> advance() { return Progress::end; }
        http::Response const& response() const { return whole; }

        http::Response whole{.status = 200};
    };

    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&)
    {
        return http::Response{.status = 200};
    }

    Result<Exchange> start(Endpoint const&, http::Request const&, Limits const&)
    {
        return Exchange{0};
    }

    Ready wait(std::span<Exchange* const>, Deadline, std::stop_token const&)
    {
        return {Ready::Kind::exchange};
    }
};

static_assert(check_streaming_transport<StreamingTransportArchetype>());

}  // namespace etcdpp
