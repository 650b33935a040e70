// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a call tells those who watch it: plain values, printed as one line of a log.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/index.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>

namespace etcdpp::http {

struct Request;

}  // namespace etcdpp::http

namespace etcdpp {

//! A request that an observer may print, but not look into: it can hold credentials.
//! `curl_line(event)`, of curl_observer.hpp, is how, for each event with a request.
class RequestToPrint {
public:
    explicit RequestToPrint(http::Request const& request) noexcept : request_{request} {}

private:
    friend std::string curl_line(Endpoint const& to, RequestToPrint const& request);

    http::Request const& request_;
};

//! A request is about to be sent.
struct AttemptBegan {
    Endpoint const& endpoint;
    unsigned attempt;  //!< 1 for the first
    RequestToPrint request;
};

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

//! A member named another in its place, who is about to be sent the request.
struct Redirected {
    Endpoint const& from;
    Endpoint const& to;
    RequestToPrint request;
};

//! A watch is about to ask a member: for the next event, once more as a proof of life, for what is
//! there by now, or for its health.
struct WatchAsked {
    std::string const& key;
    Endpoint const& endpoint;
    RequestToPrint request;
};

//! Where a watch stands.
enum class WatchState : std::uint8_t {
    connected,  //!< a member has taken the watch on
    stalled,    //!< that member failed: refused, lost, silent, or cut off from its leader
    moved,      //!< the watch asks this member now
    resynced,   //!< events may be missing; what changed meanwhile is delivered, marked as such
};

constexpr std::string_view name(WatchState state) noexcept
{
    switch (state) {
    case WatchState::connected: return "connected";
    case WatchState::stalled: return "stalled";
    case WatchState::moved: return "moved";
    case WatchState::resynced: return "resynced";
    }
    return "stalled";
}

//! A watch came to another state.
struct WatchChanged {
    std::string const& key;
    WatchState state;
    Endpoint const& endpoint;  //!< the member concerned
    Index index = {};          //!< all events up to here were delivered, or are covered by a resync
    Error const* error = nullptr;  //!< why it stalled; null in every other state
};

//! References in an event are valid during `notify` only.
using Event = std::variant<AttemptAnswered, AttemptFailed, Redirected, WatchChanged, AttemptBegan,
    WatchAsked>;

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

inline std::ostream& operator<<(std::ostream& out, WatchChanged const& event)
{
    out << "the watch of " << event.key << ' ';
    switch (event.state) {
    case WatchState::connected: return out << "connected to " << event.endpoint;
    case WatchState::stalled: out << "stalled at " << event.endpoint; break;
    case WatchState::moved: return out << "moved to " << event.endpoint;
    case WatchState::resynced:
        return out << "resynced at " << event.endpoint << " up to index " << event.index;
    }
    return event.error == nullptr ? out : out << ": " << *event.error;
}

inline std::ostream& operator<<(std::ostream& out, AttemptBegan const& event)
{
    return out << "attempt " << event.attempt << " goes to " << event.endpoint;
}

inline std::ostream& operator<<(std::ostream& out, WatchAsked const& event)
{
    return out << "the watch of " << event.key << " asks " << event.endpoint;
}

//! A template, so that only who prints events pays for std::visit when compiling.
template <std::same_as<Event> Any>
std::ostream& operator<<(std::ostream& out, Any const& event)
{
    std::visit([&out](auto const& each) { out << each; }, event);
    return out;
}

}  // namespace etcdpp
