// SPDX-License-Identifier: BSL-1.0
#pragma once

// long because: one machine, whose replication and elections share their state

//! @file
//! How the simulated members agree: leaders, elections, and entries that a majority holds.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/raft_log.hpp"
#include "etcdpp/sim/timeline.hpp"
#include "etcdpp/sim/topology.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace etcdpp::sim {

struct RaftTimes {
    Clock::duration hop = std::chrono::microseconds{100};  //!< one message between two members
    Clock::duration election = std::chrono::seconds{1};    //!< to twice that, drawn anew each time
};

//! Logs, terms, votes and commits are raft's; messages are not. A round trip in which a leader
//! brings its log to all whom it reaches is one event, and heartbeats are none: who reaches its
//! leader has heard from it. As in etcd 3.4, a leader steps down that has not reached a majority
//! for an election timeout, there is no pre-vote, and who reaches a leader votes for nobody else.
template <class Payload>
class Raft {
public:
    using Entry = RaftEntry<Payload>;

    struct Hooks {
        //! A member carries out an entry.
        std::function<void(std::size_t member, Entry const& entry)> apply = {};

        //! A member fell so far behind that it takes over what another holds.
        std::function<void(std::size_t behind, std::size_t from)> install = {};

        //! A member has become leader, or ceased to be one.
        std::function<void(std::size_t member, bool leads)> turn = {};
    };

    //! Begins after the entries by which etcd makes a cluster, `first` to be applied next, without
    //! a leader. The references must outlive it.
    Raft(std::size_t members, std::uint64_t applied, RaftTimes times, Dice dice, Timeline& timeline,
        Topology& topology, Hooks hooks)
        : peers_(members, Peer{applied}), voters_{members}, times_{times}, dice_{dice},
          timeline_{&timeline}, topology_{&topology}, hooks_{std::move(hooks)}
    {
    }

    //! As far as that member knows.
    std::optional<std::size_t> leader(std::size_t member) const { return peers_.at(member).leader; }
    bool leads(std::size_t member) const { return peers_.at(member).leader == member; }
    std::uint64_t term(std::size_t member) const { return peers_.at(member).term; }
    std::uint64_t applied(std::size_t member) const { return peers_.at(member).applied; }
    std::uint64_t committed(std::size_t member) const { return peers_.at(member).known; }

    //! The leader that a majority follows, if there is one.
    std::optional<std::size_t> acting_leader() const
    {
        for (auto i = std::size_t{0}; i != peers_.size(); ++i) {
            if (leads(i) && reaches_majority(i)) { return i; }
        }
        return std::nullopt;
    }

    //! How many members that one reaches, itself included.
    std::size_t reach(std::size_t member) const
    {
        auto count = std::size_t{0};
        for (auto i = std::size_t{0}; i != peers_.size(); ++i) {
            count += i == member || topology_->are_linked(member, i) ? 1U : 0U;
        }
        return count;
    }

    //! Hands an entry to that member, who passes it on to its leader, or keeps it until it has one.
    void propose(std::size_t member, std::shared_ptr<Payload const> payload);

    //! The proposer no longer waits: what has not left it yet is not sent.
    void withdraw(std::size_t member, std::shared_ptr<Payload const> const& payload)
    {
        std::erase(peers_.at(member).held, payload);
    }

    //! To be told after each change of the topology.
    void topology_changed();

    //! A process began anew: what it kept in memory is gone, its log is not.
    void restarted(std::size_t member)
    {
        auto& peer = peers_.at(member);
        peer.leader.reset();
        peer.held.clear();
        peer.inbox.clear();
        topology_changed();
    }

    //! A member lags: it holds entries, and does not carry them out.
    void hold(std::size_t member, bool holds)
    {
        peers_.at(member).lags = holds;
        catch_up(member);
    }

    //! That member takes the lead at once, as after a transfer of the leadership, if it runs and a
    //! majority can vote for it.
    void elect(std::size_t member)
    {
        if (topology_->runs(member) && !leads(member)) { campaign(member, true); }
    }

    //! Members that were added and never started count, too.
    void set_voters(std::size_t voters) noexcept { voters_ = voters; }

private:
    struct Peer {
        explicit Peer(std::uint64_t begun) : log{begun, 1}, applied{begun}, known{begun} {}

