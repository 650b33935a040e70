// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Finds out who leads the cluster, and tells the selector.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/allegiance.hpp"
#include "etcdpp/discovery/census.hpp"
#include "etcdpp/discovery/sync_options.hpp"
#include "etcdpp/selector/concept.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace etcdpp {

namespace detail {

template <class Client>
void tell_leader(Client& client, std::optional<Endpoint> const& leader)
{
    auto& selector = client.policies().selector;
    if constexpr (follows_leader<std::remove_reference_t<decltype(selector)>>) {
        selector.leader(leader ? &*leader : nullptr);
    }
}

inline Error nobody_answers(Census census)
{
    return Error{Errc::exhausted,
        {.effect = Effect::none,
            .fault = Fault::member,
            .words = "no endpoint answered who leads",
            .attempts = std::move(census.failures)}};
}

inline Error nobody_leads(Census census)
{
    return Error{Errc::timed_out,
        {.effect = Effect::none,
            .fault = Fault::caller,
            .words = "none of the " + std::to_string(census.answers.size())
                + " members that answered says that it leads: an election goes on, or a quorum is "
                  "missing",
            .attempts = std::move(census.failures)}};
}

}  // namespace detail

//! Asks every endpoint who leads, and tells a selector that follows the leader, as LeaderFirst
//! does. Nobody is believed but the leader himself: of one that died, the others say until they
//! have elected the next, which takes them 1 to 2 s, that it leads. So, while nobody confirms it,
//! the selector hears that there is no leader, and all are asked again, up to the call's deadline:
//! Errc::timed_out. Errc::exhausted if no endpoint answers; DiscoveryErrc::mixed_clusters.
//!
//! The leader need not be among the client's endpoints, but only there can a selector follow it:
//! see `sync`.
template <class Client>
Result<Endpoint> find_leader(
    Client& client, SyncOptions const& options = {}, CallOptions const& call = {})
{
    constexpr auto pause = std::chrono::milliseconds{100};
    auto& world = client.policies().world;
    auto const terms = client.terms(detail::AskAllegiance{}, call);
    for (;;) {
        auto const known = client.endpoints();
        auto census = detail::take_census(client, {known.begin(), known.end()}, options, terms);
        if (!census) { return unexpected(std::move(census).error()); }
        if (census->answers.empty()) { return unexpected(detail::nobody_answers(*census)); }
        if (auto one = census->is_of_one_cluster(); !one) { return unexpected(one.error()); }
        auto const leader = census->leader();
        detail::tell_leader(client, leader);
        if (leader) { return *leader; }
        if (terms.by.remaining(world.now()) <= pause) {
            return unexpected(detail::nobody_leads(*census));
        }
        world.sleep_for(pause, terms.stop);
    }
}

}  // namespace etcdpp
