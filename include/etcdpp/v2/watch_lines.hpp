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

//! The longest silence of a member while it owes a reply.
struct WatchPatience {
    Clock::duration commit{};  //!< of a listing, which waits for raft
    Clock::duration answer{};  //!< of a poll, whose head etcd sends at once
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

    //! When silence has lasted too long; never, if nothing is asked.
    Deadline wakes(WatchPatience const& patience) const noexcept
    {
        auto const news = listing.is_busy() ? listing.silent_until(patience.commit)
            : polls.poll.is_busy()          ? polls.wakes(patience.answer)
                                            : Deadline::never();
        return earlier(news, health.silent_until());
    }

    //! Fails if the member owes a reply for longer than we are patient. A poll that has its head
    //! owes nothing: see WatchPolls.
    Result<void> spoke_in_time(WatchPatience const& patience, Clock::time_point now) const
    {
        if (health.silent_until().passed(now)) {
            return unexpected(member_was_silent("to a question for its health"));
        }
        if (listing.is_busy() && listing.silent_until(patience.commit).passed(now)) {
            return unexpected(member_was_silent("while a listing was awaited"));
        }
        if (polls.owes_a_head() && polls.wakes(patience.answer).passed(now)) {
            return unexpected(
                member_was_silent("to a watch, of which it should have sent the head at once"));
        }
        return {};
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
