// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! `/v2/members` and `/v2/machines`.

#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/api_json.hpp"
#include "etcdpp/sim/api_json_value.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/replica.hpp"
#include "etcdpp/sim/roster.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

inline std::string member_text(RosterEntry const& member)
{
    return "{\"id\":\"" + hexadecimal(member.id) + "\",\"name\":" + json_string(member.name)
        + ",\"peerURLs\":" + json_strings(member.peer_urls)
        + ",\"clientURLs\":" + json_strings(member.client_urls) + '}';
}

namespace detail {

inline http::Response members_reply(
    std::string_view which, Roster const& roster, Facts const& facts)
{
    if (which.empty()) {
        auto body = std::string{"{\"members\":["};
        for (auto const& each : roster.members) {
            body.append(each.id == roster.members.front().id ? "" : ",").append(member_text(each));
        }
        return json_reply(200, body += "]}\n");
    }
    if (which != "leader") { return message_reply(404, "Not found"); }
    auto const* const leader = facts.leader ? roster.find(*facts.leader) : nullptr;
    return leader == nullptr ? message_reply(503, "During election")
                             : json_reply(200, member_text(*leader) + '\n');
}

//! What is wrong with peer URLs, in the words of etcd's package types; empty if nothing is.
inline std::string complaint_about(std::vector<std::string> const& urls)
{
    if (urls.empty()) { return "no valid URLs given"; }
    for (auto const& url : urls) {
        auto const scheme = url.substr(0, std::min(url.find("://"), url.size()));
        if (scheme == url
            || (scheme != "http" && scheme != "https" && !scheme.starts_with("unix"))) {
            return "URL scheme must be http, https, unix, or unixs: " + url;
        }
        auto const host = std::string_view{url}.substr(scheme.size() + 3);
        auto const slash = host.find('/');
        if (host.substr(0, slash).find(':') == std::string_view::npos) {
            return "URL address does not have the form \"host:port\": " + url;
        }
        if (slash != std::string_view::npos) { return "URL must not contain a path: " + url; }
    }
    return {};
}

//! The peer URLs that a body brings, or the reply to a body that brings none.
inline std::variant<std::vector<std::string>, http::Response> peer_urls_of(
    http::Request const& http)
{
    auto const type = http.headers.find("Content-Type").value_or("");
    auto const plain = type.substr(0, type.find(';'));
    if (plain != "application/json") {
        return message_reply(
            415, "Bad Content-Type " + std::string{plain} + ", accept application/json");
    }
    auto const body = JsonReader::read(http.body);
    if (!body) { return message_reply(400, "unexpected end of JSON input"); }
    auto urls = body->texts("peerURLs");
    std::ranges::sort(urls);
    if (auto const words = complaint_about(urls); !words.empty()) {
        return message_reply(400, words);
    }
    return urls;
}

inline std::optional<std::uint64_t> id_in(std::string_view text)
{
    auto id = std::uint64_t{0};
    auto const* const end = text.data() + text.size();
    auto const [parsed_to, fault] = std::from_chars(text.data(), end, id, 16);
    return fault == std::errc{} && parsed_to == end ? std::optional{id} : std::nullopt;
}

inline Submission roster_submission(RosterChange change, bool tells_member)
{
    auto text = tells_member ? member_text(change.member) + '\n' : std::string{};
    return {.proposal = std::move(change),
        .reply = [text = std::move(text)](Outcome const* outcome, Facts const& then) {
            auto reply = outcome == nullptr ? message_reply(500, "Internal Server Error")
                                            : std::get<http::Response>(outcome->answer);
            if (reply.status == 204 && !text.empty()) { reply = json_reply(201, text); }
            name_cluster(reply, then);
            return reply;
        }};
}

//! etcd turns down at once what could cost the cluster its quorum.
inline bool may_add(Roster const& roster, Facts const& facts)
{
    auto const quorum = (roster.members.size() + 1) / 2 + 1;
    auto const started = roster.started();
    auto const is_first = started == 1 && roster.members.size() == 1;
    return (is_first || started >= quorum) && facts.connected == roster.members.size();
}

inline bool may_remove(Roster const& roster, std::uint64_t id, Facts const& facts)
{
    auto const* const member = roster.find(id);
    if (member == nullptr) { return true; }  // which is found out later
    auto const left = roster.members.size() - 1;
    auto const started = roster.started() - (member->has_started() ? 1 : 0);
    return left > 0 && started >= left / 2 + 1 && facts.connected >= 1 + left / 2;
}

}  // namespace detail

//! `which` is what follows `/v2/members/`. @pre the method is not HEAD
inline Task members_task(
    http::Request const& http, std::string_view which, Replica const& replica, Facts const& facts)
{
    auto const& roster = replica.roster();
    if (http.method == http::Method::get) { return detail::members_reply(which, roster, facts); }
    if (http.method == http::Method::post) {
        auto urls = detail::peer_urls_of(http);
        if (auto* const reply = std::get_if<http::Response>(&urls)) { return std::move(*reply); }
        auto member = RosterEntry{.peer_urls = std::get<0>(std::move(urls))};
        member.id = mixed(id_of(member.peer_urls) ^ facts.raft_index);
        if (!detail::may_add(roster, facts)) { return message_reply(500, "Internal Server Error"); }
        return detail::roster_submission({RosterChange::Kind::add, std::move(member)}, true);
    }
    if (which.empty()) { return text_reply(405, "Method Not Allowed"); }
    auto const id = detail::id_in(which);
    if (!id) { return message_reply(404, "No such member: " + std::string{which}); }
    if (http.method == http::Method::put) {
        auto urls = detail::peer_urls_of(http);
        if (auto* const reply = std::get_if<http::Response>(&urls)) { return std::move(*reply); }
        auto member = RosterEntry{.id = *id, .peer_urls = std::get<0>(std::move(urls))};
        return detail::roster_submission({RosterChange::Kind::update, std::move(member)}, false);
    }
    if (!detail::may_remove(roster, *id, facts)) {
        return message_reply(500, "Internal Server Error");
    }
    return detail::roster_submission({RosterChange::Kind::remove, RosterEntry{.id = *id}}, false);
}

inline http::Response machines_reply(Roster const& roster)
{
    auto urls = std::vector<std::string>{};
    for (auto const& each : roster.members) {
        urls.insert(urls.end(), each.client_urls.begin(), each.client_urls.end());
    }
    std::ranges::sort(urls);
    auto reply = http::Response{200, {{"Content-Type", "text/plain; charset=utf-8"}}};
    for (auto const& url : urls) { reply.body.append(reply.body.empty() ? "" : ", ").append(url); }
    return reply;
}

}  // namespace etcdpp::sim
