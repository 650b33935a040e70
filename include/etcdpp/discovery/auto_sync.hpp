// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Keeps a client's endpoints current, in a loop that the caller gives a thread.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/sync.hpp"
#include "etcdpp/discovery/sync_options.hpp"
#include "etcdpp/discovery/sync_pace.hpp"
#include "etcdpp/environment/fault_alarm.hpp"
#include "etcdpp/selector/concept.hpp"

#include <chrono>
#include <functional>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace etcdpp {

struct AutoSyncOptions {
    SyncOptions sync = {};

    //! Lets the next sync come early when a member fails, if the client's observer is a copy of it.
    FaultAlarm alarm = {};

    //! The least time from one sync to the next. Doubled, up to the interval, as long as early ones
    //! bring nothing.
    Clock::duration rest = std::chrono::seconds{1};

    //! Called after each sync, in the thread of the loop.
    std::function<void(Result<Synced> const&)> on_sync = {};
};

namespace detail {

//! Sleeps until `pause` has passed, or one of two stops is requested.
template <class World>
void sleep_until_either(
    World& world, Clock::duration pause, std::stop_token const& one, std::stop_token const& other)
{
    auto wake = std::stop_source{};
    auto const request = [&wake] { wake.request_stop(); };
    auto const on_one = std::stop_callback{one, request};
    auto const on_other = std::stop_callback{other, request};
    world.sleep_for(pause, wake.get_token());
}

}  // namespace detail

//! Syncs at once, then each `interval`, until the stop is requested: that is its success. A sync
//! that fails is told to `on_sync` and tried again after a rest, for members fail and return. Only
//! a verdict that holds for every member, such as Errc::v2_disabled, ends the loop: it is returned.
//!
//! With `options.alarm`, a member's failure ends the wait, so that the client soon knows who is
//! there instead and LeaderFirst who leads. So does, without it, a sync that finds no leader.
template <class Client>
Result<void> auto_sync(Client& client, Clock::duration interval, std::stop_token const& stop,
    AutoSyncOptions const& options = {})
{
    auto const policies = client.policies();
    constexpr auto wants_leader =
        follows_leader<std::remove_reference_t<decltype(policies.selector)>>;
    auto pace = detail::SyncPace{interval, options.rest};
    auto is_early = false;
    while (!stop.stop_requested()) {
        auto const synced = sync(client, options.sync, {.stop = stop});
        auto const fault = options.alarm.next_fault();  // any before this, the sync met as well
        if (!synced && stop.stop_requested()) { break; }
        if (options.on_sync) { options.on_sync(synced); }
        if (!synced && synced.error().fault() == Fault::request) {
            return unexpected(synced.error());
        }

        auto const went_wrong = !synced || (wants_leader && !synced->leader);
        auto const wait = pace.after({.was_early = is_early,
            .went_wrong = went_wrong,
            .brought_news = synced && synced->changed});
        policies.world.sleep_for(wait.rest, stop);
        if (!went_wrong) { detail::sleep_until_either(policies.world, wait.watch, stop, fault); }
        is_early = fault.stop_requested();
    }
    return {};
}

}  // namespace etcdpp
