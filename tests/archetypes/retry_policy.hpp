// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that is a retry policy.

#include "etcdpp/retry/concept.hpp"
#include "tests/archetypes/bare.hpp"

#include <cstdint>

namespace etcdpp {

struct RetryPolicyArchetype : Bare {
    using Bare::Bare;

    //! Moves into the call and is never assigned.
    struct State : Bare {
        using Bare::Bare;
        State(State&&) = default;
        State& operator=(State&&) = delete;

        Pause next(Failure const&, std::uint64_t) { return {}; }
    };

    State begin() const { return State{0}; }
};

static_assert(check_retry_policy<RetryPolicyArchetype>());

}  // namespace etcdpp
