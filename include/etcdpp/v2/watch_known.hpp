// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What the consumer of a watch holds, as far as it must be known to tell him what changed.

#include "etcdpp/core/index.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/removal.hpp"
#include "etcdpp/v2/watch_scope.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! A listing laid flat and sorted by key, so that a directory comes before what is in it. The root
//! has no indices, cannot be removed, and is left out.
inline std::vector<Node> flattened(std::optional<Node> listing, WatchScope const& scope)
{
    auto flat = std::vector<Node>{};
    auto const take = [&](auto const& self, Node node) -> void {
        auto below = std::exchange(node.nodes, {});
        if (node.key != "/") { flat.push_back(std::move(node)); }
        if (!scope.recursive) { return; }
        for (auto& each : below) { self(self, std::move(each)); }
    };
    if (listing) { take(take, *std::move(listing)); }
    std::ranges::sort(flat, {}, &Node::key);
    return flat;
}

//! The keys that the consumer holds, with the index of each: no values, so that a watch of a large
//! directory costs little. Who applies the same events to a map of his own has the same keys in it.
class WatchKnown {
public:
    //! Applies an event that concerns the scope. A write makes the directories above it, of which
    //! etcd sends no event; a removal takes all that is below it.
    void apply(Response const& event, WatchScope const& scope)
    {
        auto const& node = event.node;
        if (is_removal(event)) { return remove(node.key); }
        if (node.key != "/") {
            keys_.insert_or_assign(node.key, Known{node.modified_index, node.dir});
        }
        if (!scope.recursive) { return; }
        for (auto dir = above(node.key); dir.size() >= std::max<std::size_t>(scope.key.size(), 2);
            dir = above(dir)) {
            if (!keys_.try_emplace(std::string{dir}, Known{node.modified_index, true}).second) {
                break;
            }
        }
    }

    //! Takes the place of all that was known.
    void become(std::vector<Node> const& flat)
    {
        keys_.clear();
        for (auto const& node : flat) {
            keys_.emplace_hint(keys_.end(), node.key, Known{node.modified_index, node.dir});
        }
    }

    //! What leads from here to `flat`: first what is gone, the content of a directory before the
    //! directory, then what is new or different, a directory before its content. Where indices
    //! cannot be compared, everything there is counts as different.
    std::vector<Response> difference(std::vector<Node> flat, bool comparable) const
    {
        auto events = std::vector<Response>{};
        for (auto known = keys_.rbegin(); known != keys_.rend(); ++known) {
            if (!std::ranges::binary_search(flat, known->first, {}, &Node::key)) {
                events.push_back({.action = Action::resync,
                    .node = {.key = known->first, .dir = known->second.dir},
                    .prev_node = was(*known)});
            }
        }
        for (auto& node : flat) {
            auto const known = keys_.find(node.key);
            auto const held = known != keys_.end();
            if (held && comparable && known->second.modified == node.modified_index) { continue; }
            events.push_back({.action = Action::resync, .node = std::move(node)});
            if (held) { events.back().prev_node = was(*known); }
        }
        return events;
    }

    std::size_t size() const noexcept { return keys_.size(); }

private:
    struct Known {
        Index modified;
        bool dir;
    };

    using Keys = std::map<std::string, Known, std::less<>>;

    static Node was(Keys::value_type const& known)
    {
        return {
            .key = known.first, .dir = known.second.dir, .modified_index = known.second.modified};
    }

    //! The directory that holds `key`: "/app" of "/app/mode", and nothing of "/app".
    static std::string_view above(std::string_view key) noexcept
    {
        return key.substr(0, key.rfind('/'));
    }

    void remove(std::string const& key)
    {
        if (key == "/") { return keys_.clear(); }
        keys_.erase(key);
        auto const first = keys_.lower_bound(key + '/');
        auto const last = keys_.lower_bound(key + '0');  // the character behind '/'
        keys_.erase(first, last);
    }

    Keys keys_;
};

}  // namespace etcdpp::v2
