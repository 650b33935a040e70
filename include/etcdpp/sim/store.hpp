// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The v2 store of one simulated member, as a value: the same commands make the same store.

#include "etcdpp/core/index.hpp"
#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/sim/store_history.hpp"
#include "etcdpp/sim/store_lifetime.hpp"
#include "etcdpp/sim/store_path.hpp"
#include "etcdpp/sim/store_state.hpp"
#include "etcdpp/sim/store_stats.hpp"
#include "etcdpp/sim/store_tree.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! What etcd 3.4.23 does, which is not always what one would expect of it. Like etcd, it keeps more
//! than the clients' keys: members below `/0`, the keys below `/1`, users and roles below `/2`; all
//! share one index and one history. Time is told to it: `now` is the member's wall clock.
//!
//! Threads
//!   None: a value.
class Store {
public:
    Store()
    {
        for (auto const* const space : {"/0", "/1"}) { state_.tree.put(space, {.dir = true}); }
    }

    //! The index of the last change.
    Index index() const noexcept { return state_.index; }

    //! Carries out a write, or a read.
    Verdict apply(Command const& command, WallTime now)
    {
        auto verdict = carry_out(command, now);
        count(command, verdict);
        return verdict;
    }

    //! Removes what has expired by `cutoff`. Each removal is a change of its own.
    std::vector<Change> expire(WallTime cutoff, WallTime now)
    {
        auto changes = std::vector<Change>{};
        while (auto const path = state_.lifetimes.due(cutoff)) {
            ++state_.stats.expired;
            changes.push_back(state_.take_out(v2::Action::expire, *state_.tree.find(*path), now));
        }
        return changes;
    }

    //! Whether anything will expire.
    bool has_lifetimes() const noexcept { return !state_.lifetimes.empty(); }

    //! What a watch from that index on is told at once.
    History::Found scan(WatchedPath const& watched, Index from) const
    {
        return state_.history.scan(watched, from, state_.index);
    }

    StoreStats const& stats() const noexcept { return state_.stats; }

private:
    Verdict carry_out(Command const& command, WallTime now);
    Verdict get(Command const& command, WallTime now) const;
    Verdict create(Command const& command, std::string path, WallTime now);
    Verdict set(Command const& command, WallTime now);
    Verdict update(Command const& command, WallTime now);
    Verdict compare_and_swap(Command const& command, WallTime now);
    Verdict remove(Command const& command, WallTime now);
    Verdict compare_and_remove(Command const& command, WallTime now);

    v2::Node listed(Tree::Entry const& entry, bool recursive, WallTime now) const;
    void count(Command const& command, Verdict const& verdict);

    StoreState state_;
};

namespace detail {

//! `[wanted != found]` for each comparison that failed; empty if none did.
inline std::string mismatch(Command const& wanted, Inode const& found)
{
    auto words = std::string{};
    if (!wanted.prev_value.empty() && wanted.prev_value != found.value) {
        words += '[' + wanted.prev_value + " != " + found.value + ']';
    }
    if (wanted.prev_index != Index{} && wanted.prev_index != found.modified) {
        if (!words.empty()) { words += ' '; }
        words += '[' + std::to_string(static_cast<std::uint64_t>(wanted.prev_index))
            + " != " + std::to_string(static_cast<std::uint64_t>(found.modified)) + ']';
    }
    return words;
}

//! The name of the next in-order key: the index it takes, in twenty digits.
inline std::string in_order_name(Index index)
{
    auto digits = std::to_string(static_cast<std::uint64_t>(index));
    return std::string(20 - digits.size(), '0') + digits;
}

}  // namespace detail

inline Verdict Store::carry_out(Command const& command, WallTime now)
{
    switch (command.kind) {
    case Command::Kind::put:
        if (command.prev_exist == false) { return create(command, command.path, now); }
        if (command.compares()) { return compare_and_swap(command, now); }
        return command.prev_exist ? update(command, now) : set(command, now);
    case Command::Kind::post: {
        auto const name = detail::in_order_name(next(state_.index));
        return create(command, clean_path(command.path + '/' + name), now);
    }
    case Command::Kind::remove:
        return command.compares() ? compare_and_remove(command, now) : remove(command, now);
    case Command::Kind::read: break;
    }
    return get(command, now);
}

inline Verdict Store::get(Command const& command, WallTime now) const
{
    auto const* const entry = state_.tree.find(command.path);
    if (entry == nullptr) { return state_.tree.absence(command.path, state_.index); }
    auto event = StoreEvent{.node = shown(*entry, now), .index = state_.index};
    state_.tree.for_each_listed(command.path, [&](Tree::Entry const& child) {
        event.node.nodes.push_back(listed(child, command.recursive, now));
    });
    return Change{std::make_shared<StoreEvent const>(std::move(event))};
}

