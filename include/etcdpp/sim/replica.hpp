// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What the members of a simulated cluster hold in common, each at its own position.

#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/auth.hpp"
#include "etcdpp/sim/auth_change.hpp"
#include "etcdpp/sim/proposal.hpp"
#include "etcdpp/sim/roster.hpp"
#include "etcdpp/sim/store.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! Equal entries in equal order make equal replicas, but for the clocks that lifetimes are shown
//! by. Members are kept in the store, too, as etcd does, so that they take indices.
class Replica {
public:
    Store& store() noexcept { return store_; }
    Store const& store() const noexcept { return store_; }
    Roster const& roster() const noexcept { return roster_; }
    AuthState const& auth() const noexcept { return auth_; }

    //! `now` is the wall clock of the member whose replica this is.
    Outcome apply(Proposal const& proposal, WallTime now)
    {
        return std::visit([&](auto const& each) { return carry_out(each, now); }, proposal);
    }

private:
    static Outcome carry_out(Nothing, WallTime) { return {}; }

    Outcome carry_out(Command const& command, WallTime now)
    {
        auto outcome = Outcome{.answer = store_.apply(command, now)};
        auto const* const change = std::get_if<Change>(&std::get<Verdict>(outcome.answer));
        if (change != nullptr && change->event->action != v2::Action::get) {
            outcome.changes.push_back(*change);
        }
        return outcome;
    }

    Outcome carry_out(Tick const& tick, WallTime now)
    {
        return {.changes = store_.expire(tick.cutoff, now)};
    }

    Outcome carry_out(AuthChange const& change, WallTime now)
    {
        auto outcome = Outcome{};
        auto const write = [&](Command const& command) { this->write(command, now, outcome); };
        outcome.answer = AuthChanges{auth_, write}.apply(change);
        return outcome;
    }

    Outcome carry_out(RosterChange const& change, WallTime now);

    //! A key that nobody sees; it takes an index, and a place in the history.
    void write(Command const& command, WallTime now, Outcome& outcome)
    {
        auto verdict = store_.apply(command, now);
        if (auto* const done = std::get_if<Change>(&verdict)) {
            outcome.changes.push_back(std::move(*done));
        }
    }

    Store store_;
    Roster roster_;
    AuthState auth_;
};

// NOLINTNEXTLINE(readability-function-size): one case for each kind of command
inline Outcome Replica::carry_out(RosterChange const& change, WallTime now)
{
    auto outcome = Outcome{};
    auto const& member = change.member;
    auto const key = "/0/members/" + hexadecimal(member.id);
    auto const write = [&](Command const& command) { this->write(command, now, outcome); };
    auto const there = std::ranges::find(roster_.members, member.id, &RosterEntry::id);
    auto const is_there = there != roster_.members.end();
    if (roster_.was_removed(member.id)) {
        outcome.answer = change.kind == RosterChange::Kind::remove
            ? message_reply(410, "Member permanently removed: " + hexadecimal(member.id))
            : message_reply(500, "Internal Server Error");
        return outcome;
    }
    if (!is_there && change.kind != RosterChange::Kind::add) {
        outcome.answer = message_reply(404, "No such member: " + hexadecimal(member.id));
        return outcome;
    }
    if (change.kind == RosterChange::Kind::add && is_there) {
        outcome.answer = message_reply(409, "membership: ID exists");
        return outcome;
    }
    auto const brings_urls = change.kind == RosterChange::Kind::add
        || change.kind == RosterChange::Kind::update;
    if (brings_urls && roster_.knows(member.peer_urls, member.id)) {
        outcome.answer = message_reply(409, "membership: peerURL exists");
        return outcome;
    }
    outcome.answer = http::Response{.status = 204};
    switch (change.kind) {
    case RosterChange::Kind::add: {
        write({.kind = Command::Kind::put,
            .path = key + "/raftAttributes",
            .value = json_strings(member.peer_urls),
            .prev_exist = false});
        auto const behind = std::ranges::upper_bound(
            roster_.members, member.id, {}, &RosterEntry::id);
        roster_.members.insert(behind, member);
        break;
    }
    case RosterChange::Kind::update:
        write({.kind = Command::Kind::put,
            .path = key + "/raftAttributes",
            .value = json_strings(member.peer_urls),
            .prev_exist = true});
        there->peer_urls = member.peer_urls;
        break;
    case RosterChange::Kind::remove:
        write({.kind = Command::Kind::remove, .path = key, .recursive = true});
        write({.kind = Command::Kind::put,
            .path = "/0/removed_members/" + hexadecimal(member.id),
            .prev_exist = false});
        roster_.members.erase(there);
        roster_.removed.push_back(member.id);
        break;
    case RosterChange::Kind::start:
        write({.kind = Command::Kind::put,
            .path = key + "/attributes",
            .value = json_strings(member.client_urls)});
        there->name = member.name;
        there->client_urls = member.client_urls;
        break;
    }
    return outcome;
}

}  // namespace etcdpp::sim
