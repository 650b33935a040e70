// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The real world: the steady clock, an interruptible sleep, and the system's entropy.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/environment/concept.hpp"
#include "etcdpp/environment/event.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <stop_token>

#include <sys/random.h>

namespace etcdpp {

//! Silent: it hears events and does nothing. `Observed` adds a listener.
class SystemEnvironment {
public:
    SystemEnvironment() = default;
    SystemEnvironment(SystemEnvironment&& other) noexcept : drawn_{other.drawn_.load()} {}

    SystemEnvironment& operator=(SystemEnvironment&& other) noexcept
    {
        drawn_ = other.drawn_.load();
        return *this;
    }

    Clock::time_point now() const noexcept { return Clock::now(); }

    //! Not with a std::condition_variable_any, which knows stop tokens: it shares its mutex, which
    //! every program would compile.
    void sleep_for(Clock::duration pause, std::stop_token const& stop) const
    {
        auto const until = Deadline::after(now(), pause).at();
        auto mutex = std::mutex{};
        auto woken = std::condition_variable{};
        auto const wake = [&] {
            auto const lock = std::lock_guard{mutex};
            woken.notify_one();
        };
        auto const on_stop = std::stop_callback{stop, wake};
        auto lock = std::unique_lock{mutex};
        woken.wait_until(lock, until, [&] { return stop.stop_requested(); });
    }

    //! SplitMix64 over a counter that starts at random: one atomic addition a draw, no lock.
    std::uint64_t entropy() noexcept
    {
        auto bits = drawn_.fetch_add(0x9e3779b97f4a7c15U, std::memory_order_relaxed);
        bits = (bits ^ bits >> 30U) * 0xbf58476d1ce4e5b9U;
        bits = (bits ^ bits >> 27U) * 0x94d049bb133111ebU;
        return bits ^ bits >> 31U;
    }

    //! Takes each as it is: nobody listens, so that no Event need be made of it.
    void notify(auto const&) const noexcept {}

private:
    //! Asks the system itself, as std::random_device would: <random> alone is a tenth of what a
    //! small program with its own policies compiles. Where the system gives none, the time serves.
    static std::uint64_t seed() noexcept
    {
        auto bits = std::uint64_t{};
        if (::getentropy(&bits, sizeof bits) == 0) { return bits; }
        return static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
    }

    std::atomic<std::uint64_t> drawn_ = seed();
};

static_assert(environment<SystemEnvironment>);

}  // namespace etcdpp
