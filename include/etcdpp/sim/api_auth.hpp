// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! `/v2/auth`, and who may do what.

#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/api_facts.hpp"
#include "etcdpp/sim/api_form.hpp"
#include "etcdpp/sim/api_json_value.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/auth.hpp"
#include "etcdpp/sim/auth_change.hpp"
#include "etcdpp/sim/replica.hpp"
#include "etcdpp/sim/store_path.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace etcdpp::sim {

namespace detail {

//! Padded standard base64; nothing if it is none.
inline std::optional<std::string> decoded_base64(std::string_view text)
{
    constexpr auto alphabet = std::string_view{
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};
    if (text.size() % 4 != 0) { return std::nullopt; }
    auto bytes = std::string{};
    auto bits = std::uint32_t{0};
    auto count = 0U;
    for (auto const c : text.substr(0, text.find('='))) {
        auto const value = alphabet.find(c);
        if (value == std::string_view::npos) { return std::nullopt; }
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xffU);
        }
    }
    return bytes;
}

//! Whose credentials a request brings; null if nobody's.
inline AuthUser const* sender(http::Request const& http, AuthState const& auth)
{
    auto const header = http.headers.find("Authorization").value_or("");
    auto const pair = header.starts_with("Basic ") ? decoded_base64(header.substr(6))
                                                   : std::nullopt;
    auto const colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) { return nullptr; }
    auto const both = std::string_view{*pair};
    return auth.who(both.substr(0, colon), both.substr(colon + 1));
}

inline bool is_root(http::Request const& http, AuthState const& auth)
{
    auto const* const user = sender(http, auth);
    return !auth.enabled || (user != nullptr && user->has("root"));
}

inline http::Response no_credentials()
{
    return message_reply(401, "Insufficient credentials");
}

inline std::string user_with_roles(
    std::string_view name, AuthUser const& user, AuthState const& auth)
{
    auto text = "{\"user\":" + json_string(name);
    auto separator = std::string_view{",\"roles\":["};
    for (auto const& each : user.roles.value_or(Names{})) {
        auto const role = auth.role(each);
        if (!role) { continue; }
        text.append(separator).append(role_text(each, *role));
        separator = ",";
    }
    return text + (separator == "," ? "]}" : "}");
}

inline http::Response users_reply(AuthState const& auth)
{
    auto text = std::string{};
    for (auto const& [name, user] : auth.users) {
        text.append(text.empty() ? "" : ",").append(user_with_roles(name, user, auth));
    }
    return json_reply(200, "{\"users\":" + (text.empty() ? "null" : '[' + text + ']') + "}\n");
}

inline http::Response roles_reply(AuthState const& auth)
{
    auto roles = auth.roles;
    roles.insert_or_assign("root", AuthState::everything());
    auto text = std::string{};
    for (auto const& [name, role] : roles) {
        text.append(text.empty() ? "" : ",").append(role_text(name, role));
    }
    return json_reply(200, "{\"roles\":[" + text + "]}\n");
}

inline http::Response user_reply(std::string const& name, AuthState const& auth)
{
    auto const there = auth.users.find(name);
    if (there == auth.users.end()) {
        return message_reply(404, "auth: User " + name + " does not exist.");
    }
    for (auto const& role : there->second.roles.value_or(Names{})) {
        if (!auth.role(role)) {
            return message_reply(404, "auth: Role " + role + " does not exist.");
        }
    }
    return json_reply(200, user_with_roles(name, there->second, auth) + '\n');
}

inline http::Response role_reply(std::string const& name, AuthState const& auth)
{
    auto const role = auth.role(name);
    return role ? json_reply(200, role_text(name, *role) + '\n')
                : message_reply(404, "auth: Role " + name + " does not exist.");
}

inline Submission auth_submission(AuthChange change)
{
    return {.proposal = std::move(change), .reply = [](Outcome const* outcome, Facts const& then) {
                auto reply = outcome == nullptr ? message_reply(500, "Internal Server Error")
                                                : std::get<http::Response>(outcome->answer);
                name_cluster(reply, then);
                return reply;
            }};
}

//! A user or a role: `kind` says which, by etcd's word for it.
inline Task one_task(
    http::Request const& http, bool is_user, std::string name, AuthState const& auth)
{
    if (http.method == http::Method::get) {
        return is_user ? user_reply(name, auth) : role_reply(name, auth);
    }
    using Kind = AuthChange::Kind;
    if (http.method == http::Method::del) {
        return auth_submission({is_user ? Kind::drop_user : Kind::drop_role, std::move(name)});
    }
    auto body = JsonReader::read(http.body);
    if (!body || !std::holds_alternative<JsonValue::Object>(body->value)) {
        return message_reply(400, "Invalid JSON in request body.");
    }
    if (body->text(is_user ? "user" : "role") != name) {
        return message_reply(400,
            std::string{is_user ? "User" : "Role"}
                + " JSON name does not match the name in the URL");
    }
    return auth_submission(
        {is_user ? Kind::put_user : Kind::put_role, std::move(name), *std::move(body)});
}

inline Task enable_task(http::Request const& http, AuthState const& auth, Facts const& facts)
{
    if (http.method == http::Method::get) {
        auto reply = json_reply(
            200, auth.enabled ? "{\"enabled\":true}\n" : "{\"enabled\":false}\n");
        name_cluster(reply, facts);
        return reply;
    }
    if (!is_root(http, auth)) { return no_credentials(); }
    return auth_submission(
        {http.method == http::Method::put ? AuthChange::Kind::enable : AuthChange::Kind::disable});
}

}  // namespace detail

//! Whether the sender may do that to a key. Without credentials the role `guest` counts.
inline bool may_access(http::Request const& http, Access access, AuthState const& auth)
{
    if (!auth.enabled) { return true; }
    if (!http.headers.find("Authorization")) {
        access.recursive = false;
        auto const guest = auth.role("guest");
        return guest && allows(*guest, access);
    }
    auto const* const user = detail::sender(http, auth);
    if (user == nullptr) { return false; }
    return std::ranges::any_of(user->roles.value_or(Names{}), [&](std::string const& name) {
        auto const role = auth.role(name);
        return name == "root" || (role && allows(*role, access));
    });
}

//! `rest` is what follows `/v2/auth` in the path.
inline Task auth_task(
    http::Request const& http, std::string_view rest, AuthState const& auth, Facts const& facts)
{
    auto const path = clean_path(rest);
    auto const is_change = http.method == http::Method::put || http.method == http::Method::del;
    auto const is_read = http.method == http::Method::get;
    auto const is_user = is_within(path, "/users") || path == "/users";
    if (rest == "/enable") {
        return is_read || is_change ? detail::enable_task(http, auth, facts)
                                    : Task{method_not_allowed("GET,PUT,DELETE")};
    }
    if (!is_user && path != "/roles" && !is_within(path, "/roles")) {
        return text_reply(404, "404 page not found");
    }
    if (path == "/users" || path == "/roles") {
        if (!is_read) { return method_not_allowed("GET"); }
        if (!detail::is_root(http, auth)) { return detail::no_credentials(); }
        return in_cluster(is_user ? detail::users_reply(auth) : detail::roles_reply(auth), facts);
    }
    auto name = path.substr(std::string_view{"/users/"}.size());
    if (name.find('/') != std::string::npos) { return message_reply(400, "Invalid path"); }
    if (!is_read && !is_change) { return method_not_allowed("GET,PUT,DELETE"); }
    if (!detail::is_root(http, auth)) { return detail::no_credentials(); }
    return in_cluster(detail::one_task(http, is_user, std::move(name), auth), facts);
}

}  // namespace etcdpp::sim
