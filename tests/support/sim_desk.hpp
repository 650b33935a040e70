// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One simulated member without a network: what is proposed is agreed on at once.

#include "etcdpp/sim/api.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <variant>

namespace etcdpp::tests {

class SimDesk {
public:
    SimDesk()
    {
        auto const self = sim::RosterEntry{.id = facts.self,
            .name = "default",
            .peer_urls = {"http://127.0.0.1:2380"},
            .client_urls = {"http://127.0.0.1:2379"}};
        replica.apply(sim::RosterChange{sim::RosterChange::Kind::add, self}, facts.now);
        replica.apply(sim::RosterChange{sim::RosterChange::Kind::start, self}, facts.now);
        replica.apply(
            sim::Command{.kind = sim::Command::Kind::put, .path = "/0/version"}, facts.now);
    }

    //! The reply; of a watch, its head and the event that is there already.
    http::Response ask(http::Request const& request)
    {
        auto task = sim::task_of(request, replica, facts, 0);
        if (auto* const submission = std::get_if<sim::Submission>(&task)) {
            auto const outcome = replica.apply(submission->proposal, facts.now);
            ++facts.raft_index;
            return submission->reply(&outcome, facts);
        }
        if (auto* const watch = std::get_if<sim::Watch>(&task)) {
            auto const found = replica.store().scan(watch->watched, watch->from);
            if (auto const* const refusal = std::get_if<sim::Refusal>(&found)) {
                return sim::refusal_reply(*refusal);
            }
            if (auto const event = std::get<0>(found)) { watch->head.body = event_text(*event); }
            return watch->head;
        }
        return std::get<http::Response>(std::move(task));
    }

    http::Response get(std::string target) { return ask({.target = std::move(target)}); }

    http::Response send(http::Method method, std::string target, std::string form = {})
    {
        return ask({.method = method,
            .target = std::move(target),
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = std::move(form)});
    }

    http::Response put(std::string target, std::string form = {})
    {
        return send(http::Method::put, std::move(target), std::move(form));
    }

    sim::Replica replica;
    sim::Facts facts = {.cluster = 0x602f2b0bd975753b,
        .self = 0x80961833613b81b4,
        .leader = 0x80961833613b81b4,
        .term = 2,
        .raft_index = 4,
        .now = sim::WallTime{std::chrono::seconds{1'795'262'325}}
            + std::chrono::nanoseconds{131'207'680}};
};

}  // namespace etcdpp::tests
