// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The simulated store's nodes: a tree kept as one sorted map of paths.

#include "etcdpp/core/index.hpp"
#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/sim/store_path.hpp"

#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::sim {

//! What stands at a path. A directory has no value.
struct Inode {
    std::string value = {};
    bool dir = false;
    Index created = {};
    Index modified = {};
    std::optional<WallTime> expires = {};
};

//! Every path's parent is in it and is a directory, and so is the root. A directory's content
//! follows it in the map, so that a subtree is one range of it.
class Tree {
public:
    using Entry = std::pair<std::string const, Inode>;

    Entry const* find(std::string_view path) const
    {
        auto const there = nodes_.find(path);
        return there == nodes_.end() ? nullptr : &*there;
    }

    Entry* find(std::string_view path)
    {
        auto const there = nodes_.find(path);
        return there == nodes_.end() ? nullptr : &*there;
    }

    //! Why there is nothing at that path: the first ancestor that is missing or is a file.
    //! @pre there is nothing
    Refusal absence(std::string_view path, Index index) const
    {
        auto end = path.find('/', 1);
        while (end != std::string_view::npos) {
            auto const* const above = find(path.substr(0, end));
            if (above == nullptr) { break; }
            if (!above->second.dir) { return {v2::Errc::not_dir, above->first, index}; }
            end = path.find('/', end + 1);
        }
        return {v2::Errc::key_not_found, std::string{path.substr(0, end)}, index};
    }

    //! Makes the directories above a path. Answers with the file that is in the way, if one is.
    Entry const* make_parents(std::string_view path, Index index)
    {
        auto const dir = parent_of(path);
        if (auto const* const there = find(dir)) { return there->second.dir ? nullptr : there; }
        if (auto const* const obstacle = make_parents(dir, index)) { return obstacle; }
        put(std::string{dir}, {.dir = true, .created = index, .modified = index});
        return nullptr;
    }

    //! @pre the parent is a directory, and nothing is there
    Entry const& put(std::string path, Inode inode)
    {
        return *nodes_.emplace(std::move(path), std::move(inode)).first;
    }

    //! Takes out a node with all below it, deepest first.
    template <class Visit>
    void remove(std::string_view path, Visit&& visit)
    {
        auto const first = nodes_.find(path);
        auto last = std::next(first);
        while (last != nodes_.end() && is_within(last->first, path)) { ++last; }
        for (auto each = last; each != first;) { visit(std::as_const(*--each)); }
        nodes_.erase(first, last);
    }

    bool is_empty(std::string_view dir) const
    {
        auto const behind = nodes_.upper_bound(dir);
        return behind == nodes_.end() || !is_within(behind->first, dir);
    }

    //! The children of a directory that are not hidden, in byte order.
    template <class Visit>
    void for_each_listed(std::string_view dir, Visit&& visit) const
    {
        auto child = nodes_.upper_bound(dir);
        while (child != nodes_.end() && is_within(child->first, dir)) {
            if (!is_hidden(child->first)) { visit(*child); }
            child = behind(child);
        }
    }

private:
    using Nodes = std::map<std::string, Inode, PathOrder>;

    //! The first node that is not below this one.
    Nodes::const_iterator behind(Nodes::const_iterator node) const
    {
        auto next = std::next(node);
        if (next == nodes_.end() || !is_within(next->first, node->first)) { return next; }
        return nodes_.lower_bound(node->first + '\0');  // the least name that is no part of it
    }

    Nodes nodes_ = {{"/", Inode{.dir = true}}};
};

}  // namespace etcdpp::sim
