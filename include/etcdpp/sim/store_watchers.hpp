// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Who waits for what at one simulated member, and whom a change concerns.

#include "etcdpp/core/index.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/sim/store_history.hpp"
#include "etcdpp/sim/store_path.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! A poll ends with its first event; a stream goes on.
struct Watcher {
    std::uint64_t id = 0;
    WatchedPath watched = {};
    Index since = {};
    bool streams = false;
};

//! How often that watcher is told of it: etcd tells a stream twice of the removal of its own key,
//! once for what went and once for what happened.
inline unsigned times_told(Watcher const& watcher, Change const& change)
{
    auto const& event = *change.event;
    auto const& key = event.node.key;
    auto const& path = watcher.watched.path;
    auto const is_own = key == path;
    if (event.is_refresh || event.node.modified_index < watcher.since) { return 0; }
    if (!is_own && is_hidden_from(path, key)) { return 0; }
    auto const is_removed = std::ranges::find(change.removed, path) != change.removed.end();
    auto const is_told = is_own || (watcher.watched.recursive && is_within(key, path));
    return (is_removed ? 1U : 0U) + (is_told ? 1U : 0U);
}

//! In the order in which they came.
class Watchers {
public:
    void add(Watcher watcher) { waiting_.push_back(std::move(watcher)); }

    void remove(std::uint64_t id)
    {
        std::erase_if(waiting_, [id](Watcher const& each) { return each.id == id; });
    }

    void clear() noexcept { waiting_.clear(); }

    std::size_t size() const noexcept { return waiting_.size(); }

    //! Calls `tell(id, ends)` for each telling; polls are forgotten then.
    template <class Tell>
    void notify(Change const& change, Tell&& tell)
    {
        std::erase_if(waiting_, [&](Watcher const& each) {
            auto const times = times_told(each, change);
            for (auto i = 0U; i != (each.streams ? times : std::min(times, 1U)); ++i) {
                tell(each.id, !each.streams);
            }
            return times != 0 && !each.streams;
        });
    }

private:
    std::vector<Watcher> waiting_;
};

}  // namespace etcdpp::sim
