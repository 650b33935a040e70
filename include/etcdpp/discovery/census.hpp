// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Asks every endpoint for its cluster and leader: what one of them says, another may contradict.

#include "etcdpp/call/drive.hpp"
#include "etcdpp/call/terms.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/allegiance.hpp"
#include "etcdpp/discovery/errc.hpp"
#include "etcdpp/discovery/listed_endpoints.hpp"
#include "etcdpp/discovery/sync_options.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/selector/concept.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace etcdpp::detail {

struct Census {
    struct Answer {
        Endpoint endpoint;
        Allegiance allegiance;
        bool leads = false;  //!< the leader that it names is to be asked right there
    };

    std::vector<Answer> answers = {};
    std::vector<FailedAttempt> failures = {};  //!< the endpoints that gave none, and why

    bool has_answer_of(Endpoint const& endpoint) const
    {
        return std::ranges::find(answers, endpoint, &Answer::endpoint) != answers.end();
    }

    //! DiscoveryErrc::mixed_clusters: which of them a call meets would be chance.
    Result<void> is_of_one_cluster() const
    {
        auto const is_another = [&](Answer const& each) {
            return each.allegiance.cluster_id != answers.front().allegiance.cluster_id;
        };
        if (std::ranges::none_of(answers, is_another)) { return {}; }
        auto words = std::ostringstream{};
        for (auto const& each : answers) {
            words << each.endpoint << " is of cluster " << each.allegiance.cluster_id << ", ";
        }
        words << "so name the endpoints of one of them alone";
        return unexpected(Error{DiscoveryErrc::mixed_clusters,
            {.effect = Effect::none, .fault = Fault::member, .words = words.str()}});
    }

    //! The member that says so itself: one that died is named by the others until they have elected
    //! the next. Should two say so, for one that is cut off believes it for a while (etcd: up to an
    //! election timeout), it is the one that more of them name.
    std::optional<Endpoint> leader() const
    {
        auto const votes = [&](Answer const& claim) {
            return std::ranges::count_if(answers, [&](Answer const& each) {
                auto const& named = each.allegiance.leader;
                return named && named->id == claim.allegiance.leader->id;
            });
        };
        auto const* elected = static_cast<Answer const*>(nullptr);
        for (auto const& each : answers) {
            if (!each.leads) { continue; }
            if (elected == nullptr || votes(each) > votes(*elected)) { elected = &each; }
        }
        return elected == nullptr ? std::nullopt : std::optional{elected->endpoint};
    }
};

//! For the one attempt at the one endpoint.
struct TheOnlyOne {
    static std::size_t pick(Pick const&) noexcept { return 0; }
    static void report(Report const&) noexcept {}
};

//! One attempt, without credentials: what a server lists need not be a member. The observer hears
//! of it, but the client's selector does not, for it would move there.
template <class Client>
Result<Allegiance> ask_allegiance(Client& client, Endpoint const& endpoint, Terms const& terms)
{
    auto const policies = client.policies();
    auto selector = TheOnlyOne{};
    auto const retry = Never{};
    return drive(AskAllegiance{}, *AskAllegiance::encode(), *Endpoints::of({endpoint}), terms,
        Policies{policies.transport, selector, retry, policies.codec, policies.world});
}

inline FailedAttempt failed_attempt(Endpoint const& at, Error const& error, Clock::duration after)
{
    if (!error.attempts().empty()) { return error.attempts().back(); }
    return {.endpoint = at,
        .code = error.code(),
        .effect = Effect::none,
        .words = error.words(),
        .after = after};
}

//! For a list that names no endpoint twice.
inline void add_new(std::vector<Endpoint>& list, Endpoint const& endpoint)
{
    if (std::ranges::find(list, endpoint) == list.end()) { list.push_back(endpoint); }
}

//! Asks these endpoints, one after the other, and then those of the leaders whom they name. Its own
//! errors are the caller's: stopped, or out of time.
template <class Client>
Result<Census> take_census(
    Client& client, std::vector<Endpoint> endpoints, SyncOptions const& options, Terms const& terms)
{
    constexpr auto max_asked = 2 * Endpoints::max_size;  // whatever strangers name
    auto const known = client.endpoints();
    auto census = Census{};
    for (auto i = std::size_t{0}; i != endpoints.size() && i != max_asked; ++i) {
        auto const endpoint = endpoints[i];
        auto allegiance = ask_allegiance(client, endpoint, terms);
        if (!allegiance) {
            auto const& error = allegiance.error();
            if (error.fault() == Fault::caller) { return unexpected(error); }
            auto const after = client.policies().world.now() - terms.began;
            census.failures.push_back(failed_attempt(endpoint, error, after));
            continue;
        }
        auto leads = false;
        if (allegiance->leader) {
            for (auto const& each :
                listed_endpoints({*allegiance->leader}, options, known).usable) {
                leads = leads || each == endpoint;
                add_new(endpoints, each);
            }
        }
        census.answers.push_back({endpoint, *std::move(allegiance), leads});
    }
    return census;
}

}  // namespace etcdpp::detail
