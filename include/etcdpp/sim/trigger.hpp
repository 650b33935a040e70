// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! When something goes wrong: at the n-th request of some kind, or at a time.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/timeline.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ostream>
#include <string>

namespace etcdpp::sim {

//! Requests are counted as clients send them, refused ones, too, each trigger for itself.
struct Trigger {
    enum class Kind : std::uint8_t { requests, reads, writes, time };

    Kind kind = Kind::requests;
    std::uint64_t first = 1;
    std::uint64_t last = 1;
    std::optional<std::size_t> member = {};  //!< counts only those that it gets
    std::string path = {};                   //!< counts only those whose target begins so
    Clock::duration at = {};                 //!< since the cluster began

    Trigger to(std::size_t only) const
    {
        auto narrower = *this;
        narrower.member = only;
        return narrower;
    }

    //! Of keys that begin so.
    Trigger of(std::string const& key) const
    {
        auto narrower = *this;
        narrower.path = "/v2/keys" + key;
        return narrower;
    }

    bool counts(http::Request const& request, std::size_t receiver) const
    {
        auto const is_read = request.method == http::Method::get
            || request.method == http::Method::head;
        return kind != Kind::time && (kind != Kind::reads || is_read)
            && (kind != Kind::writes || !is_read) && (!member || *member == receiver)
            && request.target.starts_with(path);
    }

    friend bool operator==(Trigger const&, Trigger const&) = default;
};

inline Trigger nth_request(std::uint64_t n)
{
    return {Trigger::Kind::requests, n, n};
}
inline Trigger nth_read(std::uint64_t n)
{
    return {Trigger::Kind::reads, n, n};
}
inline Trigger nth_write(std::uint64_t n)
{
    return {Trigger::Kind::writes, n, n};
}

inline constexpr auto for_ever = std::numeric_limits<std::uint64_t>::max();

inline Trigger every_request()
{
    return {Trigger::Kind::requests, 1, for_ever};
}
inline Trigger every_read()
{
    return {Trigger::Kind::reads, 1, for_ever};
}
inline Trigger every_write()
{
    return {Trigger::Kind::writes, 1, for_ever};
}

inline Trigger at_time(Clock::duration time)
{
    return {.kind = Trigger::Kind::time, .at = time};
}

inline std::ostream& operator<<(std::ostream& out, Trigger const& trigger)
{
    if (trigger.kind == Trigger::Kind::time) { return out << "at " << in_milliseconds(trigger.at); }
    out << (trigger.last == for_ever ? "every " : "");
    switch (trigger.kind) {
    case Trigger::Kind::reads: out << "read"; break;
    case Trigger::Kind::writes: out << "write"; break;
    case Trigger::Kind::requests:
    case Trigger::Kind::time: out << "request"; break;
    }
    if (trigger.last != for_ever) { out << ' ' << trigger.first; }
    if (trigger.last != for_ever && trigger.last != trigger.first) { out << '-' << trigger.last; }
    if (trigger.member) { out << " to m" << *trigger.member; }
    return trigger.path.empty() ? out : out << " of " << trigger.path;
}

}  // namespace etcdpp::sim
