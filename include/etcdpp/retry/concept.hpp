// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a retry policy is: it decides whether another attempt is worth it, and after what pause.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/error.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace etcdpp {

//! An attempt that failed through the member's fault, and where the call stands. Whether repeating
//! is *safe* was decided before (retry/safety.hpp); a policy only says whether it is *worth it*.
struct Failure {
    Error const& error;
    unsigned attempt;           //!< 1 for the first
    Clock::duration elapsed;    //!< since the call began
    Clock::duration remaining;  //!< until the call's deadline
    std::size_t members;        //!< how many endpoints the call has
    std::size_t untried;        //!< how many of them it has not tried
};

//! The pause before the next attempt, or nothing to give up.
using Pause = std::optional<Clock::duration>;

template <class T>
concept decides_on_failures = requires(T& state, Failure const& failure, std::uint64_t entropy) {
    { state.next(failure, entropy) } -> std::same_as<Pause>;
};

template <class T>
concept begins_calls = requires(T const& policy) { policy.begin(); };

template <class T>
using retry_state_of = decltype(std::declval<T const&>().begin());

template <class State>
concept can_be_handed_over = std::is_object_v<State> && std::move_constructible<State>;

//! Requires
//!   1. `begin()` returns the State of one call, by value. What calls share, such as a budget, is
//!      owned by the policy and its states jointly. (semantic)
//!   2. `state.next(failure, entropy)` returns the pause before the next attempt, or nothing. It
//!      neither waits, asks the time nor draws lots: it is handed both. (semantic)
//!   3. A call may end before its policy gives up: at its deadline, on a stop, on a verdict, or
//!      where repeating is not safe. (semantic)
//! Threads
//!   `begin` may be called from several threads at once; a State belongs to one.
//! Models
//!   Backoff, OnePass, TwicePerEndpoint, Never, Budget<R>, mocks::RetryPolicy.
template <class T>
concept retry_policy = std::movable<T> && begins_calls<T> && can_be_handed_over<retry_state_of<T>>
    && decides_on_failures<retry_state_of<T>>;

//! `static_assert(etcdpp::check_retry_policy<MyPolicy>());` explains what is missing.
template <class T>
consteval bool check_retry_policy()
{
    static_assert(std::movable<T>, "a retry policy must be movable: Client stores it by value");
    static_assert(
        begins_calls<T>, "a retry policy needs: State begin() const, the state of one call");
    if constexpr (begins_calls<T>) {
        static_assert(can_be_handed_over<retry_state_of<T>>,
            "begin() must return a State by value that can be moved: the call owns it");
        static_assert(decides_on_failures<retry_state_of<T>>,
            "the State that begin() returns needs: std::optional<Clock::duration> next(Failure "
            "const&, std::uint64_t entropy)");
    }
    return retry_policy<T>;
}

}  // namespace etcdpp
