// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! An environment with a listener added by composition.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/environment/concept.hpp"
#include "etcdpp/environment/event.hpp"
#include "etcdpp/environment/system.hpp"

#include <concepts>
#include <cstdint>
#include <stop_token>
#include <utility>

namespace etcdpp {

//! A type whose `on(event)` is told what a call does. It may throw: then the event is lost, not the
//! call. Called from the calling threads, several at once.
template <class T>
concept observer = std::movable<T> && requires(T& observer, Event const& event) {
    { observer.on(event) } -> std::same_as<void>;
};

//! `Config{.environment = Observed{LogObserver{std::clog}}}` logs each attempt.
template <observer Observer, environment Inner = SystemEnvironment>
class Observed {
public:
    using World = Inner;  //!< whose time and chance these are

    explicit Observed(Observer observer, World world = {})
        : world_{std::move(world)}, observer_{std::move(observer)}
    {
    }

    Clock::time_point now() { return world_.now(); }

    void sleep_for(Clock::duration pause, std::stop_token const& stop)
    {
        world_.sleep_for(pause, stop);
    }

    std::uint64_t entropy() { return world_.entropy(); }

    void notify(Event const& event) noexcept
    {
        world_.notify(event);
        try {
            observer_.on(event);
        } catch (...) {  // a listener that fails must not fail the call it listens to
        }
    }

private:
    [[no_unique_address]] World world_;
    [[no_unique_address]] Observer observer_;
};

}  // namespace etcdpp
