// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What etcd's v2 API lets a user do, and to whom it grants that.

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::v2 {

//! Patterns of keys. A pattern means one key, or, with a `*` at its end, all that begin so.
//! `/app/*` covers `/app/mode`, and a recursive get or watch of `/app`, which asks for `/app/`; the
//! plain listing of `/app` is a key of its own.
struct Permissions {
    std::vector<std::string> read = {};
    std::vector<std::string> write = {};

    friend bool operator==(Permissions const&, Permissions const&) = default;
};

//! Permissions under a name. Two exist without being made: `root` may do all, also to users and
//! roles; `guest`, made when auth is first enabled, is what those may do who show no credentials:
//! all, until it is narrowed.
struct Role {
    std::string name = {};
    Permissions permissions = {};

    friend bool operator==(Role const&, Role const&) = default;
};

struct User {
    std::string name = {};
    std::vector<std::string> roles = {};  //!< by name

    friend bool operator==(User const&, User const&) = default;
};

namespace detail {

inline void print_all(
    std::ostream& out, std::string_view head, std::vector<std::string> const& texts)
{
    out << head;
    for (auto const& text : texts) { out << ' ' << text; }
}

}  // namespace detail

//! `read: /app/* write: /app/mode`.
inline std::ostream& operator<<(std::ostream& out, Permissions const& permissions)
{
    detail::print_all(out, "read:", permissions.read);
    detail::print_all(out, " write:", permissions.write);
    return out;
}

inline std::ostream& operator<<(std::ostream& out, Role const& role)
{
    return out << role.name << ' ' << role.permissions;
}

//! `alice, roles: reader writer`.
inline std::ostream& operator<<(std::ostream& out, User const& user)
{
    detail::print_all(out << user.name, ", roles:", user.roles);
    return out;
}

}  // namespace etcdpp::v2
