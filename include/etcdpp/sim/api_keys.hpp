// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! `/v2/keys`: from a request to what is to be done, and from what came of it to the reply.

#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/api_auth.hpp"
#include "etcdpp/sim/api_event.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/api_key_request.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/replica.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace etcdpp::sim {

namespace detail {

//! etcd lists a directory in the order of a Go map, which is random. This one is repeatable, and
//! never the one that a test would take for granted.
inline void put_out_of_order(v2::Node& dir, std::uint64_t salt)
{
    std::ranges::sort(
        dir.nodes, {}, [salt](v2::Node const& each) { return mixed(salt, each.key); });
    for (auto& each : dir.nodes) { put_out_of_order(each, salt); }
}

inline void add_position(http::Headers& headers, Index index, Facts const& facts)
{
    headers.add("X-Etcd-Index", decimal(index));
    headers.add("X-Raft-Index", decimal(facts.raft_index));
    headers.add("X-Raft-Term", decimal(facts.term));
}

inline http::Response key_reply(
    Verdict const& verdict, KeyRequest const& request, Facts const& facts)
{
    if (auto const* const refusal = std::get_if<Refusal>(&verdict)) {
        return refusal_reply(*refusal);
    }
    auto const& event = *std::get<Change>(verdict).event;
    auto reply = http::Response{.status = event.has_created() ? 201 : 200};
    reply.headers.add("Content-Type", "application/json");
    add_position(reply.headers, event.index, facts);
    auto const may_lack_nodes = event.action == v2::Action::set
        || event.action == v2::Action::create || event.action == v2::Action::update
        || event.action == v2::Action::compare_and_swap;
    if (event.node.nodes.size() > 1 && !request.command.sorted) {
        auto scattered = event;
        put_out_of_order(scattered.node, facts.salt);
        reply.body = event_text(scattered);
    } else {
        reply.body = event_text(event, request.no_value_on_success && may_lack_nodes);
    }
    return reply;
}

}  // namespace detail

//! What a member says that gave up waiting: the write may still be carried out.
inline http::Response timed_out_reply()
{
    return refusal_reply({v2::Errc::raft_internal, "etcdserver: request timed out"});
}

//! `key` is what follows `/v2/keys` in the clean path.
inline Task keys_task(
    http::Request const& http, std::string_view key, Replica& replica, Facts const& facts)
{
    auto read = read_key_request(http, key, facts.now);
    if (auto const* const refusal = std::get_if<Refusal>(&read)) { return refusal_reply(*refusal); }
    auto request = std::get<KeyRequest>(std::move(read));
    auto const& command = request.command;
    replica.store().apply(
        {.path = "/2/enabled"}, facts.now);  // etcd reads it each time, and counts
    auto const access = Access{key, command.kind != Command::Kind::read, command.recursive};
    if (!may_access(http, access, replica.auth())) {
        return refusal_reply({v2::Errc::unauthorized, "Insufficient credentials"});
    }
    auto const is_local = command.kind == Command::Kind::read
        && (!request.quorum || http.method == http::Method::head);
    if (!is_local) {
        auto proposal = Proposal{command};
        return Submission{.proposal = std::move(proposal),
            .reply = [request = std::move(request)](Outcome const* outcome, Facts const& then) {
                auto reply = outcome == nullptr
                    ? timed_out_reply()
                    : detail::key_reply(std::get<Verdict>(outcome->answer), request, then);
                name_cluster(reply, then);
                return reply;
            }};
    }
    if (!request.waits) {
        return detail::key_reply(replica.store().apply(command, facts.now), request, facts);
    }
    auto const index = replica.store().index();
    auto head = json_reply(200, {});
    detail::add_position(head.headers, index, facts);
    return Watch{.watched = {command.path, command.recursive},
        .from = request.wait_index == Index{} ? next(index) : request.wait_index,
        .streams = request.streams,
        .head = std::move(head)};
}

}  // namespace etcdpp::sim
