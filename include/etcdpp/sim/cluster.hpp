// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A cluster of etcd members in memory, deterministic, in virtual time, for tests.

#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/sim/environment.hpp"
#include "etcdpp/sim/options.hpp"
#include "etcdpp/sim/story.hpp"
#include "etcdpp/sim/transport.hpp"
#include "etcdpp/sim/trigger.hpp"
#include "etcdpp/sim/world.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <stop_token>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//!     auto cluster = sim::Cluster{3};
//!     auto client = Client{Config{
//!         .endpoints = cluster.endpoints(), .transport = cluster.transport()}};
//!     cluster.on(sim::nth_write(3)).leader_dies_after_apply();
//!
//! An ordinary client, which lives in the cluster's time: a sleep, a timeout or an election takes
//! no real time. The same seed repeats a run to the byte. Members are numbered from 0.
//!
//! Threads
//!   As Stage says: one thread runs at a time. A client's calls may come from any.
class Cluster {
public:
    explicit Cluster(Options const& options = {}) : world_{std::make_shared<World>(options)} {}

    explicit Cluster(std::size_t members) : Cluster{Options{.members = members}} {}

    Cluster(std::size_t members, std::uint64_t seed)
        : Cluster{Options{.members = members, .seed = seed}}
    {
    }

    Cluster(Cluster const&) = delete;
    Cluster& operator=(Cluster const&) = delete;

    //! Asks actors that still run to stop, and waits for them.
    ~Cluster() { world_->stage().end(); }

    // What a client is made of.

    Endpoints endpoints() const
    {
        auto list = std::vector<Endpoint>{};
        for (auto i = std::size_t{0}; i != size(); ++i) { list.push_back(endpoint(i)); }
        return Endpoints::of(std::move(list)).value();
    }

    Endpoint const& endpoint(std::size_t member) const
    {
        return world_->fleet().endpoints().at(member);
    }
    Transport transport() const { return Transport{world_}; }
    Environment environment() const { return Environment{world_}; }

    // What goes wrong, and when.

    Story on(Trigger trigger) { return {world_, std::move(trigger)}; }
    void arm(Schedule const& schedule)
    {
        auto const turn = world_->turn();
        for (auto const& rule : schedule) { world_->arm(rule); }
    }

    void kill(std::size_t member) { befall({Harm::kill, member}); }
    void restart(std::size_t member) { befall({Harm::restart, member}); }
    void pause(std::size_t member) { befall({Harm::pause, member}); }
    void resume(std::size_t member) { befall({Harm::resume, member}); }

    //! Members of one group reach each other and no other; clients reach all.
    void partition(std::vector<std::vector<std::size_t>> groups)
    {
        befall({.harm = Harm::partition, .groups = std::move(groups)});
    }

    //! Clients do not reach that member; the others do.
    void cut_off(std::size_t member) { befall({Harm::cut_off, member}); }

    //! All links are whole again, and all members run.
    void heal() { befall({Harm::heal}); }

    //! All is whole again, and what was to befall requests befalls none any more.
    void calm()
    {
        auto const turn = world_->turn();
        world_->disarm();
        heal();
    }

    void elect(std::size_t member) { befall({Harm::elect, member}); }
    void lag(std::size_t member, Clock::duration time) { befall({Harm::lag, member, time}); }
    void jump_clock(std::size_t member, Clock::duration by)
    {
        befall({Harm::jump_clock, member, by});
    }
    void overflow_history() { befall({Harm::overflow_history}); }

    // Time and actors.

    Clock::time_point now() const { return environment().now(); }
    void sleep_for(Clock::duration time) { environment().sleep_for(time, {}); }

    //! Another actor, a thread of its own that runs when all others wait: it begins when somebody
    //! waits next. `act` may take a std::stop_token, which tells it that the cluster ends.
    template <class Act>
    void spawn(std::string name, Act act)
    {
        if constexpr (std::is_invocable_v<Act&, std::stop_token>) {
            world_->stage().spawn(std::move(name), std::move(act));
        } else {
            world_->stage().spawn(
                std::move(name), [act = std::move(act)](std::stop_token const&) mutable { act(); });
        }
    }

    template <class Act>
        requires(std::is_invocable_v<Act&> || std::is_invocable_v<Act&, std::stop_token>)
    void spawn(Act act)
    {
        spawn("actor " + std::to_string(++actors_), std::move(act));
    }

    //! Waits until all actors are done. @throws what one of them has thrown
    void join() { world_->stage().join(); }

    // The truth, which no client can know.

    std::size_t size() const noexcept { return world_->options().members; }
    std::uint64_t seed() const noexcept { return world_->options().seed; }

    //! The leader that a majority follows, if there is one.
    std::optional<std::size_t> leader() const
    {
        auto const turn = world_->turn();
        return world_->fleet().raft().acting_leader();
    }

    //! The value that the member which has come furthest holds at `key`; nothing if there is no
    //! such file.
    std::optional<std::string> value(std::string_view key) const;

    //! What happened, for people; see Trace.
    Trace const& trace() const noexcept { return world_->trace(); }

    //! Equal for equal runs.
    std::uint64_t fingerprint() const noexcept { return trace().fingerprint(); }

    //! The seed and the trace, as a failed test shows them.
    friend std::ostream& operator<<(std::ostream& out, Cluster const& cluster)
    {
        return out << "ETCDPP_SEED=" << cluster.seed() << '\n' << cluster.trace();
    }

private:
    void befall(Mishap const& mishap)
    {
        auto const turn = world_->turn();
        world_->fleet().befall(mishap);
    }

    std::shared_ptr<World> world_;
    std::size_t actors_ = 0;
};

inline std::optional<std::string> Cluster::value(std::string_view key) const
{
    auto const turn = world_->turn();
    auto furthest = std::size_t{0};
    for (auto i = std::size_t{1}; i != size(); ++i) {
        if (world_->fleet().raft().applied(i) > world_->fleet().raft().applied(furthest)) {
            furthest = i;
        }
    }
    auto store = world_->fleet().server(furthest).replica().store();
    auto const verdict = store.apply(
        {.path = clean_path(std::string{"/1/"}.append(key))}, world_->fleet().wall(furthest));
    auto const* const change = std::get_if<Change>(&verdict);
    if (change == nullptr || change->event->node.dir) { return std::nullopt; }
    return change->event->node.value;
}

}  // namespace etcdpp::sim
