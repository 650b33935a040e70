// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a selector is: it chooses the member that the next attempt goes to.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/idempotency.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace etcdpp {

//! What a selector is told when it is asked. Valid during that call only.
struct Pick {
    Endpoints const& endpoints;
    Tried const& tried;  //!< positions that this call has tried already
    Idempotency kind;    //!< a read may go anywhere; a write ends at the leader anyway
    Clock::time_point now;
    std::uint64_t entropy;  //!< fresh random bits: a selector owns no generator
};

//! What became of an attempt, as far as the member goes.
enum class Outcome : std::uint8_t {
    answered,  //!< the member works, whatever it answered: a 404 moves nobody away
    failed,    //!< refused, lost, silent, a 5xx, or not an etcd
};

//! Names the member by endpoint and not by position: the client may have new endpoints by now.
struct Report {
    Endpoint const& endpoint;
    Outcome outcome;
    Clock::duration latency;
    Clock::time_point now;
};

template <class T>
concept picks_endpoints = requires(T& selector, Pick const& pick) {
    { selector.pick(pick) } -> std::same_as<std::size_t>;
};

template <class T>
concept hears_reports = requires(T& selector, Report const& report) {
    { selector.report(report) } noexcept -> std::same_as<void>;
};

//! Requires
//!   1. `pick(p)` returns a position below `p.endpoints.size()`. (semantic)
//!   2. It returns a position that is not in `p.tried` while there is one. (semantic)
//!   3. `report(r)` does not throw. It may name an endpoint that is not in the list any more. An
//!      attempt that the caller stopped is not reported; one that his deadline cut off is a
//!      failure, else short deadlines would keep a client at a member that hangs. (semantic)
//!   4. Neither waits, asks the time or draws lots: it is handed both. (semantic)
//! Optional, called by those who know (`sync`, `find_leader`)
//!   `members(Endpoints const&)` when the list was replaced; `leader(Endpoint const*)` when the
//!   leader is found, or null when there is none. It may name an endpoint that is not in the list.
//! Threads
//!   All may be called from several threads at once.
//! Models
//!   Sticky, RoundRobin, Random, LeaderFirst, mocks::Selector.
template <class T>
concept selector = std::movable<T> && picks_endpoints<T> && hears_reports<T>;

template <class T>
concept follows_members = requires(
    T& selector, Endpoints const& members) { selector.members(members); };

template <class T>
concept follows_leader = requires(T& selector, Endpoint const* leader) { selector.leader(leader); };

//! `static_assert(etcdpp::check_selector<MySelector>());` explains what is missing.
template <class T>
consteval bool check_selector()
{
    static_assert(std::movable<T>,
        "a selector must be movable: Client stores it by value; a mutex or atomic goes behind a "
        "move constructor or a pointer");
    static_assert(picks_endpoints<T>, "a selector needs: std::size_t pick(Pick const&)");
    static_assert(hears_reports<T>, "a selector needs: void report(Report const&) noexcept");
    static_assert(
        follows_members<T> || !requires { &T::members; },
        "the members of a selector, which a client calls with its new list, takes: Endpoints "
        "const&");
    static_assert(
        follows_leader<T> || !requires { &T::leader; },
        "the leader of a selector, which is called with the leader or null, takes: Endpoint "
        "const*");
    return selector<T>;
}

//! The first position from `start` on, round the end, that the call has not tried; `start` itself
//! when it has tried them all.
inline std::size_t untried_from(std::size_t start, Pick const& pick) noexcept
{
    auto const count = pick.endpoints.size();
    auto const first = start % count;
    for (auto step = std::size_t{0}; step != count; ++step) {
        auto const position = (first + step) % count;
        if (!pick.tried[position]) { return position; }
    }
    return first;
}

}  // namespace etcdpp
