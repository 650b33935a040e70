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

struct Wish {
    Predicate const* ready = nullptr;
    Deadline until = Deadline::never();
    std::stop_token stop = {};
    Clock::time_point since = {};

    bool is_fulfilled(Clock::time_point now) const
    {
        return (*ready)() || stop.stop_requested() || until.passed(now);
    }

    Woken woken() const
    {
        if (stop.stop_requested()) { return Woken::stopped; }
        return (*ready)() ? Woken::ready : Woken::timed_out;
    }
};

struct Seat {
    std::string name = "the test";
    void const* stage = nullptr;  //!< whose actor it is; null for a thread that is none
    Wish wish = {};
    Dice dice = Dice{0};
    std::thread::id thread_id = {};
    std::condition_variable woken = {};
    bool has_turn = false;
    bool is_over = false;
    std::exception_ptr thrown = {};
    std::stop_source stop = {};
    std::jthread thread = {};
};

//! The seat of an actor's own thread.
inline thread_local Seat* current_seat = nullptr;

}  // namespace etcdpp::sim
