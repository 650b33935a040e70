// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a call tells those who watch it: plain values, printed as one line of a log.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/error.hpp"

#include <chrono>
#include <optional>
#include <ostream>
#include <variant>

namespace etcdpp {

//! An attempt got an answer that settles the call: a success, or a verdict such as "key not found".
struct AttemptAnswered {
    Endpoint const& endpoint;
    unsigned attempt;         //!< 1 for the first
    Clock::duration latency;  //!< of this attempt
};

//! An attempt failed through the member's fault, or the caller broke it off.
struct AttemptFailed {
    Endpoint const& endpoint;
    unsigned attempt;
    Clock::duration latency;
    Error const& error;
    std::optional<Clock::duration> pause;  //!< before the next attempt; empty: the call is over
};

//! A member sent the request on to another.
struct Redirected {
    Endpoint const& from;
    Endpoint const& to;
};

//! References in an event are valid during `notify` only.
using Event = std::variant<AttemptAnswered, AttemptFailed, Redirected>;

namespace detail {

inline auto milliseconds(Clock::duration duration) noexcept
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

}  // namespace detail

inline std::ostream& operator<<(std::ostream& out, AttemptAnswered const& event)
{
    return out << event.endpoint << " answered attempt " << event.attempt << " after "
               << detail::milliseconds(event.latency) << " ms";
}

inline std::ostream& operator<<(std::ostream& out, AttemptFailed const& event)
{
    out << event.endpoint << " failed attempt " << event.attempt << " after "
        << detail::milliseconds(event.latency) << " ms: " << event.error;
    if (!event.pause) { return out << "; giving up"; }
    return out << "; next attempt in " << detail::milliseconds(*event.pause) << " ms";
}

inline std::ostream& operator<<(std::ostream& out, Redirected const& event)
{
    return out << event.from << " redirected to " << event.to;
}

inline std::ostream& operator<<(std::ostream& out, Event const& event)
{
    std::visit([&out](auto const& each) { out << each; }, event);
    return out;
}

}  // namespace etcdpp
