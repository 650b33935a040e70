// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The moment after which a call must not be waiting any more.

#include <chrono>
#include <compare>

namespace etcdpp {

//! Every wait is measured in steady time: setting the system's clock moves no deadline.
using Clock = std::chrono::steady_clock;

//! An instant in steady time. Computed once, where a call begins, then passed down unchanged:
//! no layer restarts it, so nested timeouts can never add up.
class Deadline {
public:
    constexpr explicit Deadline(Clock::time_point at) noexcept : at_{at} {}

    static constexpr Deadline never() noexcept { return Deadline{Clock::time_point::max()}; }

    //! The deadline `timeout` from `now`; `never()` where the sum would pass the clock's range.
    static constexpr Deadline after(Clock::time_point now, Clock::duration timeout) noexcept
    {
        return timeout > Clock::time_point::max() - now ? never() : Deadline{now + timeout};
    }

    constexpr Clock::time_point at() const noexcept { return at_; }
    constexpr bool passed(Clock::time_point now) const noexcept { return now >= at_; }

    //! The time left at `now`; zero once the deadline has passed.
    constexpr Clock::duration remaining(Clock::time_point now) const noexcept
    {
        return passed(now) ? Clock::duration::zero() : at_ - now;
    }

    friend constexpr auto operator<=>(Deadline const&, Deadline const&) = default;

private:
    Clock::time_point at_;
};

//! The earlier of two deadlines: where two bounds hold, both hold.
constexpr Deadline earlier(Deadline one, Deadline other) noexcept
{
    return other < one ? other : one;
}

}  // namespace etcdpp
