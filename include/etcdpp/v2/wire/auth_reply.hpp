// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From replies about users and roles to plain values, whichever form the server gives them.

#include "etcdpp/v2/permissions.hpp"
#include "etcdpp/v2/wire/admin_reply.hpp"
#include "etcdpp/v2/wire/auth_names.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2::wire {

//! What the library's users see of a body.
struct Publish {
    User operator()(UserBody&& body) const { return {std::move(body.user), std::move(body.roles)}; }

    User operator()(ExpandedUserBody&& body) const
    {
        auto user = User{.name = std::move(body.user)};
        for (auto& role : body.roles) { user.roles.push_back(std::move(role.role)); }
        return user;
    }

    Role operator()(RoleBody&& body) const
    {
        return {std::move(body.role), std::move(body.permissions.kv)};
    }

    std::vector<User> operator()(UserList&& list) const { return each<User>(list.users); }
    std::vector<Role> operator()(RoleList&& list) const { return each<Role>(list.roles); }
    std::vector<User> operator()(UserNames&& list) const { return named<User>(list.users); }
    std::vector<Role> operator()(RoleNames&& list) const { return named<Role>(list.roles); }

private:
    template <class Value, class Body>
    std::vector<Value> each(std::vector<Body>& bodies) const
    {
        auto values = std::vector<Value>{};
        for (auto& body : bodies) { values.push_back((*this)(std::move(body))); }
        return values;
    }

    template <class Value>
    static std::vector<Value> named(std::vector<std::string>& names)
    {
        auto values = std::vector<Value>{};
        for (auto& name : names) { values.push_back({.name = std::move(name)}); }
        return values;
    }
};

//! Whether a user or role, or each of several, has its name, as all that etcd sends have.
struct IsNamed {
    bool operator()(auto const& value) const noexcept { return !value.name.empty(); }

    template <class Value>
    bool operator()(std::vector<Value> const& values) const noexcept
    {
        return std::ranges::all_of(values, *this);
    }
};

//! Reads a body of that form.
template <class Body, class Codec>
auto read_named(Codec const& codec, http::Response const& response, Meanings const& meanings = {})
{
    auto const any = [](Body const&) { return true; };
    auto value = read_value<Body>(codec, response, any, meanings).transform(Publish{});
    if (value && !IsNamed{}(*value)) {
        value = unexpected(unreadable("the reply lacks a name", response));
    }
    return value;
}

//! Reads a body of one form or, failing that, of the other.
template <class Body, class OtherBody, class Codec>
auto read_either(Codec const& codec, http::Response const& response, Meanings const& meanings = {})
{
    auto value = read_named<Body>(codec, response, meanings);
    if (value || response.status / 100 != 2) { return value; }
    auto other = read_named<OtherBody>(codec, response, meanings);
    return other ? other : value;
}

}  // namespace etcdpp::v2::wire
