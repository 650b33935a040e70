// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The members of a simulated cluster at work, and what befalls them.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/conversation.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/mishap.hpp"
#include "etcdpp/sim/network.hpp"
#include "etcdpp/sim/options.hpp"
#include "etcdpp/sim/raft.hpp"
#include "etcdpp/sim/roster.hpp"
#include "etcdpp/sim/server.hpp"
#include "etcdpp/sim/timeline.hpp"
#include "etcdpp/sim/topology.hpp"
#include "etcdpp/sim/trace.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! Members are numbered from 0, and serve clients where Options says.
class Fleet {
public:
    //! `clock` and `trace` must outlive it.
    Fleet(Options options, Dice dice, Timeline& clock, Trace& trace);

    Fleet(Fleet const&) = delete;
    Fleet& operator=(Fleet const&) = delete;

    Network& network() noexcept { return network_; }
    Raft<Motion> const& raft() const noexcept { return raft_; }
    Topology const& topology() const noexcept { return topology_; }
    Server& server(std::size_t member) { return servers_.at(member); }
    Server const& server(std::size_t member) const { return servers_.at(member); }
    std::vector<Endpoint> const& endpoints() const noexcept { return endpoints_; }

    //! Of whom a mishap names: the leader, the member asked, or one by number.
    Endpoint const& endpoint(std::size_t named, std::size_t asked) const
    {
        auto const member = resolved(named, asked).value_or(asked);
        return endpoints_[member < endpoints_.size() ? member : asked];
    }

    //! What the clock on that member's wall shows.
    WallTime wall(std::size_t member) const
    {
        return wall_ + (timeline_->now() - Timeline::beginning) + offsets_[member];
    }

    //! Something that befalls the cluster does so now; `asked` is whom a request was sent to.
    void befall(Mishap const& mishap, std::size_t asked = 0);

    //! No request up to that number harms a member any more.
    void forgive(std::uint64_t requests) noexcept { forgiven_ = requests; }

    //! What befalls a member when a request is there, before it is acted upon.
    void strike_before(Conversation const& talk)
    {
        strike(talk, Harm::kill_before, Harm::kill);
        strike(talk, Harm::pause_before, Harm::pause);
    }

private:
    static constexpr auto tick = Clock::duration{std::chrono::milliseconds{500}};

    void found(Dice dice);
    void carry_out(std::size_t member, RaftEntry<Motion> const& entry);
    void strike(Conversation const& talk, Harm armed, Harm harm);
    void strike_after(Motion const& motion, std::size_t member);
    void turned(std::size_t member, bool leads);
    void await_tick();
    Facts facts(std::size_t member) const;
    std::optional<std::size_t> resolved(std::size_t member, std::size_t asked) const;
    void kill(std::size_t member);
    void set_running(std::size_t member);
    void overflow_history();

    Options options_;
    Timeline* timeline_;
    Trace* trace_;
    WallTime wall_ = options_.wall;
    Topology topology_{options_.members};
    Network network_{*timeline_, topology_, *trace_, options_.hop};
    Raft<Motion> raft_;
    Server::Surroundings around_;
    std::deque<Server> servers_;
    std::vector<Endpoint> endpoints_;
    std::vector<std::uint64_t> ids_;
    std::vector<Clock::duration> offsets_;
    std::uint64_t forgiven_ = 0;
    std::uint64_t struck_ = 0;  //!< up to which entry mishaps of requests have struck
    Clock::time_point leader_since_ = Timeline::beginning;
    bool awaits_tick_ = false;
};

inline Fleet::Fleet(Options options, Dice dice, Timeline& clock, Trace& trace)
    : options_{std::move(options)}, timeline_{&clock}, trace_{&trace},
      raft_{options_.members, 2 * options_.members + 1, {options_.hop, options_.election},
          dice.fork("elections"), clock, topology_,
          {.apply = [this](std::size_t member, auto const& entry) { carry_out(member, entry); },
              .install =
                  [this](std::size_t to, std::size_t from) {
                      servers_[to].replica() = servers_[from].replica();
                  },
              .turn = [this](std::size_t member, bool leads) { turned(member, leads); }}},
      around_{clock, topology_, network_, raft_,
          [this](std::size_t member) { return facts(member); },
          [this](std::size_t member, Motion const& motion) { strike_after(motion, member); }},
      offsets_(options_.members)
{
    found(dice.fork("founder"));
}

//! As etcd makes a cluster: who belongs to it, a leader, names, a version. The first hops of that
//! are over when the simulation begins.
inline void Fleet::found(Dice dice)
{
    auto roster = std::vector<RosterEntry>{};
    for (auto i = std::size_t{0}; i != options_.members; ++i) {
        auto const name = "m" + std::to_string(i);
        auto const peer_urls = std::vector{"http://" + name + ":2380"};
        endpoints_.push_back(
            i < options_.endpoints.size() ? options_.endpoints[i] : Endpoint{.host = name});
        ids_.push_back(id_of(peer_urls));
        roster.push_back({ids_[i], name, peer_urls, {to_string(endpoints_[i])}});
        servers_.emplace_back(i, around_);
    }
    for (auto& server : servers_) {
        auto& replica = server.replica();
        for (auto const& member : roster) {
            auto const unnamed = RosterEntry{.id = member.id, .peer_urls = member.peer_urls};
            replica.apply(RosterChange{RosterChange::Kind::add, unnamed}, wall_);
        }
        for (auto const& member : roster) {
            replica.apply(RosterChange{RosterChange::Kind::start, member}, wall_);
        }
        replica.apply(Command{.kind = Command::Kind::put, .path = "/0/version"}, wall_);
    }
    auto const settled = Timeline::beginning + 5 * options_.hop;
    raft_.elect(dice.below(options_.members));
    while (timeline_->next_at() <= settled) { timeline_->step(); }
    timeline_->pass(settled);
}