inline v2::Node Store::listed(Tree::Entry const& entry, bool recursive, WallTime now) const
{
    auto node = shown(entry, now);
    if (recursive && node.dir) {
        state_.tree.for_each_listed(entry.first,
            [&](Tree::Entry const& child) { node.nodes.push_back(listed(child, true, now)); });
    }
    return node;
}

inline Verdict Store::create(Command const& command, std::string path, WallTime now)
{
    return state_.plant({.action = v2::Action::create,
                            .path = std::move(path),
                            .value = command.value,
                            .dir = command.dir,
                            .expires = command.expiration},
        now);
}

inline Verdict Store::set(Command const& command, WallTime now)
{
    auto const* const entry = state_.tree.find(command.path);
    if (entry == nullptr) {
        auto absence = state_.tree.absence(command.path, state_.index);
        if (command.refresh || absence.code != v2::Errc::key_not_found) { return absence; }
    }
    return state_.plant(
        {.action = v2::Action::set,
            .path = command.path,
            .value = command.refresh ? entry->second.value : command.value,
            .dir = command.dir,
            .expires = command.expiration,
            .replaced = entry != nullptr ? std::optional{shown(*entry, now)} : std::nullopt,
            .is_refresh = command.refresh},
        now);
}

inline Verdict Store::update(Command const& command, WallTime now)
{
    if (state_.is_read_only(command.path)) { return state_.refuse(v2::Errc::root_read_only, "/"); }
    auto* const entry = state_.tree.find(command.path);
    if (entry == nullptr) { return state_.tree.absence(command.path, state_.index); }
    if (entry->second.dir && !command.value.empty()) {
        return state_.refuse(v2::Errc::not_file, command.path);
    }
    return state_.overwrite(v2::Action::update, command, *entry, now);
}

inline Verdict Store::compare_and_swap(Command const& command, WallTime now)
{
    if (state_.is_read_only(command.path)) { return state_.refuse(v2::Errc::root_read_only, "/"); }
    auto* const entry = state_.tree.find(command.path);
    if (entry == nullptr) { return state_.tree.absence(command.path, state_.index); }
    if (entry->second.dir) { return state_.refuse(v2::Errc::not_file, command.path); }
    if (auto const words = detail::mismatch(command, entry->second); !words.empty()) {
        return state_.refuse(v2::Errc::test_failed, words);
    }
    return state_.overwrite(v2::Action::compare_and_swap, command, *entry, now);
}

inline Verdict Store::remove(Command const& command, WallTime now)
{
    if (state_.is_read_only(command.path)) { return state_.refuse(v2::Errc::root_read_only, "/"); }
    auto const* const entry = state_.tree.find(command.path);
    if (entry == nullptr) { return state_.tree.absence(command.path, state_.index); }
    if (entry->second.dir && !command.dir && !command.recursive) {
        return state_.refuse(v2::Errc::not_file, command.path);
    }
    if (entry->second.dir && !command.recursive && !state_.tree.is_empty(command.path)) {
        return state_.refuse(v2::Errc::dir_not_empty, command.path);
    }
    return state_.take_out(v2::Action::remove, *entry, now);
}

inline Verdict Store::compare_and_remove(Command const& command, WallTime now)
{
    auto const* const entry = state_.tree.find(command.path);
    if (entry == nullptr) { return state_.tree.absence(command.path, state_.index); }
    if (entry->second.dir) { return state_.refuse(v2::Errc::not_file, command.path); }
    if (auto const words = detail::mismatch(command, entry->second); !words.empty()) {
        return state_.refuse(v2::Errc::test_failed, words);
    }
    return state_.take_out(v2::Action::compare_and_remove, *entry, now);
}

inline void Store::count(Command const& command, Verdict const& verdict)
{
    auto const* const refusal = std::get_if<Refusal>(&verdict);
    auto const code = refusal != nullptr ? std::optional{refusal->code} : std::nullopt;
    auto const missing = code == v2::Errc::key_not_found || code == v2::Errc::not_dir;
    auto const counts = !code || code == v2::Errc::root_read_only;  // sic
    auto& stats = state_.stats;
    switch (command.kind) {
    case Command::Kind::put:
        if (command.prev_exist == false) { break; }
        if (command.compares()) { return stats.swaps.count(counts); }
        return command.prev_exist ? stats.updates.count(!missing) : stats.sets.count(!code);
    case Command::Kind::post: break;
    case Command::Kind::remove:
        return command.compares() ? stats.compared_deletes.count(!missing)
                                  : stats.deletes.count(counts);
    case Command::Kind::read: return stats.gets.count(!code);
    }
    if (code == v2::Errc::not_dir) { stats.sets.count(false); }
    stats.creates.count(!code);
}

}  // namespace etcdpp::sim
