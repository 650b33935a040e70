// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that is an operation.

#include "etcdpp/operation/concept.hpp"
#include "tests/archetypes/bare.hpp"

namespace etcdpp {

//! For the codec that it names and for no other.
template <class Codec>
struct OperationArchetype : Bare {
    using Bare::Bare;

    struct Reply : Bare {
        using Bare::Bare;
    };

    Result<http::Request> encode() const { return http::Request{.target = "/version"}; }
    Result<Reply> read(Codec const&, http::Response const&) const { return Reply{0}; }
    Idempotency idempotency() const { return Idempotency::read; }
    bool commits() const { return false; }
};

}  // namespace etcdpp
