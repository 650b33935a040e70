// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What changes of users and roles do, and in which words etcd refuses them.

#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/api_json.hpp"
#include "etcdpp/sim/api_json_value.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/auth.hpp"
#include "etcdpp/sim/store_command.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace etcdpp::sim {

inline std::string role_text(std::string_view name, AuthRole const& role)
{
    auto const list = [](std::optional<Names> const& names) {
        return names ? json_strings(*names) : std::string{"null"};
    };
    return "{\"role\":" + json_string(name) + ",\"permissions\":{\"kv\":{\"read\":"
        + list(role.read) + ",\"write\":" + list(role.write) + "}}}";
}

inline std::string user_text(std::string_view name, AuthUser const& user)
{
    return "{\"user\":" + json_string(name)
        + ",\"roles\":" + (user.roles ? json_strings(*user.roles) : std::string{"null"}) + '}';
}

//! Carries out a change. etcd keeps users and roles as keys below `/2`: each that it writes is
//! handed to `write`, so that it takes an index.
class AuthChanges {
public:
    using Write = std::function<void(Command const&)>;

    AuthChanges(AuthState& state, Write write) : state_{&state}, write_{std::move(write)} {}

    http::Response apply(AuthChange const& change)
    {
        switch (change.kind) {
        case AuthChange::Kind::put_user: return put_user(change.name, change.body);
        case AuthChange::Kind::drop_user: return drop_user(change.name);
        case AuthChange::Kind::put_role: return put_role(change.name, change.body);
        case AuthChange::Kind::drop_role: return drop_role(change.name);
        case AuthChange::Kind::enable: return enable();
        case AuthChange::Kind::disable: break;
        }
        return disable();
    }

private:
    static http::Response refused(int status, std::string const& words)
    {
        return message_reply(status, "auth: " + words);
    }

    static http::Response done() { return json_reply(200, {}); }

    //! What etcd makes before its first change, if it is not there.
    void ensure()
    {
        for (auto const* const dir : {"/2", "/2/users", "/2/roles"}) {
            write_({.kind = Command::Kind::put, .path = dir, .dir = true, .prev_exist = false});
        }
        write_({.kind = Command::Kind::put, .path = "/2/enabled", .prev_exist = false});
    }

    void keep(std::string path, bool existed)
    {
        ensure();
        write_({.kind = Command::Kind::put, .path = std::move(path), .prev_exist = existed});
    }

    void drop(std::string path)
    {
        write_({.kind = Command::Kind::remove, .path = std::move(path)});
    }

    http::Response put_user(std::string const& name, JsonValue const& body)
    {
        auto const there = state_->users.find(name);
        auto const grant = body.texts("grant");
        auto const revoke = body.texts("revoke");
        auto const roles = body.texts("roles");
        if (!grant.empty() || !revoke.empty()) {
            if (!roles.empty()) {
                return message_reply(400, "User JSON contains both roles and grant/revoke");
            }
            return update_user(name, body.text("password"), grant, revoke);
        }
        if (roles.empty() && there != state_->users.end()) {
            return update_user(name, body.text("password"), {}, {});
        }
        if (body.text("password").empty()) {
            return refused(400, "Cannot create user " + name + " with an empty password");
        }
        if (there != state_->users.end()) {
            return refused(409, "User " + name + " already exists.");
        }
        auto user = AuthUser{.password = body.text("password")};
        if (!roles.empty()) { user.roles = roles; }
        if (name == "root" && !user.has("root")) {
            user.roles = user.roles.value_or(Names{});
            user.roles->emplace_back("root");
        }
        keep("/2/users/" + name, false);
        auto text = user_text(name, user) + '\n';
        state_->users.emplace(name, std::move(user));
        return json_reply(roles.empty() ? 201 : 200, std::move(text));
    }

    http::Response update_user(std::string const& name, std::string const& password,
        Names const& grant, Names const& revoke)
    {
        auto const there = state_->users.find(name);
        if (there == state_->users.end()) {
            return refused(404, "User " + name + " does not exist.");
        }
        auto roles = there->second.roles.value_or(Names{});
        for (auto const& role : grant) {
            if (std::ranges::find(roles, role) != roles.end()) {
                return refused(409, "Granting duplicate role " + role + " for user " + name);
            }
            roles.push_back(role);
        }
        for (auto const& role : revoke) {
            if (std::erase(roles, role) == 0) {
                return refused(409, "Revoking ungranted role " + role + " for user " + name);
            }
        }
        std::ranges::sort(roles);
        if (password.empty() && roles == there->second.roles) {
            return refused(400, "User not updated. Use grant/revoke/password to update the user.");
        }
        keep("/2/users/" + name, true);
        there->second.roles = std::move(roles);
        if (!password.empty()) { there->second.password = password; }
        return json_reply(200, user_text(name, there->second) + '\n');
    }

