// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Those who wait in a simulation: who has waited enough, and for how long the others may.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/seat.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace etcdpp::sim {

//! In the order in which they came; points at seats that outlive their wait.
class WaitingRoom {
public:
    void add(Seat& seat) { waiting_.push_back(&seat); }
    bool empty() const noexcept { return waiting_.empty(); }

    //! Lets go one who has waited enough; where several have, chance says who goes first. Null if
    //! nobody has.
    Seat* release(Clock::time_point now, Dice& dice)
    {
        auto* chosen = static_cast<Seat*>(nullptr);
        auto count = std::uint64_t{0};
        for (auto* const seat : waiting_) {
            if (!seat->wish.is_fulfilled(now)) { continue; }
            ++count;
            if (count == 1 || dice.below(count) == 0) { chosen = seat; }
        }
        if (chosen != nullptr) { std::erase(waiting_, chosen); }
        return chosen;
    }

    //! When the first of them loses patience.
    Clock::time_point until() const
    {
        auto until = Clock::time_point::max();
        for (auto const* const seat : waiting_) { until = std::min(until, seat->wish.until.at()); }
        return until;
    }

    //! Whether all have waited for 30 days without a deadline, while time went by.
    bool is_hopeless(Clock::time_point now) const
    {
        return std::ranges::all_of(waiting_, [now](Seat const* seat) {
            return now - seat->wish.since > std::chrono::hours{24 * 30};
        });
    }

    bool may_be_stopped() const
    {
        return std::ranges::any_of(waiting_, [](Seat const* seat) {
            return seat->wish.stop != nullptr && seat->wish.stop->stop_possible();
        });
    }

    bool has_been_stopped() const
    {
        return std::ranges::any_of(
            waiting_, [](Seat const* seat) { return seat->wish.is_stopped(); });
    }

    std::string names() const
    {
        auto names = std::string{};
        for (auto const* const seat : waiting_) {
            names.append(names.empty() ? "" : ", ").append(seat->name);
        }
        return names;
    }

private:
    std::vector<Seat*> waiting_;
};

}  // namespace etcdpp::sim
