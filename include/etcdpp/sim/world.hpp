// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The simulation as a whole: requests on their way to the members, and what they meet there.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/sim/conversation.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/fleet.hpp"
#include "etcdpp/sim/options.hpp"
#include "etcdpp/sim/schedule.hpp"
#include "etcdpp/sim/stage.hpp"
#include "etcdpp/sim/timeline.hpp"
#include "etcdpp/sim/trace.hpp"
#include "etcdpp/transport/concept.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace etcdpp::sim {

//! Owned jointly by a Cluster and by what it handed out.
//!
//! Threads
//!   Who calls must have the turn: `auto const turn = world.turn();`
class World {
public:
    //! What a test does itself; it is handed the request, or an empty one at a time.
    using Act = std::function<void(http::Request const&)>;

    explicit World(Options options) : options_{std::move(options)} {}

    World(World const&) = delete;
    World& operator=(World const&) = delete;

    Stage& stage() noexcept { return stage_; }
    Stage::Turn turn() { return Stage::Turn{stage_}; }

    Options const& options() const noexcept { return options_; }
    Clock::time_point now() const noexcept { return timeline_.now(); }
    Trace const& trace() const noexcept { return trace_; }
    Fleet& fleet() noexcept { return fleet_; }
    Fleet const& fleet() const noexcept { return fleet_; }

    //! A request that is on its way. Takes the time of a connection that fails.
    Result<Talk> open(Endpoint const& to, http::Request const& request, Limits const& limits);

    //! A request whose connection is made, by a socket for instance. What befalls a connection
    //! that is yet to be made (Harm::refuse, Harm::hang_in_connect) does not befall it.
    Talk accept(std::size_t member, http::Request const& request);

    //! The client cares no more.
    void close(Talk const& talk);

    //! Something goes wrong from now on, each time its trigger says so; or else `act` is called.
    void arm(Rule rule, Act act = {});

    //! What was armed for requests strikes none any more, also if its time has yet to come; what
    //! befell one that is under way harms no member.
    void disarm() noexcept
    {
        armed_.clear();
        ++disarmed_;
        fleet_.forgive(requests_);
    }

    // Time, for who keeps it himself and has no actors: whoever waits on the stage needs neither.

    //! When something happens next; `Clock::time_point::max()` if nothing will.
    Clock::time_point next_at() const noexcept { return timeline_.next_at(); }

    //! What is planned until then happens, and it is then.
    void run_until(Clock::time_point until)
    {
        while (timeline_.next_at() <= until) { timeline_.step(); }
        timeline_.pass(until);
    }

private:
    struct Armed {
        Rule rule = {};
        Act act = {};
        std::uint64_t seen = 0;

        //! Whether it strikes a request that it counts.
        bool strikes() noexcept
        {
            ++seen;
            return seen >= rule.trigger.first && seen <= rule.trigger.last;
        }

        bool is_spent() const noexcept { return seen >= rule.trigger.last; }
    };

    Talk numbered(std::size_t member, http::Request const& request);
    Result<void> connect(Talk const& talk, bool is_there, Limits const& limits);
    void meet_rules(Conversation& talk, std::size_t member);
    void depart(Talk const& talk);
    void arrive(Talk const& talk);

    static Error unsent(Errc code, std::string words)
    {
        return Error{code, {.effect = Effect::none, .words = std::move(words)}};
    }

    static Error stopped(std::string words)
    {
        return Error{Errc::cancelled,
            {.effect = Effect::none, .fault = Fault::caller, .words = std::move(words)}};
    }

    Options options_;
    Dice dice_{mixed(options_.seed)};
    Timeline timeline_;
    Trace trace_;
    Fleet fleet_{options_, dice_.fork("members"), timeline_, trace_};
    std::deque<Armed> armed_;
    std::uint64_t disarmed_ = 0;  //!< how often
    std::uint64_t requests_ = 0;
    Stage stage_{timeline_, trace_, dice_.fork("clients"), options_.patience};
};

inline Result<Talk> World::open(
    Endpoint const& to, http::Request const& request, Limits const& limits)
{
    if (limits.stop.stop_requested()) { return unexpected(stopped("stopped before sending")); }
    if (limits.by.passed(now())) {
        return unexpected(unsent(Errc::timed_out, "the deadline passed before sending"));
    }
    auto const& endpoints = fleet_.endpoints();
    auto const there = std::ranges::find(endpoints, to);
    auto const is_there = there != endpoints.end();
    auto const member = static_cast<std::size_t>(there - endpoints.begin());
    auto talk = numbered(is_there ? member : 0, request);
    if (is_there) { meet_rules(*talk, member); }
    if (auto connected = connect(talk, is_there, limits); !connected) {
        return unexpected(std::move(connected).error());
    }
    depart(talk);
    return talk;
}

