// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Each untried member at once, then growing random pauses until the call's deadline.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/effect.hpp"
#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/retry/concept.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace etcdpp {

//! The default. It outlives the election of a leader (1.2 to 1.8 s with etcd's default timings),
//! but does not wait for a cluster that is not there: where every member refused the connection,
//! answered nonsense or proved not to be an etcd, it gives up after `nobody_home_for`.
struct Backoff {
    Clock::duration base = std::chrono::milliseconds{25};
    Clock::duration cap = std::chrono::milliseconds{500};
    Clock::duration nobody_home_for = std::chrono::seconds{2};

    class State;

    State begin() const noexcept;
};

class Backoff::State {
public:
    explicit State(Backoff const& policy)
        : policy_{policy}, ceiling_{std::min(policy.base, policy.cap)}
    {
    }

    Pause next(Failure const& failure, std::uint64_t entropy) noexcept
    {
        somebody_home_ |= !says_nobody_home(failure.error);
        if (failure.untried > 0) { return Clock::duration::zero(); }
        if (!somebody_home_ && failure.elapsed >= policy_.nobody_home_for) { return std::nullopt; }
        auto const pause = full_jitter(entropy);
        ceiling_ = ceiling_ > policy_.cap / 2 ? policy_.cap : 2 * ceiling_;
        return pause;
    }

private:
    static bool says_nobody_home(Error const& error) noexcept
    {
        auto const refused = error == Errc::unreachable && error.effect() == Effect::none;
        return refused || error == Errc::not_etcd || error == Errc::malformed_reply;
    }

    //! A uniform draw from zero to the ceiling: callers that failed together return apart.
    Clock::duration full_jitter(std::uint64_t entropy) const noexcept
    {
        auto const steps = static_cast<std::uint64_t>(std::max(ceiling_.count(), {}));
        return Clock::duration{static_cast<Clock::rep>(entropy % (steps + 1))};
    }

    Backoff policy_;
    Clock::duration ceiling_;
    bool somebody_home_ = false;
};

inline Backoff::State Backoff::begin() const noexcept
{
    return State{*this};
}

static_assert(retry_policy<Backoff>);

}  // namespace etcdpp
