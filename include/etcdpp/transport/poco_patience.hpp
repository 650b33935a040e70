// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How long an attempt waits, and what is said when it waited in vain.

#include "etcdpp/core/result.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/transport/poco_wait.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <poll.h>

namespace etcdpp::detail {

//! Whatever goes wrong between a member and us is the member's fault; only a stop is the caller's.
inline Error member_error(std::error_code code, Effect effect, std::string words)
{
    return Error{code, {.effect = effect, .fault = Fault::member, .words = std::move(words)}};
}

//! What a wait is for, and what is known of the request's effect if the wait is in vain.
struct Purpose {
    Effect effect;
    std::string_view doing;  //!< the end of a sentence: "while connecting"
};

//! The Limits of an attempt at work. Refers to them: lives within one call.
class Patience {
public:
    Patience(Limits const& limits, StopSignal const& stop) noexcept
        : limits_{limits}, stop_{stop}, by_{limits.by}
    {
    }

    //! As this, but ending `limits.connect` from now, if that is sooner.
    Patience for_connecting() const
    {
        auto const now = Clock::now();
        return shortened(std::min(limits_.connect, by_.remaining(now)), now);
    }

    //! As this, but ending after one of `parts` equal parts of the time that is left.
    Patience share(std::size_t parts) const
    {
        auto const now = Clock::now();
        return shortened(by_.remaining(now) / static_cast<Clock::rep>(parts), now);
    }

    Deadline by() const noexcept { return by_; }
    std::stop_token const& stop() const noexcept { return stop_.token(); }

    //! Fails if there is no time left, or the stop was requested; does not wait.
    Result<void> check(Purpose const& purpose) const
    {
        if (stop_.raised()) { return unexpected(error_of(Woken::stopped, purpose)); }
        if (by_.passed(Clock::now())) { return unexpected(error_of(Woken::timed_out, purpose)); }
        return {};
    }

    //! Waits for `events` of a socket and says which are there. Fails as check() does, and if
    //! nothing is heard for `limits.silence`.
    Result<short> await(int descriptor, short events, Purpose const& purpose) const
    {
        auto const now = Clock::now();
        if (by_.passed(now)) { return unexpected(error_of(Woken::timed_out, purpose)); }
        auto const until = earlier(by_, Deadline::after(now, limits_.silence));
        auto watched = std::array{
            pollfd{descriptor, events, 0}, pollfd{stop_.descriptor(), POLLIN, 0}};
        auto const woken = poll_until(watched, until, stop_, now);
        if (woken != Woken::ready) { return unexpected(error_of(woken, purpose)); }
        return watched.front().revents;
    }

private:
    Patience shortened(Clock::duration span, Clock::time_point now) const
    {
        auto shorter = *this;
        shorter.by_ = Deadline::after(now, span);
        shorter.span_ = span;
        return shorter;
    }

    Error error_of(Woken woken, Purpose const& purpose) const
    {
        auto const doing = ' ' + std::string{purpose.doing};
        if (woken == Woken::stopped) {
            return Error{Errc::cancelled,
                {.effect = purpose.effect, .fault = Fault::caller, .words = "stopped" + doing}};
        }
        return member_error(Errc::timed_out, purpose.effect, passed_bound() + doing);
    }

    //! Names the widest bound that has passed: the narrower ones then have, too.
    std::string passed_bound() const
    {
        auto const now = Clock::now();
        if (limits_.by.passed(now)) { return "the deadline passed"; }
        if (by_.passed(now)) { return text(span_) + " for connecting passed"; }
        return "no bytes for " + text(limits_.silence);
    }

    static std::string text(Clock::duration duration)
    {
        auto const rounded = std::chrono::ceil<std::chrono::milliseconds>(duration);
        return std::to_string(rounded.count()) + " ms";
    }

    Limits const& limits_;
    StopSignal const& stop_;
    Deadline by_;                //!< that of the limits, or an earlier one
    Clock::duration span_ = {};  //!< how long it was from there to the earlier one
};

}  // namespace etcdpp::detail
