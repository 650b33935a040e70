// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The course of a watch as a pure machine: what to ask next, and what follows from each answer.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/index.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_known.hpp"
#include "etcdpp/v2/watch_listing.hpp"
#include "etcdpp/v2/watch_scope.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! Neither waits nor sends: a Watch does that. It keeps two promises, whatever the members do. Each
//! event is handed over once and in order, or covered by a resync: events marked so, after which
//! the consumer who applied all of them has the true state. And the position never moves on a
//! reply's head alone, for the event that it announces may be lost behind it.
class WatchCursor {
public:
    enum class Ask : std::uint8_t {
        listing,  //!< all there is within the scope, through raft
        events,   //!< the first event from `wait_index` on
    };

    //! What became of a listing.
    enum class Outcome : std::uint8_t {
        began,      //!< it was the first
        confirmed,  //!< a member lagged behind: the history is the same, and goes on
        resynced,   //!< what changed is handed over as events
    };

    //! `tells_all`: the first listing, too, is handed over, as a resync from nothing, and closed by
    //! an event of Action::get that names the watched key.
    WatchCursor(WatchScope scope, Index after, bool tells_all = false)
        : scope_{std::move(scope)}, after_{after}, tells_all_{tells_all}
    {
    }

    WatchScope const& scope() const noexcept { return scope_; }
    Ask asks() const noexcept { return why_ == Why::nothing ? Ask::events : Ask::listing; }

    //! @pre asks() == Ask::events
    Index wait_index() const noexcept { return wait_index_; }

    //! All events up to here were handed over, or are covered by a resync.
    Index position() const noexcept { return Index{static_cast<std::uint64_t>(wait_index_) - 1}; }

    bool has_event() const noexcept { return !ready_.empty(); }

    //! The next event to hand over. Its `index` is where a watch goes on that resumes behind it.
    //! @pre has_event()
    Response take()
    {
        auto event = std::move(ready_.front());
        ready_.pop_front();
        return event;
    }

    std::size_t known() const noexcept { return known_.size(); }

    //! The head of a reply to `Ask::events`. Another cluster, or one that has not come as far as
    //! we: either the member lags, or its data are another history. A listing tells.
    void head(ClusterId const& cluster_id, Index index)
    {
        if (!continues(cluster_id, index)) { why_ = Why::in_doubt; }
    }

    //! Its body. An event met before is passed over, as is one outside the scope.
    //! @returns whether the position moved
    bool event(Response event)
    {
        auto const index = event.node.modified_index;
        if (index < wait_index_) { return false; }
        wait_index_ = next(index);
        if (!scope_.concerns(event)) { return true; }
        // What is known holds all up to the listing already.
        if (index > listed_) { known_.apply(event, scope_); }
        event.index = index;
        ready_.push_back(std::move(event));
        return true;
    }

    //! Its refusal: the events from `wait_index` on are not all kept any more.
    void cleared() noexcept { why_ = Why::history_lost; }

    //! The reply to `Ask::listing`.
    Outcome listing(Listing listing)
    {
        auto const why = std::exchange(why_, Why::nothing);
        if (why == Why::beginning) { return begin(std::move(listing)); }
        auto const comparable = continues(listing.cluster_id, listing.index);
        if (comparable && why == Why::in_doubt) { return Outcome::confirmed; }
        if (wait_index_ > listed_) {
            resume_behind(std::move(listing), comparable);
        } else {
            start_over(std::move(listing));
        }
        return Outcome::resynced;
    }

private:
    enum class Why : std::uint8_t { nothing, beginning, in_doubt, history_lost };

    //! Whether what a member has may be the history we know, and not an earlier part of it.
    bool continues(ClusterId const& cluster_id, Index index) const noexcept
    {
        return cluster_id == cluster_id_ && next(index) >= wait_index_ && index >= listed_;
    }

    Outcome begin(Listing listing)
    {
        if (listing.index < after_) {  // from a backup restored since: what he holds is unknown
            wait_index_ = next(after_);
            start_over(std::move(listing));
            return Outcome::resynced;
        }
        auto const index = listing.index;
        if (tells_all_) {
            resume_behind(std::move(listing), true);
            ready_.push_back({.action = Action::get,
                .node = {.key = scope_.key, .dir = true},
                .index = index,
                .cluster_id = cluster_id_});
        } else {
            known_.become(flattened(std::move(listing.node), scope_));
            cluster_id_ = listing.cluster_id;
        }
        listed_ = index;
        wait_index_ = next(after_ == Index{} ? index : after_);
        return Outcome::began;
    }

    //! The consumer holds what is known.
    void resume_behind(Listing listing, bool comparable)
    {
        auto flat = flattened(std::move(listing.node), scope_);
        auto now_known = WatchKnown{};
        now_known.become(flat);
        hand_over(known_.difference(std::move(flat), comparable), listing);
        known_ = std::move(now_known);
    }

    //! What the consumer holds cannot be known: he asked for events of the past and did not get
    //! them all. So everything goes, as when a directory is removed, and what is there comes.
    void start_over(Listing listing)
    {
        auto flat = flattened(std::move(listing.node), scope_);
        known_.become(flat);
        auto events = WatchKnown{}.difference(std::move(flat), false);
        events.insert(events.begin(), {.action = Action::resync, .node = {.key = scope_.key}});
        hand_over(std::move(events), listing);
    }

    //! Who resumes behind an event in the midst of a resync has not had all of it: only the last
    //! carries the index of the listing, and the others that from which the resync led here.
    void hand_over(std::vector<Response> events, Listing const& listing)
    {
        auto const before = position();
        for (auto& each : events) {
            each.index = before;
            each.cluster_id = listing.cluster_id;
            ready_.push_back(std::move(each));
        }
        if (!events.empty()) { ready_.back().index = listing.index; }
        cluster_id_ = listing.cluster_id;
        listed_ = listing.index;
        wait_index_ = next(listing.index);
    }

    WatchScope scope_;
    Index after_;
    bool tells_all_;
    Why why_ = Why::beginning;
    WatchKnown known_;
    Index listed_{};       //!< that of the last listing: what is known holds all up to it
    Index wait_index_{1};  //!< all events before it were handed over, or are covered
    ClusterId cluster_id_;
    std::deque<Response> ready_;
};

}  // namespace etcdpp::v2
