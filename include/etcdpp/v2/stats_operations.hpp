// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be asked of a member's statistics, as values.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/statistics.hpp"
#include "etcdpp/v2/wire/admin_reply.hpp"
#include "etcdpp/v2/wire/stats_names.hpp"

#include <utility>

namespace etcdpp::v2 {

//! Asks the member in use about itself; `id` says which that was.
struct GetSelfStats {
    using Reply = SelfStats;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/stats/self"}; }

    static Result<SelfStats> read(auto const& codec, http::Response const& response)
    {
        auto const has_id = [](wire::SelfBody const& body) { return !body.id.empty(); };
        return wire::read_value<wire::SelfBody>(codec, response, has_id, {.names_cluster = false})
            .transform([](wire::SelfBody&& body) { return wire::publish(std::move(body)); });
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Asks the member in use about its store. It does not say which member it is.
struct GetStoreStats {
    using Reply = StoreStats;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/stats/store"}; }

    static Result<StoreStats> read(auto const& codec, http::Response const& response)
    {
        auto const counts = [](wire::StoreBody const& body) {
            return body.watchers_now.has_value();
        };
        return wire::read_value<wire::StoreBody>(codec, response, counts, {.names_cluster = false})
            .transform([](wire::StoreBody const& body) { return wire::publish(body); });
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Asks about the leader's ways to its followers, which only the leader knows: if the member in use
//! is not that, AdminErrc::not_leader. That is no fault of the member's, so the call does not go on
//! to another: to reach the leader, tell a LeaderFirst who it is.
struct GetLeaderStats {
    using Reply = LeaderStats;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/stats/leader"}; }

    static Result<LeaderStats> read(auto const& codec, http::Response const& response)
    {
        auto const has_leader = [](wire::LeaderBody const& body) { return !body.leader.empty(); };
        return wire::read_value<wire::LeaderBody>(codec, response, has_leader,
            {.forbidden = AdminErrc::not_leader, .names_cluster = false})
            .transform([](wire::LeaderBody&& body) { return wire::publish(std::move(body)); });
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

}  // namespace etcdpp::v2
