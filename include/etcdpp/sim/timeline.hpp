// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Virtual time: what is to happen, in order, and a clock that jumps from one to the next.

#include "etcdpp/core/deadline.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! `1500.25 ms`, whatever the stream it goes to does to numbers.
inline std::string in_milliseconds(Clock::duration time)
{
    auto const microseconds = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    auto text = std::to_string(microseconds / 1000);
    if (auto const rest = microseconds % 1000; rest != 0) {
        text.append(".").append(std::to_string(1000 + std::abs(rest)).substr(1));
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + " ms";
}

//! Actions of equal time happen in the order in which they were planned.
class Timeline {
public:
    //! Long before any real clock's present.
    static constexpr auto beginning = Clock::time_point{std::chrono::seconds{1}};

    using Action = std::function<void()>;

    Clock::time_point now() const noexcept { return now_; }

    void at(Clock::time_point when, Action action)
    {
        plan_.push_back({std::max(when, now_), planned_++, std::move(action)});
        std::ranges::push_heap(plan_, later);
    }

    void after(Clock::duration pause, Action action)
    {
        at(Deadline::after(now_, pause).at(), std::move(action));
    }

    //! When something happens next; `Clock::time_point::max()` if nothing will.
    Clock::time_point next_at() const noexcept
    {
        return plan_.empty() ? Clock::time_point::max() : plan_.front().when;
    }

    //! Lets time pass until then. @pre nothing happens before
    void pass(Clock::time_point until) noexcept { now_ = std::max(now_, until); }

    //! Lets time pass until the next action, and carries it out. @pre there is one
    void step()
    {
        std::ranges::pop_heap(plan_, later);
        auto const action = std::move(plan_.back().action);
        pass(plan_.back().when);
        plan_.pop_back();
        action();
    }

private:
    struct Planned {
        Clock::time_point when;
        std::uint64_t number;
        Action action;
    };

    static bool later(Planned const& one, Planned const& other) noexcept
    {
        return std::pair{one.when, one.number} > std::pair{other.when, other.number};
    }

    Clock::time_point now_ = beginning;
    std::uint64_t planned_ = 0;
    std::vector<Planned> plan_;
};

}  // namespace etcdpp::sim
