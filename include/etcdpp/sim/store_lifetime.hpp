// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! When nodes of the simulated store expire, and how the time they have left is shown.

#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_tree.hpp"
#include "etcdpp/v2/node.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace etcdpp::sim {

//! The paths that expire, soonest first.
class Lifetimes {
public:
    void add(Tree::Entry const& entry)
    {
        if (entry.second.expires) { due_.emplace(*entry.second.expires, entry.first); }
    }

    void remove(Tree::Entry const& entry)
    {
        if (entry.second.expires) { due_.erase({*entry.second.expires, entry.first}); }
    }

    //! The path that expires first, if it does so by `cutoff`.
    std::optional<std::string> due(WallTime cutoff) const
    {
        if (due_.empty() || due_.begin()->first > cutoff) { return std::nullopt; }
        return due_.begin()->second;
    }

    bool empty() const noexcept { return due_.empty(); }

private:
    std::set<std::pair<WallTime, std::string>> due_;
};

//! As etcd counts: full seconds, a begun one for a whole one; zero or less once it is overdue.
inline void show_lifetime(v2::Node& node, std::optional<WallTime> const& expires, WallTime now)
{
    if (!expires) { return; }
    auto const left = *expires - now;
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    node.ttl = left > seconds ? seconds + std::chrono::seconds{1} : seconds;
    node.expiration = expires;
}

//! A node as replies and events show it, without what is below it.
inline v2::Node shown(Tree::Entry const& entry, WallTime now)
{
    auto const& [path, inode] = entry;
    auto node = v2::Node{.key = path,
        .value = inode.value,
        .dir = inode.dir,
        .created_index = inode.created,
        .modified_index = inode.modified};
    show_lifetime(node, inode.expires, now);
    return node;
}

}  // namespace etcdpp::sim
