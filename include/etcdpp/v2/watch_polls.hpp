// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The poll of a watch, and the same poll once more when the first has been silent.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/v2/watch_exchange.hpp"

#include <utility>

namespace etcdpp::v2 {

//! Silence of a poll says nothing about the member. But etcd sends the head of a reply at once; so
//! after an interval of silence the poll is opened a second time, as a probe, whose head is the
//! proof of life. Then the old one is closed, and the probe is the poll.
template <class Exchange>
struct WatchPolls {
    WatchExchange<Exchange> poll = {};
    WatchExchange<Exchange> probe = {};  //!< under way only beside the poll
    Deadline next_probe = Deadline::never();

    //! When silence has lasted too long, if a head takes no longer than `answer`.
    Deadline wakes(Clock::duration answer) const noexcept
    {
        if (!poll.has_head()) { return poll.silent_until(answer); }
        return probe.is_busy() ? probe.silent_until(answer) : next_probe;
    }

    //! Whether silence beyond `wakes` is the member's fault, and not just a reason to probe it.
    bool owes_a_head() const noexcept
    {
        return poll.is_busy() && (!poll.has_head() || probe.is_busy());
    }

    //! Whether the member has to prove now that it lives.
    bool is_probe_due(Clock::time_point now) const noexcept
    {
        return poll.has_head() && !probe.is_busy() && next_probe.passed(now);
    }

    bool has(WatchExchange<Exchange> const& line) const noexcept
    {
        return &line == &poll || &line == &probe;
    }

    //! The head of one of them came: the member lives, and need not prove it again before
    //! `liveness` has passed. @returns whether that line is still where it was
    bool hear_head(
        WatchExchange<Exchange> const& line, Clock::time_point now, Clock::duration liveness)
    {
        next_probe = Deadline::after(now, liveness);
        if (&line != &probe) { return true; }
        promote_probe();
        return false;
    }

    //! One of them was lost. @returns whether that can be borne, since the probe takes its place
    bool can_lose(WatchExchange<Exchange> const& lost)
    {
        if (&lost != &poll || !probe.is_busy()) { return false; }
        promote_probe();
        return true;
    }

    void drop() noexcept
    {
        poll.drop();
        probe.drop();
    }

private:
    void promote_probe()
    {
        poll = std::move(probe);
        probe.drop();
    }
};

}  // namespace etcdpp::v2
