// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Users, roles and what they may: the v2 auth of the simulated members, as a value.

#include "etcdpp/sim/api_json_value.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::sim {

using Names = std::vector<std::string>;

struct AuthUser {
    std::string password = {};  //!< etcd keeps a hash of it, which takes 60 ms to check
    std::optional<Names> roles = {};

    bool has(std::string_view role) const
    {
        return roles && std::ranges::find(*roles, role) != roles->end();
    }
};

//! Patterns of keys; one that ends with `*` stands for all that begin so. Empty is not missing:
//! etcd writes `[]` for one and `null` for the other.
struct AuthRole {
    std::optional<Names> read = {};
    std::optional<Names> write = {};

    bool is_empty() const { return (!read || read->empty()) && (!write || write->empty()); }

    friend bool operator==(AuthRole const&, AuthRole const&) = default;
};

//! A change that is asked for: names stand in the URL, everything else in the body.
struct AuthChange {
    enum class Kind : std::uint8_t { put_user, drop_user, put_role, drop_role, enable, disable };

    Kind kind = Kind::enable;
    std::string name = {};
    JsonValue body = {};
};

struct AuthState {
    bool enabled = false;
    std::map<std::string, AuthUser, std::less<>> users = {};
    std::map<std::string, AuthRole, std::less<>> roles = {};  //!< but for root's, which is always

    static AuthRole everything() { return {Names{"/*"}, Names{"/*"}}; }

    std::optional<AuthRole> role(std::string_view name) const
    {
        if (name == "root") { return everything(); }
        auto const there = roles.find(name);
        return there == roles.end() ? std::nullopt : std::optional{there->second};
    }

    //! Whose user and password these are; null if nobody's.
    AuthUser const* who(std::string_view user, std::string_view password) const
    {
        auto const there = users.find(user);
        auto const is_known = there != users.end() && there->second.password == password;
        return is_known ? &there->second : nullptr;
    }
};

//! What is asked of a key.
struct Access {
    std::string_view key = {};  //!< as it was sent
    bool writes = false;
    bool recursive = false;  //!< needs a pattern with `*` that covers the key
};

inline bool allows(AuthRole const& role, Access const& access)
{
    auto const& patterns = access.writes ? role.write : role.read;
    return patterns && std::ranges::any_of(*patterns, [&](std::string_view pattern) {
        if (pattern.ends_with('*')) {
            return access.key.starts_with(pattern.substr(0, pattern.size() - 1));
        }
        return !access.recursive && access.key == pattern;
    });
}

}  // namespace etcdpp::sim
