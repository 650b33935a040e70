// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Each member once, without a pause: the rule of Go's etcd/client.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/retry/concept.hpp"

#include <cstdint>
#include <optional>

namespace etcdpp {

//! Fails fast: while the members elect a leader, all of them can fail within milliseconds.
//! `Backoff` outlives an election.
class OnePass {
public:
    struct State {
        Pause next(Failure const& failure, std::uint64_t) const noexcept
        {
            return failure.untried > 0 ? Pause{Clock::duration::zero()} : std::nullopt;
        }
    };

    State begin() const noexcept { return {}; }
};

static_assert(retry_policy<OnePass>);

}  // namespace etcdpp
