// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One simulated member as a process: it serves requests, waits for raft, and tells its watches.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/api.hpp"
#include "etcdpp/sim/api_event.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/conversation.hpp"
#include "etcdpp/sim/network.hpp"
#include "etcdpp/sim/proposal.hpp"
#include "etcdpp/sim/raft.hpp"
#include "etcdpp/sim/replica.hpp"
#include "etcdpp/sim/store_watchers.hpp"
#include "etcdpp/sim/timeline.hpp"
#include "etcdpp/sim/topology.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! An entry of the simulated raft, and who waits for it. A leader's first entry is an empty one.
struct Motion {
    Proposal proposal = {};
    Talk talk = {};  //!< null if no client asked for it
};

class Server {
public:
    //! What the servers of a cluster share. The references outlive them.
    struct Surroundings {
        Timeline& timeline;
        Topology const& topology;
        Network& network;
        Raft<Motion>& raft;
        std::function<Facts(std::size_t)> facts;

        //! Between carrying out and telling: what befalls a member there.
        std::function<void(std::size_t, Motion const&)> carried_out;
    };

    Server(std::size_t number, Surroundings& around) : number_{number}, around_{&around} {}

    Replica& replica() noexcept { return replica_; }
    Replica const& replica() const noexcept { return replica_; }

    //! A request is there. A member that is paused reads it when it goes on.
    void receive(Talk const& talk)
    {
        if (around_->topology.is_paused(number_)) {
            inbox_.push_back(talk);
        } else {
            serve(talk);
        }
    }

    //! The next entry that is agreed on.
    void apply(std::shared_ptr<Motion const> const& motion);

    //! The process ends: connections are reset, and what only it knew is gone.
    void die();

    //! It goes on after a pause: first it hears that it has waited for too long.
    void resume();

    //! The client has closed that connection.
    void hang_up(std::uint64_t talk)
    {
        watchers_.remove(talk);
        std::erase_if(watching_, [talk](Talk const& each) { return each->number == talk; });
    }

private:
    struct Pending {
        Talk talk = {};
        std::shared_ptr<Motion const> motion = {};
        std::function<http::Response(Outcome const*, Facts const&)> reply = {};
        Clock::time_point until = {};
    };

    void serve(Talk const& talk);
    void submit(Talk const& talk, Submission submission);
    void watch(Talk const& talk, Watch watch);
    void set_alarm();
    void give_up();
    void tell(Motion const& motion, Outcome const& outcome);
    void settle(std::size_t position, Outcome const* outcome);

    Facts facts() const { return around_->facts(number_); }

    std::size_t number_;
    Surroundings* around_;
    Replica replica_;
    Watchers watchers_;
    std::vector<Talk> watching_;
    std::vector<Pending> pending_;
    std::vector<Talk> inbox_;
    std::vector<std::function<void()>> unsaid_;  //!< it was paused right before
    Clock::time_point alarm_at_ = Clock::time_point::max();
};

inline void Server::serve(Talk const& talk)
{
    auto task = task_of(talk->request, replica_, facts(), watchers_.size());
    if (auto* const response = std::get_if<http::Response>(&task)) {
        around_->network.answer(talk, std::move(*response));
    } else if (auto* const submission = std::get_if<Submission>(&task)) {
        submit(talk, std::move(*submission));
    } else {
        watch(talk, std::get<Watch>(std::move(task)));
    }
}

inline void Server::submit(Talk const& talk, Submission submission)
{
    auto motion = std::make_shared<Motion const>(std::move(submission.proposal), talk);
    auto const until = around_->timeline.now() + submission.patience;
    pending_.push_back({talk, motion, std::move(submission.reply), until});
    set_alarm();
    around_->raft.propose(number_, std::move(motion));
}

//! One alarm, for the request that has waited longest: nearly all are settled before.
inline void Server::set_alarm()
{
    auto const first = std::ranges::min_element(pending_, {}, &Pending::until);
    if (first == pending_.end() || alarm_at_ <= first->until) { return; }
    alarm_at_ = first->until;
    around_->timeline.at(alarm_at_, [this, at = alarm_at_] {
        if (alarm_at_ != at) { return; }
        alarm_at_ = Clock::time_point::max();
        if (!around_->topology.is_paused(number_)) { give_up(); }
    });
}

inline void Server::give_up()
{
    for (auto i = std::size_t{0}; i < pending_.size();) {
        if (pending_[i].until > around_->timeline.now()) {
            ++i;
        } else {
            around_->raft.withdraw(number_, pending_[i].motion);
            settle(i, nullptr);
        }
    }
    set_alarm();
}

inline void Server::settle(std::size_t position, Outcome const* outcome)
{
    auto const pending = std::move(pending_[position]);
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(position));
    around_->network.answer(pending.talk, pending.reply(outcome, facts()));
}

inline void Server::watch(Talk const& talk, Watch watch)
{
    auto& network = around_->network;
    auto const found = replica_.store().scan(watch.watched, watch.from);
    if (auto const* const refusal = std::get_if<Refusal>(&found)) {
        auto reply = refusal_reply(*refusal);
        name_cluster(reply, facts());
        return network.answer(talk, std::move(reply));
    }
    network.begin(talk, std::move(watch.head));
    if (auto const& event = std::get<0>(found)) {
        network.tell(talk, event_text(*event), !watch.streams);
        return;  // a stream that began in the past tells no more: etcd 3.4, WIRE 0.8
    }
    watchers_.add({talk->number, std::move(watch.watched), watch.from, watch.streams});
    watching_.push_back(talk);
}

inline void Server::apply(std::shared_ptr<Motion const> const& motion)
{
    auto outcome = replica_.apply(motion->proposal, facts().now);
    around_->carried_out(number_, *motion);
    if (around_->topology.is_paused(number_)) {
        unsaid_.emplace_back(
            [this, motion, outcome = std::move(outcome)] { tell(*motion, outcome); });
    } else if (around_->topology.is_alive(number_)) {
        tell(*motion, outcome);
    }
}

inline void Server::tell(Motion const& motion, Outcome const& outcome)
{
    for (auto const& change : outcome.changes) {
        if (watching_.empty()) { break; }
        watchers_.notify(change, [&](std::uint64_t id, bool ends) {
            auto const talk = std::ranges::find(watching_, id, &Conversation::number);
            around_->network.tell(*talk, event_text(*change.event), ends);
            if (ends) { watching_.erase(talk); }
        });
    }
    for (auto i = std::size_t{0}; motion.talk && i != pending_.size(); ++i) {
        if (pending_[i].motion.get() == &motion) { return settle(i, &outcome); }
    }
}

inline void Server::die()
{
    for (auto const& each : pending_) { around_->raft.withdraw(number_, each.motion); }
    for (auto const& each : pending_) {
        around_->network.lose(each.talk, "the connection was reset by the member");
    }
    for (auto const& each : watching_) {
        around_->network.lose(each, "the connection was closed in the middle of the reply");
    }
    for (auto const& each : inbox_) {
        around_->network.lose(each, "the connection was reset by the member");
    }
    pending_.clear();
    watching_.clear();
    inbox_.clear();
    unsaid_.clear();
    watchers_.clear();
}

inline void Server::resume()
{
    for (auto const& say : std::exchange(unsaid_, {})) { say(); }
    give_up();
    for (auto& talk : std::exchange(inbox_, {})) {
        around_->timeline.after(around_->network.hop(), [this, talk = std::move(talk)] {
            if (around_->topology.is_alive(number_) && !talk->is_settled) { receive(talk); }
        });
    }
}

}  // namespace etcdpp::sim
