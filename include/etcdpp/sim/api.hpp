// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a simulated member does with a request: the routes of etcd 3.4.23.

#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/api_auth.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/api_keys.hpp"
#include "etcdpp/sim/api_members.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/api_stats.hpp"
#include "etcdpp/sim/api_target.hpp"
#include "etcdpp/sim/replica.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace etcdpp::sim {

namespace detail {

//! What follows `prefix` if the path is that or lies below it.
inline bool leads_below(std::string_view path, std::string_view prefix, std::string_view& rest)
{
    if (!path.starts_with(prefix)) { return false; }
    rest = path.substr(prefix.size());
    return rest.empty() || rest.front() == '/';
}

inline Task read_only(http::Method method, http::Response reply)
{
    return method == http::Method::get ? std::move(reply) : method_not_allowed("GET");
}

}  // namespace detail

//! What a member does that is asked this. Reads of its own store count in its statistics.
//! `watchers` is how many watches it serves just now.
inline Task task_of(
    http::Request const& http, Replica& replica, Facts const& facts, std::size_t watchers)
{
    auto target = path_of(http);
    if (auto* const reply = std::get_if<http::Response>(&target)) { return std::move(*reply); }
    auto const path = std::string_view{std::get<std::string>(target)};
    auto rest = std::string_view{};
    if (detail::leads_below(path, "/v2/keys", rest)) {
        return in_cluster(keys_task(http, rest, replica, facts), facts);
    }
    if (detail::leads_below(path, "/v2/members", rest)) {
        rest.remove_prefix(rest.starts_with('/') ? 1 : 0);
        if (http.method == http::Method::head) { return method_not_allowed("GET,POST,DELETE,PUT"); }
        if (http.method != http::Method::get && !detail::is_root(http, replica.auth())) {
            return detail::no_credentials();
        }
        return in_cluster(members_task(http, rest, replica, facts), facts);
    }
    if (detail::leads_below(path, "/v2/auth", rest) && !rest.empty()) {
        return auth_task(http, rest, replica.auth(), facts);
    }
    auto const& roster = replica.roster();
    if (path == "/health") {
        return http.method == http::Method::get ? health_task(facts) : method_not_allowed("GET");
    }
    if (path == "/v2/machines") {
        auto const may = http.method == http::Method::get || http.method == http::Method::head;
        return may ? machines_reply(roster) : method_not_allowed("GET,HEAD");
    }
    if (path == "/version") { return detail::read_only(http.method, version_reply()); }
    if (path == "/v2/stats/store") {
        return detail::read_only(http.method, store_stats_reply(replica.store().stats(), watchers));
    }
    if (path == "/v2/stats/self") {
        return detail::read_only(http.method, self_stats_reply(roster, facts));
    }
    if (path == "/v2/stats/leader") {
        return detail::read_only(http.method, leader_stats_reply(roster, facts));
    }
    return text_reply(404, "404 page not found");
}

}  // namespace etcdpp::sim
