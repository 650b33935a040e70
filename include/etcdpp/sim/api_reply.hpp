// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The shapes of a simulated member's replies: JSON, a refusal, a message, a line of text.

#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/api_json.hpp"
#include "etcdpp/sim/store_event.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::sim {

//! Ids go out in lower-case hexadecimal without leading zeros.
inline std::string hexadecimal(std::uint64_t id)
{
    char text[16];
    auto const end = std::to_chars(text, text + sizeof text, id, 16).ptr;
    return {text, end};
}

inline std::string decimal(std::uint64_t number)
{
    return std::to_string(number);
}

inline std::string decimal(Index index)
{
    return decimal(static_cast<std::uint64_t>(index));
}

inline http::Response json_reply(int status, std::string body)
{
    return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

//! What Go's http.Error sends.
inline http::Response text_reply(int status, std::string_view words)
{
    return {status,
        {{"Content-Type", "text/plain; charset=utf-8"}, {"X-Content-Type-Options", "nosniff"}},
        std::string{words} + '\n'};
}

//! `{"message":"..."}`: what members and users are refused with.
inline http::Response message_reply(int status, std::string_view words)
{
    return json_reply(status, "{\"message\":" + json_string(words) + '}');
}

inline http::Response method_not_allowed(std::string_view allowed)
{
    auto reply = text_reply(405, "Method Not Allowed");
    reply.headers.add("Allow", allowed);
    return reply;
}

constexpr int status_of(v2::Errc code) noexcept
{
    switch (code) {  // NOLINT(clang-diagnostic-switch-enum): 400 is the rule
    case v2::Errc::key_not_found: return 404;
    case v2::Errc::not_file:
    case v2::Errc::dir_not_empty: return 403;
    case v2::Errc::unauthorized: return 401;
    case v2::Errc::test_failed:
    case v2::Errc::node_exist: return 412;
    case v2::Errc::raft_internal: return 500;
    default: return 400;
    }
}

//! A key without the `/1` below which the store keeps it.
constexpr std::string_view clients_key(std::string_view path) noexcept
{
    return path.starts_with("/1") ? path.substr(2) : path;
}

//! `{"errorCode":100,"message":"Key not found","cause":"/foo","index":3}`
inline http::Response refusal_reply(Refusal const& refusal)
{
    auto const cause = clients_key(refusal.cause);
    auto body = "{\"errorCode\":" + std::to_string(static_cast<int>(refusal.code))
        + ",\"message\":" + json_string(message_of(refusal.code));
    if (!cause.empty()) { body.append(",\"cause\":").append(json_string(cause)); }
    body += ",\"index\":" + decimal(refusal.index) + "}\n";
    auto reply = json_reply(status_of(refusal.code), std::move(body));
    reply.headers.add("X-Etcd-Index", decimal(refusal.index));
    return reply;
}

}  // namespace etcdpp::sim