inline void Fleet::carry_out(std::size_t member, RaftEntry<Motion> const& entry)
{
    if (entry.payload->talk && entry.index > struck_) {
        trace_->note(timeline_->now(), "carried out by", member, entry.payload->talk->number);
    }
    servers_[member].apply(entry.payload);
    struck_ = std::max(struck_, entry.index);
    if (servers_[member].replica().store().has_lifetimes()) { await_tick(); }
}

inline void Fleet::strike(Conversation const& talk, Harm armed, Harm harm)
{
    auto const* const mishap = talk.mishap(armed);
    if (mishap == nullptr || talk.number <= forgiven_) { return; }
    befall({.harm = harm, .member = mishap->member}, talk.member);
}

//! Where an entry is carried out for the first time, its request's mishaps strike.
inline void Fleet::strike_after(Motion const& motion, std::size_t member)
{
    if (!motion.talk || raft_.applied(member) <= struck_) { return; }
    struck_ = raft_.applied(member);
    strike(*motion.talk, Harm::kill_after, Harm::kill);
    strike(*motion.talk, Harm::pause_after, Harm::pause);
}

inline void Fleet::turned(std::size_t member, bool leads)
{
    trace_->note(timeline_->now(), leads ? "the leader is" : "the lead is lost by", member);
    if (leads) { leader_since_ = timeline_->now(); }
    await_tick();
}

//! The leader's clock goes through raft every 500 ms while anything expires.
inline void Fleet::await_tick()
{
    if (std::exchange(awaits_tick_, true)) { return; }
    auto const next = Timeline::beginning
        + ((timeline_->now() - Timeline::beginning) / tick + 1) * tick;
    timeline_->at(next, [this] {
        awaits_tick_ = false;
        auto const leads = raft_.acting_leader();
        auto const expires = [](Server const& each) {
            return each.replica().store().has_lifetimes();
        };
        if (leads && expires(servers_[*leads])) {
            raft_.propose(*leads, std::make_shared<Motion const>(Tick{wall(*leads)}));
        }
        if (std::ranges::any_of(servers_, expires)) { await_tick(); }
    });
}

inline Facts Fleet::facts(std::size_t member) const
{
    auto const leader = raft_.leader(member);
    return {.cluster = mixed(options_.seed, "cluster"),
        .self = ids_[member],
        .leader = leader ? std::optional{ids_[*leader]} : std::nullopt,
        .term = raft_.term(member),
        .raft_index = raft_.committed(member),
        .now = wall(member),
        .started = wall_,
        .leader_since = wall_ + (leader_since_ - Timeline::beginning),
        .connected = raft_.reach(member),
        .salt = mixed(options_.seed + member)};
}

inline std::optional<std::size_t> Fleet::resolved(std::size_t member, std::size_t asked) const
{
    if (member == the_leader) { return raft_.acting_leader(); }
    return member == the_asked ? asked : member;
}

inline void Fleet::befall(Mishap const& mishap, std::size_t asked)
{
    auto const found = resolved(mishap.member, asked);
    if (names_a_member(mishap.harm) && (!found || *found >= topology_.size())) { return; }
    auto const member = found.value_or(0);
    trace_->note(timeline_->now(), describe(mishap.harm),
        names_a_member(mishap.harm) ? member : Trace::nobody);
    switch (mishap.harm) {  // NOLINT(clang-diagnostic-switch-enum): the others are of requests
    case Harm::kill: kill(member); break;
    case Harm::restart:
    case Harm::resume: set_running(member); break;
    case Harm::pause:
        if (topology_.is_alive(member)) { topology_.pause(member); }
        break;
    case Harm::partition: topology_.partition(mishap.groups); break;
    case Harm::cut_off: topology_.cut_off(member); break;
    case Harm::heal:
        topology_.heal();
        for (auto i = std::size_t{0}; i != topology_.size(); ++i) { set_running(i); }
        break;
    case Harm::elect: raft_.elect(member); break;
    case Harm::lag:
        raft_.hold(member, true);
        timeline_->after(mishap.time, [this, member] { raft_.hold(member, false); });
        break;
    case Harm::jump_clock: offsets_[member] += mishap.time; break;
    case Harm::overflow_history: overflow_history(); break;
    default: break;
    }
    raft_.topology_changed();
}

inline void Fleet::kill(std::size_t member)
{
    topology_.kill(member);
    servers_[member].die();
}

//! Of a dead or a paused member; any other does anyway.
inline void Fleet::set_running(std::size_t member)
{
    auto const was_dead = !topology_.is_alive(member);
    auto const was_paused = topology_.is_paused(member);
    topology_.run(member);
    if (was_dead) { raft_.restarted(member); }
    if (was_paused) {
        servers_[member].resume();
        raft_.topology_changed();
    }
}

inline void Fleet::overflow_history()
{
    auto const leads = raft_.acting_leader();
    for (auto i = std::size_t{0}; leads && i != History::capacity; ++i) {
        raft_.propose(*leads,
            std::make_shared<Motion const>(
                Command{.kind = Command::Kind::put, .path = "/1/_overflow"}));
    }
}

}  // namespace etcdpp::sim
