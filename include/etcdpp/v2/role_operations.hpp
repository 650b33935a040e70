// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be asked of etcd's roles, as values.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/permissions.hpp"
#include "etcdpp/v2/wire/auth_names.hpp"
#include "etcdpp/v2/wire/auth_reply.hpp"
#include "etcdpp/v2/wire/role_request.hpp"

#include <string>
#include <vector>

namespace etcdpp::v2 {

//! Lists the roles. Whoever is asked answers by himself, without a quorum too. Of etcd 2.1 the
//! names alone.
struct ListRoles {
    using Reply = std::vector<Role>;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/auth/roles"}; }

    static Result<Reply> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::RoleList, wire::RoleNames>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Reads a role; else AdminErrc::not_found.
struct GetRole {
    using Reply = Role;

    std::string name;

    Result<http::Request> encode() const
    {
        return wire::RoleRequest{http::Method::get, name}.bare();
    }

    static Result<Role> read(auto const& codec, http::Response const& response)
    {
        return wire::read_named<wire::RoleBody>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Makes a role; else AdminErrc::already_exists, or AdminErrc::forbidden for root's.
struct CreateRole {
    using Reply = Role;

    std::string name;
    Permissions permissions = {};

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::RoleRequest{http::Method::put, name}
            .permissions(permissions)
            .json(codec, {.role = name, .permissions = wire::PermissionsBody{permissions}});
    }

    static Result<Role> read(auto const& codec, http::Response const& response)
    {
        return wire::read_named<wire::RoleBody>(codec, response, wire::to_create);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Adds patterns to a role; AdminErrc::already_exists if it has one of them, and then none is
//! added.
struct GrantPermissions {
    using Reply = Role;

    std::string name;
    Permissions permissions;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::RoleRequest{http::Method::put, name}
            .permissions(permissions)
            .at_least_one(permissions)
            .json(codec, {.role = name, .grant = wire::PermissionsBody{permissions}});
    }

    static Result<Role> read(auto const& codec, http::Response const& response)
    {
        return wire::read_named<wire::RoleBody>(codec, response, wire::to_create);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Takes patterns from a role, as they were given and not by what they cover. What it lacks is
//! passed over; AdminErrc::bad_request if it lacks them all.
struct RevokePermissions {
    using Reply = Role;

    std::string name;
    Permissions permissions;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::RoleRequest{http::Method::put, name}
            .permissions(permissions)
            .at_least_one(permissions)
            .json(codec, {.role = name, .revoke = wire::PermissionsBody{permissions}});
    }

    static Result<Role> read(auto const& codec, http::Response const& response)
    {
        return wire::read_named<wire::RoleBody>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Removes a role, also from under those who hold it; else AdminErrc::not_found, or
//! AdminErrc::forbidden for root's. Until they lose it, etcd then says AdminErrc::not_found when
//! asked for one of these users.
struct RemoveRole {
    using Reply = void;

    std::string name;

    Result<http::Request> encode() const
    {
        return wire::RoleRequest{http::Method::del, name}.bare();
    }

    static Result<void> read(auto const& codec, http::Response const& response)
    {
        return wire::read_done(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

}  // namespace etcdpp::v2
