// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The two questions of a watch, as operations: all there is, and the next event.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/index.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/form.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_scope.hpp"
#include "etcdpp/v2/wire/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace etcdpp::v2 {

//! What stands within a scope at one index; etcd reads both under one lock.
struct Listing {
    std::optional<Node> node = {};  //!< empty: nothing stands there
    Index index = {};
    ClusterId cluster_id = {};
};

//! A request for all of a scope, with the query that `fill(http::Form&)` gives it.
template <class Fill>
Result<http::Request> request_for(WatchScope const& scope, Fill fill)
{
    auto request = key_request(http::Method::get, scope.key);
    if (request) {
        if (scope.recursive) { widen_to_tree(request->target); }
        auto query = http::Form::query(request->target);
        fill(query);
    }
    return request;
}

//! Reads a scope through raft, so that no member can answer from the past.
struct List {
    using Reply = Listing;

    WatchScope scope;

    Result<http::Request> encode() const
    {
        return request_for(scope, [&](http::Form& query) {
            query.add_if(scope.recursive, "recursive").add_if(true, "quorum");
        });
    }

    //! No key, or a file on the way to it, is an answer here: nothing stands there.
    Result<Listing> read(auto const& codec, http::Response const& response) const
    {
        auto reply = wire::read_keys(codec, response);
        if (reply) { return Listing{std::move(reply->node), reply->index, reply->cluster_id}; }
        auto const& error = reply.error();
        if (wire::is_from_etcd(response)
            && (error == make_error_code(Errc::key_not_found)
                || error == make_error_code(Errc::not_dir))) {
            return Listing{std::nullopt, wire::index_header(response), wire::cluster_id(response)};
        }
        return unexpected(std::move(reply).error());
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return true; }
};

//! Waits for the first event from an index on. Never with `stream=true`, which loses events, nor
//! with `quorum=true`, which does not wait (WIRE 0.8 and 0.9).
struct Poll {
    using Reply = Response;

    WatchScope scope;
    Index wait_index = {};

    Result<http::Request> encode() const
    {
        return request_for(scope, [&](http::Form& query) {
            query.add_if(true, "wait").add_if(scope.recursive, "recursive");
            query.add("waitIndex", static_cast<std::uint64_t>(wait_index));
        });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        auto event = wire::read_keys(codec, response);
        if (event && (event->action == Action::get || event->node.modified_index == Index{})) {
            return unexpected(wire::unreadable("the reply to a watch is no event", response));
        }
        return event;
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! The same poll from another index on, without encoding its key again. @pre `poll` encoded it
inline void poll_from(Index wait_index, http::Request& request)
{
    request.target.resize(request.target.rfind('=') + 1);
    request.target += std::to_string(static_cast<std::uint64_t>(wait_index));
}

}  // namespace etcdpp::v2
