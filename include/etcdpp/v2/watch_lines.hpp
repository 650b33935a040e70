// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! All that a watch has under way at the member in use, and when its silence says something.

#include "etcdpp/call/vigil.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/watch_error.hpp"
#include "etcdpp/v2/watch_exchange.hpp"
#include "etcdpp/v2/watch_health.hpp"
#include "etcdpp/v2/watch_polls.hpp"

#include <array>
#include <cstddef>

namespace etcdpp::v2 {

//! How long to wait for a member that owes a reply: of silence, and in all.
struct WatchPatience {
    Clock::duration commit{};   //!< of a listing, which waits for raft
    Clock::duration answer{};   //!< of a poll, whose head etcd sends at once, as it does an event
    Clock::duration listing{};  //!< not silence, but all the time for a listing
    Clock::duration event{};    //!< the same for an event that has begun
};

template <class Exchange>
class WatchLines {
public:
    //! A listing, or a poll and its probe; and a question for the member's health.
    static constexpr auto max_exchanges = std::size_t{3};

    WatchLines(Vigil& vigil, Clock::duration liveness) noexcept : health{vigil, liveness} {}

    WatchExchange<Exchange> listing = {};
    WatchPolls<Exchange> polls = {};
    WatchHealth<Exchange> health;

    //! Whether the watch waits for news, whatever else it waits for.
    bool is_asking() const noexcept { return listing.is_busy() || polls.poll.is_busy(); }

    //! What a transport is to wait for; so many of them.
    std::size_t exchanges(std::array<Exchange*, max_exchanges>& into) noexcept
    {
        auto count = std::size_t{0};
        for (auto* const each : all()) {
            if (auto* const exchange = each->waited_for()) { into[count++] = exchange; }
        }
        return count;
    }

    //! Which of them it is; null for a stranger.
    WatchExchange<Exchange>* find(Exchange const& exchange) noexcept
    {
        for (auto* const each : all()) {
            if (each->waited_for() == &exchange) { return each; }
        }
        return nullptr;
    }

    //! The question that has to follow a redirect now; null if there is none.
    WatchExchange<Exchange>* redirected() noexcept
    {
        for (auto* const each : all()) {
            if (each->hop() != nullptr) { return each; }
        }
        return nullptr;
    }

    //! When silence has lasted too long; never, if nothing is asked.
    Deadline wakes(WatchPatience const& patience) const noexcept
    {
        auto at = health.due();
        if (listing.is_busy()) {
            at = earlier(at, listing.silent_until(patience.commit));
            at = earlier(at, listing.whole_until(patience.listing));
        } else if (polls.poll.is_busy()) {
            at = earlier(at, polls.wakes(patience.answer, patience.event));
        }
        return at;
    }

    //! Fails if the member owes a reply for longer than we are patient. A poll that has its head
    //! and no more owes nothing: see WatchPolls.
    Result<void> spoke_in_time(WatchPatience const& patience, Clock::time_point now) const
    {
        if (health.due().passed(now)) {
            return unexpected(member_was_silent("to a question for its health"));
        }
        if (listing.is_busy() && listing.silent_until(patience.commit).passed(now)) {
            return unexpected(member_was_silent("while a listing was awaited"));
        }
        if (listing.is_busy() && listing.whole_until(patience.listing).passed(now)) {
            return unexpected(member_was_slow("a listing"));
        }
        if (!polls.owe_a_reply() || !polls.wakes(patience.answer, patience.event).passed(now)) {
            return {};
        }
        return unexpected(polls.poll.owes_its_end()
                ? member_was_slow("the reply to a watch")
                : member_was_silent("to a watch, of which it should have sent the head at once"));
    }

    void drop() noexcept
    {
        for (auto* const each : all()) { each->drop(); }
    }

private:
    std::array<WatchExchange<Exchange>*, 4> all() noexcept
    {
        return {&listing, &polls.poll, &polls.probe, &health.asked};
    }
};

}  // namespace etcdpp::v2
