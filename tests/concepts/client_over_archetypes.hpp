// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A client of which each policy is the least that its concept demands: what a user compiles who
//! brings everything himself.

#include "etcdpp/client.hpp"
#include "etcdpp/v2/keys.hpp"
#include "tests/archetypes/codec.hpp"
#include "tests/archetypes/environment.hpp"
#include "tests/archetypes/operation.hpp"
#include "tests/archetypes/retry_policy.hpp"
#include "tests/archetypes/selector.hpp"
#include "tests/archetypes/streaming_transport.hpp"
#include "tests/archetypes/transport.hpp"

namespace etcdpp {

template <class Transport>
using ArchetypeClient = Client<Transport, SelectorArchetype, RetryPolicyArchetype, CodecArchetype,
    EnvironmentArchetype>;

//! Every policy is named, for none can be made by default.
template <class Transport>
auto archetype_config()
{
    return Config{.transport = Transport{0},
        .selector = SelectorArchetype{0},
        .retry = RetryPolicyArchetype{0},
        .codec = CodecArchetype{0},
        .environment = EnvironmentArchetype{0}};
}

}  // namespace etcdpp
