// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a scripted or mocked member answers: replies as etcd 3.4 words them, and the ways of none.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/api_event.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::mocks {

//! The cluster that all replies here come from.
inline constexpr auto cluster_id = ClusterId{"3cb9"};

//! The reply that a client reads as `answer`. An index or a cluster that it leaves open is that of
//! its newest node, and `cluster_id`.
inline http::Response reply_of(v2::Response const& answer)
{
    auto const event = sim::StoreEvent{
        .action = answer.action, .node = answer.node, .prev_node = answer.prev_node};
    auto reply = sim::json_reply(event.has_created() ? 201 : 200, sim::event_text(event));
    reply.headers.add(
        "X-Etcd-Cluster-Id", answer.cluster_id.empty() ? cluster_id : answer.cluster_id);
    reply.headers.add(
        "X-Etcd-Index", sim::decimal(std::max(answer.index, answer.node.modified_index)));
    return reply;
}

namespace detail {

//! Of a node that was made at that index, and not changed since.
inline http::Response reply_of_new(
    v2::Action action, std::string key, std::string value, Index index)
{
    return reply_of({.action = action,
        .node = {.key = std::move(key),
            .value = std::move(value),
            .created_index = index,
            .modified_index = index}});
}

}  // namespace detail

//! A get finds this.
inline http::Response found(std::string key, std::string value, Index index = Index{1})
{
    return detail::reply_of_new(v2::Action::get, std::move(key), std::move(value), index);
}

//! A set wrote this, where nothing was.
inline http::Response stored(std::string key, std::string value, Index index = Index{1})
{
    return detail::reply_of_new(v2::Action::set, std::move(key), std::move(value), index);
}

//! etcd says no: status, words and all. `cause` is most often the key.
inline http::Response etcd_error(v2::Errc code, std::string cause = {}, Index index = Index{1})
{
    auto reply = sim::refusal_reply({.code = code, .cause = std::move(cause), .index = index});
    reply.headers.add("X-Etcd-Cluster-Id", cluster_id);
    return reply;
}

//! By the number that travels: `etcd_error(100)` is "Key not found".
inline http::Response etcd_error(int code, std::string cause = {}, Index index = Index{1})
{
    return etcd_error(static_cast<v2::Errc>(code), std::move(cause), index);
}

//! Nobody listens there: not a byte was sent.
inline Result<http::Response> refused()
{
    return unexpected(
        Error{Errc::unreachable, {.effect = Effect::none, .words = "connection refused"}});
}

//! The connection broke behind the request: whether it was carried out, nobody can say.
inline Result<http::Response> lost()
{
    return unexpected(Error{Errc::unreachable,
        {.effect = Effect::unknown,
            .words = "the connection was lost before the reply began: connection reset by peer"}});
}

//! The member hangs: no byte came within the silence bound, and it may act yet.
inline Result<http::Response> silent()
{
    return unexpected(Error{Errc::timed_out,
        {.effect = Effect::unknown,
            .words = "no bytes for 1000 ms while waiting for the reply's head"}});
}

}  // namespace etcdpp::mocks
