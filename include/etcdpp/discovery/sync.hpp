// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Makes a client know the members that the cluster has now.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/allegiance.hpp"
#include "etcdpp/discovery/census.hpp"
#include "etcdpp/discovery/errc.hpp"
#include "etcdpp/discovery/find_leader.hpp"
#include "etcdpp/discovery/listed_endpoints.hpp"
#include "etcdpp/discovery/sync_options.hpp"
#include "etcdpp/v2/member_operations.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp {

//! What a sync came to.
struct Synced {
    Endpoints endpoints = {};  //!< what the client knows now
    bool changed = false;      //!< whether it knew others before, whatever their order
    ClusterId cluster_id = {};
    std::optional<Endpoint> leader = {};     //!< empty during an election, and without a quorum
    std::vector<std::string> left_out = {};  //!< why some client URLs are not used, one by one
};

//! `cluster 3cb9: http://etcd-1:2379,http://etcd-2:2379, led by http://etcd-2:2379`.
inline std::ostream& operator<<(std::ostream& out, Synced const& synced)
{
    out << "cluster " << synced.cluster_id << ": " << synced.endpoints;
    if (synced.leader) {
        out << ", led by " << *synced.leader;
    } else {
        out << ", without a leader";
    }
    for (auto const& each : synced.left_out) { out << "; left out: " << each; }
    return out;
}

namespace detail {

inline bool same_members(Endpoints const& one, Endpoints const& other)
{
    return one.size() == other.size() && std::ranges::all_of(one, [&](Endpoint const& each) {
        return other.position_of(each).has_value();
    });
}

//! Why a list is not taken. It changed nothing, and later there may be another.
inline Unexpected not_taken(
    DiscoveryErrc why, std::string words, std::vector<FailedAttempt> attempts = {})
{
    return unexpected(Error{why,
        {.effect = Effect::none,
            .fault = Fault::member,
            .words = std::move(words),
            .attempts = std::move(attempts)}});
}

//! The endpoints of a list, unless nothing in it is of use.
inline Result<Endpoints> usable_endpoints(ListedEndpoints const& listed, std::size_t members)
{
    auto endpoints = Endpoints::of(listed.usable);
    if (endpoints) { return endpoints; }
    auto words = endpoints.error().words();  // too many
    if (listed.usable.empty()) {
        words = "of " + std::to_string(members) + " members none has a client URL that can be used";
        for (auto const& each : listed.unusable) { words.append("; ").append(each); }
    }
    return not_taken(DiscoveryErrc::no_endpoints, std::move(words));
}

inline Result<void> are_within_reach(Endpoints const& wanted, Census const& census)
{
    auto const answers = [&](Endpoint const& each) { return census.has_answer_of(each); };
    if (std::ranges::any_of(wanted, answers)) { return {}; }
    auto words = std::ostringstream{};
    words << "the members say that they serve clients at " << wanted
          << "; where they are reached from here, SyncOptions::rewrite can say";
    return not_taken(DiscoveryErrc::out_of_reach, words.str(), census.failures);
}

}  // namespace detail

//! Asks a member for the list, and then every endpoint, old and new, to which cluster it belongs
//! and who leads that. Gives the client the list, and the leader to a selector that follows it.
//!
//! What works is never replaced by what does not. After an error the client knows what it knew:
//!   - DiscoveryErrc::no_endpoints: nothing in the list can be used
//!   - DiscoveryErrc::out_of_reach: none of the members answers at what it advertises
//!   - DiscoveryErrc::mixed_clusters: the endpoints, old or new, are not of one cluster
//!   - what a call fails with, where the list could not be had
//!
//! A list of the same members changes nothing, so that Sticky stays where it is. A client that
//! knows https alone never comes to know http. May be called while other threads use the client; of
//! two who set its endpoints at once, the last one wins.
template <class Client>
Result<Synced> sync(Client& client, SyncOptions const& options = {}, CallOptions const& call = {})
{
    auto const terms = client.terms(detail::AskAllegiance{}, call);
    auto const members = client.run(v2::ListMembers{}, call);
    if (!members) { return unexpected(members.error()); }

    auto const known = client.endpoints();
    auto listed = detail::listed_endpoints(*members, options, known);
    auto const wanted = detail::usable_endpoints(listed, members->size());
    if (!wanted) { return unexpected(wanted.error()); }

    auto everybody = std::vector<Endpoint>{known.begin(), known.end()};
    for (auto const& each : *wanted) { detail::add_new(everybody, each); }
    auto const census = detail::take_census(client, everybody, options, terms);
    if (!census) { return unexpected(census.error()); }
    if (auto const one = census->is_of_one_cluster(); !one) { return unexpected(one.error()); }
    if (auto const reached = detail::are_within_reach(*wanted, *census); !reached) {
        return unexpected(reached.error());
    }

    auto const changed = !detail::same_members(known, *wanted);
    if (changed) { client.set_endpoints(*wanted); }
    auto const leader = census->leader();
    detail::tell_leader(client, leader);
    return Synced{.endpoints = changed ? *wanted : known,
        .changed = changed,
        .cluster_id = census->answers.front().allegiance.cluster_id,
        .leader = leader,
        .left_out = std::move(listed.unusable)};
}

}  // namespace etcdpp
