// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What an environment is: time, sleep, chance and an ear, the one seam besides the wire.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/environment/event.hpp"

#include <concepts>
#include <cstdint>
#include <stop_token>

namespace etcdpp {

template <class T>
concept tells_time = requires(T& world) {
    { world.now() } -> std::same_as<Clock::time_point>;
};

template <class T>
concept sleeps = requires(T& world, Clock::duration pause, std::stop_token const& stop) {
    { world.sleep_for(pause, stop) } -> std::same_as<void>;
};

template <class T>
concept draws_lots = requires(T& world) {
    { world.entropy() } -> std::same_as<std::uint64_t>;
};

template <class T>
concept hears_events = requires(T& world, Event const& event) {
    { world.notify(event) } noexcept -> std::same_as<void>;
};

//! Requires
//!   1. `now()` never goes backwards. (semantic)
//!   2. `sleep_for(pause, stop)` returns once `pause` has passed, or within 50 ms of a stop.
//!      (semantic)
//!   3. `entropy()` returns 64 bits, each as likely 0 as 1, independent of those before. (semantic)
//!   4. `notify(event)` neither throws nor blocks, and keeps no reference into the event.
//!      (semantic)
//! Threads
//!   All may be called from several threads at once.
//! Models
//!   SystemEnvironment, Observed<Environment, Observer>, sim::Environment, mocks::Environment.
template <class T>
concept environment = std::movable<T> && tells_time<T> && sleeps<T> && draws_lots<T>
    && hears_events<T>;

//! `static_assert(etcdpp::check_environment<MyEnvironment>());` explains what is missing.
template <class T>
consteval bool check_environment()
{
    static_assert(std::movable<T>, "an environment must be movable: Client stores it by value");
    static_assert(tells_time<T>, "an environment needs: Clock::time_point now()");
    static_assert(
        sleeps<T>, "an environment needs: void sleep_for(Clock::duration, std::stop_token const&)");
    static_assert(draws_lots<T>, "an environment needs: std::uint64_t entropy()");
    static_assert(hears_events<T>, "an environment needs: void notify(Event const&) noexcept");
    return environment<T>;
}

class SystemEnvironment;

namespace detail {

template <class Transport>
struct DefaultEnvironment {
    using type = SystemEnvironment;
};

template <class Transport>
    requires requires { typename Transport::Environment; }
struct DefaultEnvironment<Transport> {
    using type = typename Transport::Environment;
};

template <class Decorator>
    requires(
        !requires { typename Decorator::Environment; } && requires { typename Decorator::Inner; })
struct DefaultEnvironment<Decorator> : DefaultEnvironment<typename Decorator::Inner> {};

//! Whether an environment is that World, bare or observed.
template <class Environment, class World>
inline constexpr bool lives_in = std::same_as<Environment, World>;
template <class Observed, class World>
    requires requires { typename Observed::World; }
inline constexpr bool lives_in<Observed, World> = std::same_as<Observed, World>
    || lives_in<typename Observed::World, World>;

}  // namespace detail

//! The environment that belongs to a transport: a simulated one names its virtual clock as a member
//! type `Environment`, and hands it out as `transport.environment()`; a decorator names what it
//! wraps as `Inner`; every other lives in the system's time.
template <class Transport>
using default_environment_t = typename detail::DefaultEnvironment<Transport>::type;

namespace detail {

//! The environment that a client has which is given none: the transport's own, if it has one to
//! give, since a virtual clock belongs to one simulation and not to a type.
template <class Environment, class Transport>
Environment environment_of(Transport const& transport)
{
    if constexpr (requires { Environment{transport.environment()}; }) {
        return transport.environment();
    } else {
        return Environment{};
    }
}

}  // namespace detail

//! A transport with a clock of its own must be driven by that clock; one that lives in the system's
//! time works in any.
template <class Transport, class Environment>
concept lives_in_one_world = std::same_as<default_environment_t<Transport>, SystemEnvironment>
    || detail::lives_in<Environment, default_environment_t<Transport>>;

}  // namespace etcdpp