        RaftLog<Payload> log;
        std::uint64_t term = 1;
        std::uint64_t applied;
        std::uint64_t known;  //!< up to where it knows that entries are committed
        std::optional<std::size_t> leader = {};
        bool waits = false;  //!< for its election timeout
        bool lags = false;
        std::vector<std::shared_ptr<Payload const>> held = {};   //!< until there is a leader
        std::vector<std::shared_ptr<Payload const>> inbox = {};  //!< of a leader that is paused
    };

    bool is_majority(std::size_t count) const noexcept { return 2 * count > voters_; }
    bool reaches_majority(std::size_t member) const
    {
        return topology_->runs(member) && is_majority(reach(member));
    }

    bool hears_its_leader(std::size_t member) const
    {
        auto const leader = peers_[member].leader;
        return leader && (*leader == member || topology_->are_linked(member, *leader))
            && leads(*leader) && peers_[*leader].term == peers_[member].term;
    }

    template <class Visit>
    void for_each_linked(std::size_t member, Visit&& visit)
    {
        for (auto i = std::size_t{0}; i != peers_.size(); ++i) {
            if (i != member && topology_->are_linked(member, i)) { visit(i, peers_[i]); }
        }
    }

    void append(std::size_t leader, std::shared_ptr<Payload const> payload);
    void begin_round(std::size_t leader);
    void end_round(std::size_t leader, std::uint64_t term);
    void commit(std::size_t leader);
    void catch_up(std::size_t member);
    void await_election(std::size_t member);
    void campaign(std::size_t member, bool is_transfer = false);
    void lead(std::size_t member);
    void step_down(std::size_t member, std::uint64_t term);
    void watch_quorum(std::size_t leader);
    void meet_newer_terms(std::size_t member);
    void compact(Peer& peer);

    std::vector<Peer> peers_;
    std::size_t voters_;
    RaftTimes times_;
    Dice dice_;
    Timeline* timeline_;
    Topology* topology_;
    Hooks hooks_;
};

template <class Payload>
void Raft<Payload>::propose(std::size_t member, std::shared_ptr<Payload const> payload)
{
    auto& peer = peers_.at(member);
    if (!peer.leader) { return peer.held.push_back(std::move(payload)); }
    auto const leader = *peer.leader;
    if (leader == member) { return append(member, std::move(payload)); }
    if (topology_->is_paused(leader)) { return peers_[leader].inbox.push_back(std::move(payload)); }
    if (!topology_->are_linked(member, leader)) { return; }  // lost, as etcd loses it
    timeline_->after(times_.hop, [this, leader, payload = std::move(payload)] {
        if (topology_->is_paused(leader)) { return peers_[leader].inbox.push_back(payload); }
        if (topology_->runs(leader) && peers_[leader].leader) { propose(leader, payload); }
    });
}

template <class Payload>
void Raft<Payload>::append(std::size_t leader, std::shared_ptr<Payload const> payload)
{
    auto& peer = peers_[leader];
    peer.log.append(peer.term, std::move(payload));
    begin_round(leader);
}

template <class Payload>
void Raft<Payload>::begin_round(std::size_t leader)
{
    if (voters_ == 1) { return end_round(leader, peers_[leader].term); }
    timeline_->after(
        2 * times_.hop, [this, leader, term = peers_[leader].term] { end_round(leader, term); });
}

//! All whom the leader reaches hold its log now, and it knows that they do.
template <class Payload>
void Raft<Payload>::end_round(std::size_t leader, std::uint64_t term)
{
    auto& head = peers_[leader];
    if (!topology_->runs(leader) || !leads(leader) || head.term != term) { return; }
    auto holders = std::size_t{1};
    for_each_linked(leader, [&](std::size_t member, Peer& peer) {
        if (peer.term > head.term) { return; }
        peer.term = head.term;
        peer.leader = leader;
        if (!peer.log.follow(head.log)) {
            hooks_.install(member, leader);
            peer.log = head.log;
            peer.applied = peer.known = head.applied;
        }
        ++holders;
        for (auto& payload : std::exchange(peer.held, {})) { propose(member, std::move(payload)); }
    });
    if (is_majority(holders)) { commit(leader); }
}

template <class Payload>
void Raft<Payload>::commit(std::size_t leader)
{
    auto& head = peers_[leader];
    head.known = head.log.last();
    catch_up(leader);
    if (peers_.size() == 1) { return; }
    timeline_->after(times_.hop, [this, leader, known = head.known] {
        if (!topology_->runs(leader)) { return; }
        for_each_linked(leader, [&](std::size_t member, Peer& peer) {
            if (peer.leader != leader) { return; }
            peer.known = std::max(peer.known, std::min(known, peer.log.last()));
            catch_up(member);
        });
    });
}

