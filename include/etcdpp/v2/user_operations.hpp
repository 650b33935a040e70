// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be asked of etcd's users, as values.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/core/secret.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/permissions.hpp"
#include "etcdpp/v2/wire/auth_names.hpp"
#include "etcdpp/v2/wire/auth_reply.hpp"
#include "etcdpp/v2/wire/user_request.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! Lists the users with the roles they hold that exist. etcd does not list a name that begins with
//! `_`. Whoever is asked answers by himself, without a quorum too.
struct ListUsers {
    using Reply = std::vector<User>;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/auth/users"}; }

    static Result<Reply> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::UserList, wire::UserNames>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Reads a user; else AdminErrc::not_found, which etcd also answers if a role he holds does not
//! exist.
struct GetUser {
    using Reply = User;

    std::string name;

    Result<http::Request> encode() const
    {
        return wire::UserRequest{http::Method::get, name}.bare();
    }

    static Result<User> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::ExpandedUserBody, wire::UserBody>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Makes a user who holds these roles, of which `root` gets his own by himself;
//! AdminErrc::already_exists if there is one of that name, whose password then stays.
//!
//! At least one role must be given, for that is how etcd knows that the user has to be new. Without
//! any see PutUser.
struct CreateUser {
    using Reply = User;

    std::string name;
    Secret password;
    std::vector<std::string> roles;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::UserRequest{http::Method::put, name}
            .can_log_in(name)
            .password(password)
            .roles(roles, "etcd would change the password of a user who exists; PutUser does that")
            .json(codec, {.user = name, .password = password, .roles = roles});
    }

    static Result<User> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::UserBody, wire::ExpandedUserBody>(
            codec, response, wire::to_create);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! What became of a PutUser.
struct PutUserReply {
    User user = {};
    bool is_new = false;  //!< else his password was changed

    friend bool operator==(PutUserReply const&, PutUserReply const&) = default;
};

//! Makes a user without roles, or changes the password of the one who has that name: etcd does not
//! ask which was meant. CreateUser and ChangePassword say it.
struct PutUser {
    using Reply = PutUserReply;

    std::string name;
    Secret password;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::UserRequest{http::Method::put, name}.can_log_in(name).password(password).json(
            codec, {.user = name, .password = password});
    }

    static Result<PutUserReply> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::UserBody, wire::ExpandedUserBody>(
            codec, response, wire::to_create)
            .transform(
                [&](User&& user) { return PutUserReply{std::move(user), response.status == 201}; });
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Changes the password of a user who exists; else AdminErrc::not_found. etcd's own change of a
//! password would make him. But it insists on him where roles are granted or revoked, too, so this
//! grants a role and revokes it: etcd carries out both at once, and nobody holds it (seen with
//! 3.4.23).
struct ChangePassword {
    using Reply = User;

    static constexpr auto no_role = std::string_view{"-"};

    std::string name;
    Secret password;

    Result<http::Request> encode(auto const& codec) const
    {
        auto const nothing = std::vector{std::string{no_role}};
        return wire::UserRequest{http::Method::put, name}.password(password).json(
            codec, {.user = name, .password = password, .grant = nothing, .revoke = nothing});
    }

    static Result<User> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::UserBody, wire::ExpandedUserBody>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Lets a user hold further roles; AdminErrc::already_exists if he holds one of them, and then none
//! is granted. etcd takes names of roles that do not exist, but then says AdminErrc::not_found when
//! asked for the user.
struct GrantRoles {
    using Reply = User;

    std::string name;
    std::vector<std::string> roles;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::UserRequest{http::Method::put, name}
            .roles(roles, "there is nothing to grant")
            .json(codec, {.user = name, .grant = roles});
    }

    static Result<User> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::UserBody, wire::ExpandedUserBody>(
            codec, response, wire::to_create);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Takes roles from a user; AdminErrc::conflict if he lacks one of them, and then he keeps all.
struct RevokeRoles {
    using Reply = User;

    std::string name;
    std::vector<std::string> roles;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::UserRequest{http::Method::put, name}
            .roles(roles, "there is nothing to revoke")
            .json(codec, {.user = name, .revoke = roles});
    }

    static Result<User> read(auto const& codec, http::Response const& response)
    {
        return wire::read_either<wire::UserBody, wire::ExpandedUserBody>(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Removes a user; else AdminErrc::not_found, or AdminErrc::forbidden for root while auth is on.
struct RemoveUser {
    using Reply = void;

    std::string name;

    Result<http::Request> encode() const
    {
        return wire::UserRequest{http::Method::del, name}.bare();
    }

    static Result<void> read(auto const& codec, http::Response const& response)
    {
        return wire::read_done(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

}  // namespace etcdpp::v2
