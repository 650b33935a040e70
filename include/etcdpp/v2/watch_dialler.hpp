// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Asks a member a question of a watch, and tells a member out of reach from a caller in a hurry.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/environment/concept.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/v2/watch_error.hpp"

#include <optional>
#include <utility>

namespace etcdpp::v2 {

//! A caller whose calls are shorter than a connection takes must neither put the blame on a good
//! member, nor stay for ever with a dead one. So the time for connecting runs on from one call to
//! the next, until a connection is there or the member has had all of `limits.connect`.
class WatchDialler {
public:
    template <streaming_transport Transport, environment Environment>
    auto start(Transport& transport, Environment& world, Endpoint const& to,
        http::Request const& question, Limits const& limits) -> Result<typename Transport::Exchange>
    {
        auto const began = world.now();
        if (!since_) { since_ = began; }
        auto started = transport.start(to, question, limits);
        if (started) {
            since_.reset();
            return started;
        }
        auto const now = world.now();
        auto const& error = started.error();
        auto const cut_off = error == make_error_code(etcdpp::Errc::timed_out)
            && limits.by.passed(now) && now - *since_ < limits.connect;
        if (error.fault() == Fault::member && cut_off) { return unexpected(no_event_in_time()); }
        return unexpected(std::move(started).error());
    }

    //! The next connection is to another member.
    void forget() noexcept { since_.reset(); }

private:
    std::optional<Clock::time_point> since_;
};

}  // namespace etcdpp::v2
