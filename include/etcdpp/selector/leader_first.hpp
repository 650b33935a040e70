// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Asks the leader while it works, which saves a write the way from a follower to it.

#include "etcdpp/selector/concept.hpp"
#include "etcdpp/selector/sticky.hpp"

#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>

namespace etcdpp {

//! Does no I/O, so somebody has to tell it: `sync`, `auto_sync` or `find_leader`. Until then, while
//! there is no leader, when it has failed, and when it is not among the client's endpoints, this is
//! Sticky. A leader that failed is passed over until it is named again, or answers a call that had
//! tried everybody else.
//!
//! It makes writes quicker, and no read fresher: who must not see the past reads with quorum.
class LeaderFirst {
public:
    LeaderFirst() = default;

    LeaderFirst(LeaderFirst&& other) noexcept
        : others_{std::move(other.others_)}, leader_{std::move(other.leader_)},
          failed_{other.failed_}
    {
    }

    LeaderFirst& operator=(LeaderFirst&& other) noexcept
    {
        others_ = std::move(other.others_);
        leader_ = std::move(other.leader_);
        failed_ = other.failed_;
        return *this;
    }

    //! Null when nobody leads.
    void leader(Endpoint const* leader)
    {
        auto const lock = std::lock_guard{mutex_};
        leader_ = leader == nullptr ? std::nullopt : std::optional{*leader};
        failed_ = false;
    }

    std::size_t pick(Pick const& pick)
    {
        auto const lock = std::lock_guard{mutex_};
        auto const first = leader_ ? pick.endpoints.position_of(*leader_) : std::nullopt;
        if (!first) { return others_.pick(pick); }
        auto tried = pick.tried;
        auto const others_are_left = tried.set(*first).count() < pick.endpoints.size();
        if (!pick.tried[*first] && !(failed_ && others_are_left)) { return *first; }
        return others_.pick({pick.endpoints, tried, pick.kind, pick.now, pick.entropy});
    }

    void report(Report const& report) noexcept
    {
        auto const lock = std::lock_guard{mutex_};
        if (leader_ && *leader_ == report.endpoint) { failed_ = report.outcome == Outcome::failed; }
        others_.report(report);
    }

private:
    std::mutex mutable mutex_;
    Sticky others_;
    std::optional<Endpoint> leader_;
    bool failed_ = false;
};

static_assert(selector<LeaderFirst> && follows_leader<LeaderFirst>);

}  // namespace etcdpp
