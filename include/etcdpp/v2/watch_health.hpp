// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether the member that serves a watch still has a leader.

#include "etcdpp/call/redirect.hpp"
#include "etcdpp/call/vigil.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/v2/watch_error.hpp"
#include "etcdpp/v2/watch_exchange.hpp"

#include <string>

namespace etcdpp::v2 {

//! One that was cut off from its cluster serves polls as before, and never has news. Its `/health`
//! reads through raft and tells; what it tells, all watches of the client hear.
template <class Exchange>
class WatchHealth {
public:
    //! `interval`: between two questions to one member, and for the answer.
    WatchHealth(Vigil& vigil, Clock::duration interval) noexcept
        : vigil_{&vigil}, interval_{interval}
    {
    }

    //! Without credentials, for etcd asks for none here. A full disk stops no watch.
    static http::Request const& question()
    {
        static auto const request = http::Request{.target = "/health?exclude=NOSPACE"};
        return request;
    }

    //! What came of the question, while it is under way.
    WatchExchange<Exchange> asked = {};

    //! Fails if some watch of the client has found that member failing since then.
    Result<void> known(Endpoint const& member, Clock::time_point then) const
    {
        if (!vigil_->has_failed_since(member, then)) { return {}; }
        return unexpected(
            watch_error(etcdpp::Errc::unreachable, Fault::member, "the member is not healthy"));
    }

    //! Whether to ask: neither we nor another watch of the client did so of late.
    bool shall_ask(Endpoint const& member, Clock::time_point now)
    {
        return !asked.is_busy() && vigil_->claim(member, now, interval_);
    }

    //! When the answer is overdue.
    Deadline due() const noexcept
    {
        return asked.is_busy() ? asked.whole_until(interval_) : Deadline::never();
    }

    //! Tells the other watches that this member is of no use.
    void failed(Endpoint const& member, Clock::time_point now) { vigil_->failed(member, now); }

    //! Fails if no answer will come, unless that is for a redirect that leads nowhere: it comes
    //! from what stands between.
    Result<void> lost(Endpoint const& member, Error const& error, Clock::time_point now)
    {
        auto const of_redirect = asked.hop() != nullptr || is_redirect(error.status().value_or(0));
        asked.drop();
        if (of_redirect) {
            vigil_->answered(member);
            return {};
        }
        vigil_->failed(member, now);
        return unexpected(error);
    }

    //! An answer came. A server error is the member's word that it cannot read through raft.
    //! Anything else comes from what stands between and does not know `/health`.
    Result<void> answered(Endpoint const& member, Clock::time_point now)
    {
        auto const status = asked.response().status;
        asked.drop();
        if (status < 500) {
            vigil_->answered(member);
            return {};
        }
        vigil_->failed(member, now);
        return unexpected(watch_error(etcdpp::Errc::unreachable, Fault::member,
            "the member is cut off from its cluster: HTTP " + std::to_string(status)
                + " to a question for its health"));
    }

private:
    Vigil* vigil_;
    Clock::duration interval_;
};

}  // namespace etcdpp::v2