template <class Payload>
void Raft<Payload>::catch_up(std::size_t member)
{
    auto& peer = peers_[member];
    while (!peer.lags && topology_->runs(member) && peer.applied < peer.known) {
        auto const entry = peer.log.at(++peer.applied);
        hooks_.apply(member, entry);
    }
    compact(peer);
}

//! Keeps what etcd keeps for members that are behind.
template <class Payload>
void Raft<Payload>::compact(Peer& peer)
{
    constexpr auto kept = std::uint64_t{5000};
    if (peer.applied > peer.log.first() + 2 * kept) { peer.log.compact(peer.applied - kept); }
}

template <class Payload>
void Raft<Payload>::topology_changed()
{
    for (auto i = std::size_t{0}; i != peers_.size(); ++i) {
        if (!topology_->runs(i)) { continue; }
        meet_newer_terms(i);
        catch_up(i);
        for (auto& payload : std::exchange(peers_[i].inbox, {})) { propose(i, std::move(payload)); }
        if (leads(i)) {
            watch_quorum(i);
            begin_round(i);
        } else if (!hears_its_leader(i)) {
            await_election(i);
        }
    }
}

//! Who has led or voted in a later term makes a leader of an earlier one give up.
template <class Payload>
void Raft<Payload>::meet_newer_terms(std::size_t member)
{
    for_each_linked(member, [&](std::size_t other, Peer& peer) {
        if (peer.term <= peers_[member].term) { return; }
        step_down(member, peer.term);
        if (leads(other)) { peers_[member].leader = other; }
    });
}

template <class Payload>
void Raft<Payload>::watch_quorum(std::size_t leader)
{
    if (reaches_majority(leader)) { return; }
    timeline_->after(times_.election, [this, leader, term = peers_[leader].term] {
        if (!topology_->runs(leader) || !leads(leader) || peers_[leader].term != term) { return; }
        if (!reaches_majority(leader)) { step_down(leader, term); }
    });
}

template <class Payload>
void Raft<Payload>::step_down(std::size_t member, std::uint64_t term)
{
    auto& peer = peers_[member];
    auto const led = leads(member);
    peer.term = std::max(peer.term, term);
    peer.leader.reset();
    if (led) { hooks_.turn(member, false); }
    await_election(member);
    if (!led) { return; }
    for_each_linked(member, [&](std::size_t follower, Peer&) {
        if (!hears_its_leader(follower)) { await_election(follower); }
    });
}

template <class Payload>
void Raft<Payload>::await_election(std::size_t member)
{
    if (std::exchange(peers_[member].waits, true)) { return; }
    auto const random = Clock::duration{
        static_cast<Clock::rep>(dice_.below(static_cast<std::uint64_t>(times_.election.count())))};
    timeline_->after(times_.election + random, [this, member] {
        peers_[member].waits = false;
        if (!topology_->runs(member) || hears_its_leader(member)) { return; }
        peers_[member].leader.reset();
        campaign(member);
    });
}

template <class Payload>
void Raft<Payload>::campaign(std::size_t member, bool is_transfer)
{
    auto& candidate = peers_[member];
    candidate.leader.reset();
    ++candidate.term;
    auto votes = std::size_t{1};
    for_each_linked(member, [&](std::size_t voter, Peer& peer) {
        if (peer.term >= candidate.term) { return; }
        if (hears_its_leader(voter) && !is_transfer) { return; }
        step_down(voter, candidate.term);
        votes += peer.log.is_newer_than(candidate.log) ? 0U : 1U;
    });
    if (is_majority(votes)) { return lead(member); }
    await_election(member);
}

template <class Payload>
void Raft<Payload>::lead(std::size_t member)
{
    auto& peer = peers_[member];
    peer.leader = member;
    for_each_linked(member, [&](std::size_t, Peer& follower) {
        if (follower.term == peer.term) { follower.leader = member; }
    });
    hooks_.turn(member, true);
    append(member, std::make_shared<Payload const>());
    for (auto& payload : std::exchange(peer.held, {})) { append(member, std::move(payload)); }
    topology_changed();
}

}  // namespace etcdpp::sim
