// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Nodes and events as the JSON of etcd 3.4.

#include "etcdpp/sim/api_json.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_event.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp::sim {

constexpr std::string_view spelling(v2::Action action) noexcept
{
    switch (action) {
    case v2::Action::get: return "get";
    case v2::Action::set: return "set";
    case v2::Action::create: return "create";
    case v2::Action::update: return "update";
    case v2::Action::remove: return "delete";
    case v2::Action::compare_and_swap: return "compareAndSwap";
    case v2::Action::compare_and_remove: return "compareAndDelete";
    case v2::Action::expire: return "expire";
    case v2::Action::resync: break;  // the client's own
    }
    return "";
}

//! `2026-11-21T12:00:25.13120768Z`: nanoseconds, without the zeros at their end.
inline std::string go_time(WallTime time)
{
    auto const day = std::chrono::floor<std::chrono::days>(time);
    auto const date = std::chrono::year_month_day{day};
    auto const clock = std::chrono::hh_mm_ss{time - day};
    auto text = std::string{};
    auto const append = [&text](std::int64_t number, std::size_t width, char behind) {
        auto digits = std::to_string(number);
        text.append(width - std::min(width, digits.size()), '0').append(digits) += behind;
    };
    append(int{date.year()}, 4, '-');
    append(unsigned{date.month()}, 2, '-');
    append(unsigned{date.day()}, 2, 'T');
    append(clock.hours().count(), 2, ':');
    append(clock.minutes().count(), 2, ':');
    append(clock.seconds().count(), 2, '.');
    append(std::chrono::nanoseconds{clock.subseconds()}.count(), 9, 'Z');
    auto const last = text.find_last_not_of('0', text.size() - 2);
    text.erase(text[last] == '.' ? last : last + 1);
    return text += 'Z';
}

//! What is zero or empty is left out, but for the value of a file.
inline void append_node(std::string& out, v2::Node const& node, bool has_value)
{
    auto separator = '{';
    auto const begin = [&](std::string_view name) {
        (out += separator).append("\"").append(name).append("\":");
        separator = ',';
    };
    auto const key = clients_key(node.key);
    if (!key.empty()) {
        begin("key");
        append_json_string(out, key);
    }
    if (has_value && !node.dir) {
        begin("value");
        append_json_string(out, node.value);
    }
    if (node.dir) {
        begin("dir");
        out += "true";
    }
    if (node.expiration) {
        begin("expiration");
        out.append("\"").append(go_time(*node.expiration)).append("\"");
    }
    if (node.ttl && node.ttl->count() != 0) {
        begin("ttl");
        out += std::to_string(node.ttl->count());
    }
    if (!node.nodes.empty()) {
        begin("nodes");
        auto before = '[';
        for (auto const& each : node.nodes) {
            out += before;
            append_node(out, each, true);
            before = ',';
        }
        out += ']';
    }
    if (node.modified_index != Index{}) {
        begin("modifiedIndex");
        out += decimal(node.modified_index);
    }
    if (node.created_index != Index{}) {
        begin("createdIndex");
        out += decimal(node.created_index);
    }
    out += '}';
}

//! One line. `names_only` leaves the nodes out.
inline std::string event_text(StoreEvent const& event, bool names_only = false)
{
    auto out = std::string{};
    out.reserve(256);
    out.append("{\"action\":\"").append(spelling(event.action)) += '"';
    if (!names_only) {
        out += ",\"node\":";
        append_node(out, event.node, !event.is_removal());
        if (event.prev_node) {
            out += ",\"prevNode\":";
            append_node(out, *event.prev_node, true);
        }
    }
    return out += "}\n";
}

}  // namespace etcdpp::sim
