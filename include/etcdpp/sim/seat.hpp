// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One thread of a simulation: what it waits for, and whether it has the turn.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/dice.hpp"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace etcdpp::sim {

//! Whether what somebody waits for is there.
using Predicate = std::function<bool()>;

//! Why a wait has ended.
enum class Woken : std::uint8_t { ready, timed_out, stopped };

//! What a wait is for. Points at what the waiting function was given.
struct Wish {
    Predicate const* ready = nullptr;
    Deadline until = Deadline::never();
    std::stop_token const* stop = nullptr;
    Clock::time_point since = {};

    bool is_stopped() const noexcept { return stop != nullptr && stop->stop_requested(); }

    bool is_fulfilled(Clock::time_point now) const
    {
        return (*ready)() || is_stopped() || until.passed(now);
    }

    Woken woken() const
    {
        if (is_stopped()) { return Woken::stopped; }
        return (*ready)() ? Woken::ready : Woken::timed_out;
    }
};

struct Seat {
    std::string name = "the test";
    Wish wish = {};
    std::thread::id thread_id = {};
    std::condition_variable woken = {};
    bool is_actor = false;
    bool has_turn = false;
};

struct Actor : Seat {
    Dice dice = Dice{0};
    bool is_over = false;
    std::exception_ptr thrown = {};
    std::stop_source stop = {};
    std::jthread thread = {};
};

//! What a thread is to the simulation that made it: an actor, and whose.
struct Role {
    Actor* actor = nullptr;
    void const* stage = nullptr;
};

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): one for each thread
inline thread_local Role current_role = {};

//! Where any other thread waits, one place at a time.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): one for each thread
inline thread_local Seat visitors_seat = {};

}  // namespace etcdpp::sim
