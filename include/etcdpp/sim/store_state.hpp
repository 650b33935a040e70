// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a simulated store consists of, and the three ways in which it changes.

#include "etcdpp/core/index.hpp"
#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/sim/store_history.hpp"
#include "etcdpp/sim/store_lifetime.hpp"
#include "etcdpp/sim/store_stats.hpp"
#include "etcdpp/sim/store_tree.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! Every change takes the next index, keeps `lifetimes` in line with `tree`, and is added to
//! `history`; which of them a command is, and what speaks against it, is for Store to say.
struct StoreState {
    Tree tree = {};
    Lifetimes lifetimes = {};
    History history = {};
    StoreStats stats = {};
    Index index = {};

    //! What a new node is, and what it takes the place of.
    struct Seed {
        v2::Action action = v2::Action::create;
        std::string path = {};
        std::string value = {};
        bool dir = false;
        std::optional<WallTime> expires = {};
        std::optional<v2::Node> replaced = {};
        bool is_refresh = false;
    };

    //! Puts a new node where nothing is, or a file that may be replaced; makes what directories it
    //! lacks.
    Verdict plant(Seed seed, WallTime now);

    //! Changes value and lifetime of a node that stays; a directory keeps its modified index,
    //! though the event tells of a new one.
    Change overwrite(v2::Action action, Command const& command, Tree::Entry& entry, WallTime now);

    //! Removes a node and all below it.
    Change take_out(v2::Action action, Tree::Entry const& entry, WallTime now);

    Refusal refuse(v2::Errc code, std::string_view cause) const
    {
        return {code, std::string{cause}, index};
    }

    static bool is_read_only(std::string_view path) noexcept
    {
        return path == "/" || path == "/0" || path == "/1";
    }

private:
    Change told(StoreEvent event, std::vector<std::string> removed = {})
    {
        auto shared = std::make_shared<StoreEvent const>(std::move(event));
        history.add(shared);
        return {std::move(shared), std::move(removed)};
    }
};

inline Verdict StoreState::plant(Seed seed, WallTime now)
{
    if (is_read_only(seed.path)) { return refuse(v2::Errc::root_read_only, "/"); }
    auto const at = next(index);
    if (auto const* const obstacle = tree.make_parents(seed.path, at)) {
        return refuse(v2::Errc::not_dir, obstacle->first);
    }
    if (auto const* const there = tree.find(seed.path)) {
        if (!seed.replaced) { return refuse(v2::Errc::node_exist, seed.path); }
        if (there->second.dir) { return refuse(v2::Errc::not_file, seed.path); }
        lifetimes.remove(*there);
        tree.remove(seed.path, [](Tree::Entry const&) {});
    }
    constexpr auto year_2000 = WallTime{std::chrono::seconds{946'684'800}};
    auto inode = Inode{.value = seed.dir ? std::string{} : std::move(seed.value),
        .dir = seed.dir,
        .created = at,
        .modified = at,
        .expires = seed.expires >= year_2000 ? seed.expires : std::nullopt};  // an overflow: never
    auto const& entry = tree.put(std::move(seed.path), std::move(inode));
    lifetimes.add(entry);
    index = at;
    return told({.action = seed.action,
        .node = shown(entry, now),
        .prev_node = std::move(seed.replaced),
        .index = at,
        .is_refresh = seed.is_refresh});
}

inline Change StoreState::overwrite(
    v2::Action action, Command const& command, Tree::Entry& entry, WallTime now)
{
    index = next(index);
    auto event = StoreEvent{.action = action,
        .prev_node = shown(entry, now),
        .index = index,
        .is_refresh = command.refresh};
    auto& inode = entry.second;
    if (!inode.dir) {
        if (!command.refresh) { inode.value = command.value; }
        inode.modified = index;
    }
    lifetimes.remove(entry);
    inode.expires = command.expiration;
    lifetimes.add(entry);
    event.node = shown(entry, now);
    event.node.modified_index = index;
    return told(std::move(event));
}

inline Change StoreState::take_out(v2::Action action, Tree::Entry const& entry, WallTime now)
{
    index = next(index);
    auto event = StoreEvent{.action = action,
        .node = {.key = entry.first,
            .dir = entry.second.dir,
            .created_index = entry.second.created,
            .modified_index = index},
        .prev_node = shown(entry, now),
        .index = index};
    auto removed = std::vector<std::string>{};
    tree.remove(event.node.key, [&](Tree::Entry const& each) {
        lifetimes.remove(each);
        removed.push_back(each.first);
    });
    return told(std::move(event), std::move(removed));
}

}  // namespace etcdpp::sim
