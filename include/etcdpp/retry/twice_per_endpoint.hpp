// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! As many attempts as twice the members, with doubling pauses: the rule of go-etcd.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/retry/concept.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace etcdpp {

//! Pauses before every attempt but the first, also where the next member was not tried yet, and
//! rests longer after a 500, with which etcd says that it has no leader. With three members that is
//! 0.8 s over six attempts, and up to 1 s more where each answered 500: it need not outlive the
//! election of a leader (1.2 to 1.8 s), as `Backoff` does. No pause is left to chance, so callers
//! who failed together come back together; `Backoff` spreads them.
struct TwicePerEndpoint {
    Clock::duration base = std::chrono::milliseconds{25};  //!< the first pause; it doubles
    Clock::duration cap = std::chrono::seconds{1};         //!< the longest, the rest left aside
    Clock::duration rest_after_500 = std::chrono::milliseconds{200};  //!< on top of the pause

    class State;

    State begin() const noexcept;
};

class TwicePerEndpoint::State {
public:
    explicit State(TwicePerEndpoint const& policy)
        : policy_{policy}, pause_{std::min(policy.base, policy.cap)}
    {
    }

    Pause next(Failure const& failure, std::uint64_t) noexcept
    {
        if (failure.attempt >= 2 * failure.members) { return std::nullopt; }
        auto const pause = std::max(pause_, Clock::duration::zero());
        pause_ = pause_ > policy_.cap / 2 ? policy_.cap : 2 * pause_;
        auto const rest = failure.error.status() == 500 ? policy_.rest_after_500 : no_time;
        return rest > Clock::duration::max() - pause ? Clock::duration::max() : pause + rest;
    }

private:
    static constexpr auto no_time = Clock::duration::zero();

    TwicePerEndpoint policy_;
    Clock::duration pause_;
};

inline TwicePerEndpoint::State TwicePerEndpoint::begin() const noexcept
{
    return State{*this};
}

static_assert(retry_policy<TwicePerEndpoint>);

}  // namespace etcdpp
