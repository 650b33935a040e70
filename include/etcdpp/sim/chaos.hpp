// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Schedules of faults drawn by chance.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/mishap.hpp"
#include "etcdpp/sim/schedule.hpp"
#include "etcdpp/sim/trigger.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! What may go wrong in a run, and how much of it.
struct Chaos {
    std::uint64_t most = 6;       //!< faults in one run; from one of them
    std::uint64_t requests = 30;  //!< a fault of a request strikes one of the first so many
    Clock::duration time = std::chrono::seconds{20};  //!< a fault of the cluster comes before that

    //! Leave out what the tested program is not made for: a duplicated request, for instance, is
    //! carried out twice whatever a client does.
    std::vector<Harm> harms = {Harm::refuse, Harm::hang_in_connect, Harm::lose_request,
        Harm::reset_request, Harm::delay_request, Harm::redirect, Harm::answer, Harm::kill_before,
        Harm::pause_before, Harm::kill_after, Harm::pause_after, Harm::lose_reply,
        Harm::reset_reply, Harm::delay_reply, Harm::stall_in_head, Harm::stall_in_body,
        Harm::truncate, Harm::corrupt_head, Harm::corrupt_body, Harm::kill, Harm::restart,
        Harm::pause, Harm::resume, Harm::partition, Harm::cut_off, Harm::heal, Harm::elect,
        Harm::lag, Harm::overflow_history};
};

namespace detail {

inline Clock::duration drawn_time(Dice& dice, Clock::duration bound)
{
    auto const milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(bound).count();
    return std::chrono::milliseconds{
        dice.below(static_cast<std::uint64_t>(std::max<std::int64_t>(milliseconds, 1)))};
}

inline Mishap drawn_mishap(Harm harm, std::size_t members, Dice& dice)
{
    auto mishap = Mishap{.harm = harm};
    if (names_a_member(harm)) {
        auto const one_of = dice.below(members + 1);
        mishap.member = one_of == members ? the_leader : static_cast<std::size_t>(one_of);
    }
    switch (harm) {  // NOLINT(clang-diagnostic-switch-enum): the others need nothing
    case Harm::answer: mishap.response.status = dice.happens(1, 2) ? 500 : 503; break;
    case Harm::delay_request:
    case Harm::delay_reply:
    case Harm::lag: mishap.time = drawn_time(dice, std::chrono::seconds{4}); break;
    case Harm::partition: {
        mishap.groups.resize(2);
        for (auto i = std::size_t{0}; i != members; ++i) {
            mishap.groups[static_cast<std::size_t>(dice.below(2))].push_back(i);
        }
        break;
    }
    default: break;
    }
    return mishap;
}

inline Trigger drawn_trigger(Chaos const& chaos, Harm harm, Dice& dice)
{
    if (is_of_the_cluster(harm)) { return at_time(drawn_time(dice, chaos.time)); }
    auto const n = 1 + dice.below(chaos.requests);
    switch (dice.below(3)) {
    case 0: return nth_write(n);
    case 1: return nth_read(n);
    default: return nth_request(n);
    }
}

}  // namespace detail

//! Up to `chaos.most` faults. @pre `chaos.harms` is not empty
inline Schedule drawn_schedule(Chaos const& chaos, std::size_t members, Dice dice)
{
    auto schedule = Schedule(static_cast<std::size_t>(1 + dice.below(chaos.most)));
    for (auto& rule : schedule) {
        auto const harm = chaos.harms[static_cast<std::size_t>(dice.below(chaos.harms.size()))];
        rule = {
            detail::drawn_trigger(chaos, harm, dice), detail::drawn_mishap(harm, members, dice)};
    }
    return schedule;
}

}  // namespace etcdpp::sim
