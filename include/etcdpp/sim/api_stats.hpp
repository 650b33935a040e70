// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! `/v2/stats`, `/version` and `/health`.

#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/api_event.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/replica.hpp"
#include "etcdpp/sim/store_stats.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::sim {

inline http::Response store_stats_reply(StoreStats const& stats, std::size_t watchers)
{
    auto body = std::string{"{"};
    auto const append = [&body](std::string_view name, Tally const& tally) {
        body.append("\"").append(name).append("Success\":").append(decimal(tally.success));
        body.append(",\"").append(name).append("Fail\":").append(decimal(tally.fail)) += ',';
    };
    append("gets", stats.gets);
    append("sets", stats.sets);
    append("delete", stats.deletes);
    append("update", stats.updates);
    append("create", stats.creates);
    append("compareAndSwap", stats.swaps);
    append("compareAndDelete", stats.compared_deletes);
    body += "\"expireCount\":" + decimal(stats.expired) + ",\"watchers\":" + decimal(watchers)
        + '}';
    return json_reply(200, std::move(body));
}

namespace detail {

//! As Go prints a duration: `1h2m3.5s`.
inline std::string go_duration(std::chrono::nanoseconds time)
{
    auto const hours = std::chrono::duration_cast<std::chrono::hours>(time);
    auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(time - hours);
    auto const nanoseconds = decimal(
        static_cast<std::uint64_t>((time - hours - minutes).count()) + 1'000'000'000'000U);
    auto seconds = nanoseconds.substr(1, 3) + '.' + nanoseconds.substr(4);
    seconds.erase(0, std::min(seconds.find_first_not_of('0'), std::size_t{2}));
    seconds.erase(seconds.find_last_not_of('0') + 1);
    if (seconds.ends_with('.')) { seconds.pop_back(); }
    auto text = std::string{};
    if (hours.count() != 0) { text += std::to_string(hours.count()) + 'h'; }
    if (!text.empty() || minutes.count() != 0) { text += std::to_string(minutes.count()) + 'm'; }
    return text + seconds + 's';
}

}  // namespace detail

//! The state is true here; etcd's may not be (WIRE 0.12). Messages between members are not counted.
inline http::Response self_stats_reply(Roster const& roster, Facts const& facts)
{
    auto const* const self = roster.find(facts.self);
    auto const leads = facts.leader == facts.self;
    auto const leader = facts.leader ? hexadecimal(*facts.leader) : std::string{"0"};
    auto body = "{\"name\":" + json_string(self != nullptr ? self->name : std::string{})
        + ",\"id\":\"" + hexadecimal(facts.self) + "\",\"state\":\""
        + (leads ? "StateLeader" : "StateFollower") + "\",\"startTime\":\"" + go_time(facts.started)
        + "\",\"leaderInfo\":{\"leader\":\"" + leader + "\",\"uptime\":\""
        + detail::go_duration(facts.now - facts.leader_since) + "\",\"startTime\":\""
        + go_time(facts.leader_since)
        + "\"},\"recvAppendRequestCnt\":0,\"sendAppendRequestCnt\":0}";
    return json_reply(200, std::move(body));
}

inline http::Response leader_stats_reply(Roster const& roster, Facts const& facts)
{
    if (facts.leader != facts.self) { return message_reply(403, "not current leader"); }
    auto body = "{\"leader\":\"" + hexadecimal(facts.self) + "\",\"followers\":{";
    auto separator = "";
    for (auto const& each : roster.members) {
        if (each.id == facts.self) { continue; }
        body += std::exchange(separator, ",")
            + ('"' + hexadecimal(each.id)
                + R"(":{"latency":{"current":0,"average":0,"standardDeviation":0,"minimum":0,)"
                + R"("maximum":0},"counts":{"fail":0,"success":0}})");
    }
    return json_reply(200, body += "}}");
}

inline http::Response version_reply()
{
    return json_reply(200, R"({"etcdserver":"3.4.23","etcdcluster":"3.4.0"})");
}

//! A leader and a read through raft within a second, or else 503.
inline Task health_task(Facts const& facts)
{
    auto sick = text_reply(503, R"({"health":"false"})");
    if (!facts.leader) { return sick; }
    return Submission{.proposal = Command{.path = "/"},
        .patience = std::chrono::seconds{1},
        .reply = [sick](Outcome const* outcome, Facts const&) {
            return outcome == nullptr
                ? sick
                : http::Response{
                      200, {{"Content-Type", "text/plain; charset=utf-8"}}, R"({"health":"true"})"};
        }};
}

}  // namespace etcdpp::sim
