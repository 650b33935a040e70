// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How long one call of `next` may wait, and for what.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/v2/watch_listing.hpp"

#include <algorithm>
#include <stop_token>

namespace etcdpp::v2 {

struct WatchBounds {
    Deadline by = Deadline::never();
    Clock::duration connect{};
    Clock::duration answer{};   //!< for the head of a reply, which etcd sends at once
    Clock::duration commit{};   //!< the longest silence of a listing, which waits for raft
    Clock::duration listing{};  //!< for a listing, from beginning to end
    Clock::duration event{};    //!< for an event, once it has begun to arrive
    std::stop_token stop = {};
};

//! An event has no deadline but the caller's own: the client's `call_timeout` is for calls that
//! etcd answers. So it bounds an event that has begun to arrive, and a listing, which may take
//! longer if the caller has more time.
template <class Client>
WatchBounds bounds_of(Client& client, CallOptions const& options)
{
    auto const of_a_poll = client.terms(Poll{}, options);
    auto const of_a_call = client.terms(List{}, {});
    auto const call_timeout = of_a_call.by.remaining(of_a_call.began);
    return {.by = options.timeout ? of_a_poll.by : Deadline::never(),
        .connect = of_a_poll.connect,
        .answer = of_a_poll.silence,
        .commit = client.terms(List{}, options).silence,
        .listing = std::max(call_timeout, options.timeout.value_or(Clock::duration::zero())),
        .event = call_timeout,
        .stop = options.stop};
}

}  // namespace etcdpp::v2
