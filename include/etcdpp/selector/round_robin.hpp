// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Takes the members in turn, attempt by attempt: spreads reads evenly.

#include "etcdpp/selector/concept.hpp"

#include <atomic>
#include <cstddef>

namespace etcdpp {

//! Each pick is one relaxed increment. A member that fails keeps its turn: the call it failed moves
//! on, the next call may meet it again.
class RoundRobin {
public:
    RoundRobin() = default;
    RoundRobin(RoundRobin&& other) noexcept : turn_{other.turn_.load()} {}

    RoundRobin& operator=(RoundRobin&& other) noexcept
    {
        turn_ = other.turn_.load();
        return *this;
    }

    std::size_t pick(Pick const& pick) noexcept
    {
        return untried_from(turn_.fetch_add(1, std::memory_order_relaxed), pick);
    }

    void report(Report const&) noexcept {}

private:
    std::atomic<std::size_t> turn_ = 0;
};

static_assert(selector<RoundRobin>);

}  // namespace etcdpp
