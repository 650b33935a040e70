// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How far into a cluster's history its replies have let somebody see.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/index.hpp"

#include <algorithm>
#include <mutex>

namespace etcdpp::v2 {

//! Indices of different clusters do not compare: a reply of another cluster than the last one's,
//! as after a restored backup, starts it over.
//!
//! Threads
//!   All members may be called from several threads at once.
class Seen {
public:
    //! The highest index that was seen; zero before the first.
    Index index() const
    {
        auto const lock = std::lock_guard{mutex_};
        return index_;
    }

    //! For what was learnt otherwise: from an event of a watch, or from another process.
    void reached(Index index)
    {
        auto const lock = std::lock_guard{mutex_};
        index_ = std::max(index_, index);
    }

    //! For a reply from what one member happens to have. @returns whether it is as new as all that
    //! was seen; then it counts as seen itself
    bool accepts(Index index, ClusterId const& cluster_id)
    {
        auto const lock = std::lock_guard{mutex_};
        if (is_of_another(cluster_id)) { begin_anew(index, cluster_id); }
        if (index < index_) { return false; }
        index_ = index;
        return true;
    }

    //! For a reply that went through raft, to a question put when `before` had been seen: it shows
    //! the present. Should that be older, then the store was put back: it starts over there.
    void accepts_the_present(Index index, ClusterId const& cluster_id, Index before)
    {
        auto const lock = std::lock_guard{mutex_};
        if (is_of_another(cluster_id) || index < before) { return begin_anew(index, cluster_id); }
        index_ = std::max(index_, index);
    }

private:
    //! Remembers the first that is named.
    bool is_of_another(ClusterId const& cluster_id)
    {
        if (cluster_id_.empty()) { cluster_id_ = cluster_id; }
        return !cluster_id.empty() && cluster_id != cluster_id_;
    }

    void begin_anew(Index index, ClusterId const& cluster_id)
    {
        index_ = index;
        cluster_id_ = cluster_id;
    }

    std::mutex mutable mutex_;
    Index index_{};
    ClusterId cluster_id_;
};

}  // namespace etcdpp::v2