    http::Response drop_user(std::string const& name)
    {
        if (state_->enabled && name == "root") {
            return refused(403, "Cannot delete root user while auth is enabled.");
        }
        ensure();
        auto const there = state_->users.find(name);
        if (there == state_->users.end()) {
            return refused(404, "User " + name + " does not exist");
        }
        drop("/2/users/" + name);
        state_->users.erase(there);
        return done();
    }

    //! The patterns that a body has for `which`: permissions, grant or revoke.
    static AuthRole patterns(JsonValue const& body, std::string_view which)
    {
        auto const* const found = body.find(which);
        auto const* const kv = found != nullptr ? found->find("kv") : nullptr;
        auto const list = [kv](std::string_view name) -> std::optional<Names> {
            auto const* const names = kv != nullptr ? kv->find(name) : nullptr;
            auto const is_list = names != nullptr
                && std::holds_alternative<JsonValue::List>(names->value);
            return is_list ? std::optional{kv->texts(name)} : std::nullopt;
        };
        return {list("read"), list("write")};
    }

    static http::Response root_is_fixed(std::string const& name)
    {
        return refused(403, "Cannot modify role " + name + ": is root role.");
    }

    http::Response put_role(std::string const& name, JsonValue const& body)
    {
        auto const grant = patterns(body, "grant");
        auto const revoke = patterns(body, "revoke");
        auto role = patterns(body, "permissions");
        auto const there = state_->roles.find(name);
        if (grant.is_empty() && revoke.is_empty()) {
            if (name == "root") { return root_is_fixed(name); }
            if (there != state_->roles.end()) {
                return refused(409, "Role " + name + " already exists.");
            }
            keep("/2/roles/" + name, false);
            auto text = role_text(name, role) + '\n';
            state_->roles.emplace(name, std::move(role));
            return json_reply(201, std::move(text));
        }
        if (!role.is_empty()) {
            return message_reply(400, "Role JSON contains both permissions and grant/revoke");
        }
        if (name == "root") { return root_is_fixed(name); }
        if (there == state_->roles.end()) {
            return refused(404, "Role " + name + " does not exist.");
        }
        role = there->second;
        for (auto const& [to, from, word] :
            {std::tuple{&role.read, &grant.read, "read"}, {&role.write, &grant.write, "write"}}) {
            if (auto const twice = granted(*to, from->value_or(Names{}))) {
                return refused(
                    409, "Granting duplicate " + std::string{word} + " permission " + *twice);
            }
        }
        revoked(role.read, revoke.read);
        revoked(role.write, revoke.write);
        if (role == there->second) {
            return refused(400, "Role not updated. Use grant/revoke to update the role.");
        }
        keep("/2/roles/" + name, true);
        there->second = std::move(role);
        return json_reply(200, role_text(name, there->second) + '\n');
    }

    //! Adds patterns; the one that is there already, if one is.
    static std::optional<std::string> granted(std::optional<Names>& to, Names const& names)
    {
        auto all = to.value_or(Names{});
        for (auto const& name : names) {
            if (std::ranges::find(all, name) != all.end()) { return name; }
            all.push_back(name);
        }
        std::ranges::sort(all);
        to = std::move(all);
        return std::nullopt;
    }

    static void revoked(std::optional<Names>& from, std::optional<Names> const& names)
    {
        for (auto const& name : names.value_or(Names{})) { std::erase(*from, name); }
    }

    http::Response drop_role(std::string const& name)
    {
        if (name == "root") { return root_is_fixed(name); }
        ensure();
        auto const there = state_->roles.find(name);
        if (there == state_->roles.end()) {
            return refused(404, "Role " + name + " doesn't exist.");
        }
        drop("/2/roles/" + name);
        state_->roles.erase(there);
        return done();
    }

    http::Response enable()
    {
        if (state_->enabled) { return refused(409, "already enabled"); }
        if (!state_->users.contains("root")) {
            return refused(409, "No root user available, please create one");
        }
        if (state_->roles.try_emplace("guest", AuthState::everything()).second) {
            keep("/2/roles/guest", false);
        }
        return switch_to(true);
    }

    http::Response disable()
    {
        return state_->enabled ? switch_to(false) : refused(409, "already disabled");
    }

    http::Response switch_to(bool enabled)
    {
        keep("/2/enabled", true);
        state_->enabled = enabled;
        return done();
    }

    AuthState* state_;
    Write write_;
};

}  // namespace etcdpp::sim
