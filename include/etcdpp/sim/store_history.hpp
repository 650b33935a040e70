// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The last 1000 changes of the whole store, and what a watch of the past finds in them.

#include "etcdpp/core/index.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/sim/store_path.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace etcdpp::sim {

//! What is watched.
struct WatchedPath {
    std::string path = "/";
    bool recursive = false;
};

class History {
public:
    static constexpr auto capacity = std::size_t{1000};

    void add(std::shared_ptr<StoreEvent const> event)
    {
        if (events_.size() == capacity) { events_.pop_front(); }
        events_.push_back(std::move(event));
    }

    //! The first event from that index on that concerns the watch; null if none does yet.
    using Found = std::variant<std::shared_ptr<StoreEvent const>, Refusal>;

    //! @pre every index takes one place: each change of a store is added
    Found scan(WatchedPath const& watched, Index from, Index current) const
    {
        if (events_.empty()) { return nullptr; }
        auto const first = position(events_.front()->node.modified_index);
        if (position(from) < first) {
            return Refusal{v2::Errc::event_index_cleared,
                "the requested history has been cleared [" + std::to_string(first) + '/'
                    + std::to_string(position(from)) + ']',
                current};
        }
        for (auto i = position(from) - first; i < events_.size(); ++i) {
            if (concerns(*events_[i], watched)) { return events_[i]; }
        }
        return nullptr;
    }

private:
    static constexpr std::uint64_t position(Index index) noexcept
    {
        return static_cast<std::uint64_t>(index);
    }

    //! etcd 3.4's words, faults included: it shows hidden keys of the past, which it hides in the
    //! present, and takes `/app` for a parent of `/apple` if it was removed as a directory.
    static bool concerns(StoreEvent const& event, WatchedPath const& watched)
    {
        if (event.is_refresh) { return false; }
        auto const& key = event.node.key;
        auto const is_removed_directory = event.action != v2::Action::compare_and_remove
            && event.is_removal() && event.prev_node && event.prev_node->dir;
        return key == watched.path || (watched.recursive && is_within(key, watched.path))
            || (is_removed_directory && watched.path.starts_with(key));
    }

    std::deque<std::shared_ptr<StoreEvent const>> events_;
};

}  // namespace etcdpp::sim
