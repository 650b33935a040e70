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

    //! When silence has lasted too long, if a member that owes something is silent no longer than
    //! `answer`, and brings what it has begun to its end within `whole`.
    Deadline wakes(Clock::duration answer, Clock::duration whole) const noexcept
    {
        if (!poll.has_head()) { return poll.silent_until(answer); }
        if (poll.owes_its_end()) { return earlier(poll.silent_until(answer), poll.end_due(whole)); }
        return probe.is_busy() ? probe.silent_until(answer) : next_probe;
    }

    //! Whether silence beyond `wakes` is the member's fault, and not just a reason to probe it.
    bool owe_a_reply() const noexcept { return poll.is_busy() && !is_quiet(); }

    //! Whether the member has to prove now that it lives.
    bool is_probe_due(Clock::time_point now) const noexcept
    {
        return is_quiet() && next_probe.passed(now);
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
    //! There is no event, and the member need not say so.
    bool is_quiet() const noexcept
    {
        return poll.has_head() && !poll.owes_its_end() && !probe.is_busy();
    }

    void promote_probe()
    {
        poll = std::move(probe);
        probe.drop();
    }
};

}  // namespace etcdpp::v2
