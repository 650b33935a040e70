// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The users of etcd's v2 API under their usual verbs.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/secret.hpp"
#include "etcdpp/v2/user_operations.hpp"

#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! Words for the operation values in user_operations.hpp, whose comments say what each promises. A
//! Users points to its client, is copied freely, and may be used from many threads at once.
//!
//! A call fails with a v2::AdminErrc where etcd said no, with etcdpp::Errc::invalid_argument where
//! a request would be misread, and otherwise as docs/errors.md tells. A change is never repeated
//! after its reply was lost. Passwords appear in no error, event or print.
template <class Client>
class Users {
public:
    explicit Users(Client& client) noexcept : client_{&client} {}

    Result<std::vector<User>> list(CallOptions const& call = {}) const
    {
        return client_->run(ListUsers{}, call);
    }

    Result<User> get(std::string name, CallOptions const& call = {}) const
    {
        return client_->run(GetUser{std::move(name)}, call);
    }

    Result<User> create(std::string name, Secret password, std::vector<std::string> roles,
        CallOptions const& call = {}) const
    {
        return client_->run(
            CreateUser{std::move(name), std::move(password), std::move(roles)}, call);
    }

    Result<PutUserReply> put(std::string name, Secret password, CallOptions const& call = {}) const
    {
        return client_->run(PutUser{std::move(name), std::move(password)}, call);
    }

    Result<User> change_password(
        std::string name, Secret password, CallOptions const& call = {}) const
    {
        return client_->run(ChangePassword{std::move(name), std::move(password)}, call);
    }

    Result<User> grant(
        std::string name, std::vector<std::string> roles, CallOptions const& call = {}) const
    {
        return client_->run(GrantRoles{std::move(name), std::move(roles)}, call);
    }

    Result<User> revoke(
        std::string name, std::vector<std::string> roles, CallOptions const& call = {}) const
    {
        return client_->run(RevokeRoles{std::move(name), std::move(roles)}, call);
    }

    Result<void> remove(std::string name, CallOptions const& call = {}) const
    {
        return client_->run(RemoveUser{std::move(name)}, call);
    }

private:
    Client* client_;
};

}  // namespace etcdpp::v2