inline Talk World::accept(std::size_t member, http::Request const& request)
{
    auto talk = numbered(member, request);
    meet_rules(*talk, member);
    depart(talk);
    return talk;
}

inline Talk World::numbered(std::size_t member, http::Request const& request)
{
    auto talk = std::make_shared<Conversation>(++requests_, member, request);
    trace_.note(now(), name(request.method), member, talk->number, request.target);
    return talk;
}

inline void World::depart(Talk const& talk)
{
    talk->heard = now();
    auto const* const delayed = talk->mishap(Harm::delay_request);
    auto const way = options_.hop + (delayed != nullptr ? delayed->time : Clock::duration{});
    timeline_.after(way, [this, talk] { arrive(talk); });
}

//! What can happen before anything is sent.
inline Result<void> World::connect(Talk const& talk, bool is_there, Limits const& limits)
{
    auto const never = Predicate{[] { return false; }};
    auto const hangs = talk->mishap(Harm::hang_in_connect) != nullptr
        || (is_there && !fleet_.topology().is_reachable(talk->member));
    auto const refuses = !is_there || !fleet_.topology().is_alive(talk->member)
        || talk->mishap(Harm::refuse) != nullptr;
    if (!hangs && !refuses) { return {}; }
    auto const bound = earlier(limits.by, Deadline::after(now(), limits.connect));
    auto const refusal = Deadline::after(now(), 2 * options_.hop);
    auto const until = hangs ? bound : earlier(bound, refusal);
    if (stage_.wait(never, until, limits.stop) == Woken::stopped) {
        return unexpected(stopped("stopped while connecting"));
    }
    if (until < refusal || hangs) {
        return unexpected(unsent(Errc::timed_out, "no answer to the connection"));
    }
    trace_.note(now(), "refused by", talk->member, talk->number);
    return unexpected(unsent(Errc::unreachable, "the member refused the connection"));
}

inline void World::meet_rules(Conversation& talk, std::size_t member)
{
    for (auto i = std::size_t{0}; i != armed_.size(); ++i) {  // an act may add some
        auto& armed = armed_[i];
        auto const& mishap = armed.rule.mishap;
        if (!armed.rule.trigger.counts(talk.request, member) || !armed.strikes()) { continue; }
        if (armed.act) {
            auto const act = armed.act;  // which may disarm
            act(talk.request);
        } else if (is_of_the_cluster(mishap.harm)) {
            fleet_.befall(mishap, member);
        } else {
            talk.mishaps.push_back(mishap);
            trace_.note(now(), describe(mishap.harm), Trace::nobody, talk.number);
        }
    }
    std::erase_if(armed_, [](Armed const& each) { return each.is_spent(); });
}

inline void World::arrive(Talk const& talk)
{
    auto const member = talk->member;
    if (talk->mishap(Harm::lose_request) != nullptr || !fleet_.topology().is_reachable(member)) {
        return;
    }
    if (!fleet_.topology().is_alive(member) || talk->mishap(Harm::reset_request) != nullptr) {
        return fleet_.network().lose(talk, "the connection was reset by the member");
    }
    if (auto const* const other = talk->mishap(Harm::redirect)) {
        auto const& to = fleet_.endpoint(other->member, member);
        return fleet_.network().answer(
            talk, {307, {{"Location", to_string(to) + talk->request.target}}});
    }
    if (auto const* const other = talk->mishap(Harm::answer)) {
        return fleet_.network().answer(talk, other->response);
    }
    fleet_.strike_before(*talk);
    if (!fleet_.topology().is_alive(member)) {
        return fleet_.network().lose(talk, "the connection was reset by the member");
    }
    fleet_.server(member).receive(talk);
    if (talk->mishap(Harm::duplicate) != nullptr && fleet_.topology().is_alive(member)) {
        auto const copy = std::make_shared<Conversation>(++requests_, member, talk->request);
        copy->is_dropped = true;
        fleet_.server(member).receive(copy);
    }
}

inline void World::close(Talk const& talk)
{
    talk->is_dropped = true;
    if (talk->is_settled) { return; }
    timeline_.after(options_.hop, [this, member = talk->member, number = talk->number] {
        fleet_.server(member).hang_up(number);
    });
}

inline void World::arm(Rule rule, Act act)
{
    if (rule.trigger.kind != Trigger::Kind::time) {
        armed_.push_back({std::move(rule), std::move(act)});
        return;
    }
    auto const at = Timeline::beginning + rule.trigger.at;
    timeline_.at(at, [this, rule = std::move(rule), act = std::move(act), before = disarmed_] {
        if (act) { return act({}); }
        if (is_of_the_cluster(rule.mishap.harm)) { return fleet_.befall(rule.mishap); }
        if (disarmed_ == before) { armed_.push_back({{nth_request(1), rule.mishap}}); }
    });
}

}  // namespace etcdpp::sim
