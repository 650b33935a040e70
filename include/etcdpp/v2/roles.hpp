// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The roles of etcd's v2 API under their usual verbs.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/v2/role_operations.hpp"

#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! Words for the operation values in role_operations.hpp, whose comments say what each promises. A
//! Roles points to its client, is copied freely, and may be used from many threads at once.
//!
//! A call fails with a v2::AdminErrc where etcd said no, with etcdpp::Errc::invalid_argument where
//! a request would be misread, and otherwise as docs/errors.md tells. A change is never repeated
//! after its reply was lost.
template <class Client>
class Roles {
public:
    explicit Roles(Client& client) noexcept : client_{&client} {}

    Result<std::vector<Role>> list(CallOptions const& call = {}) const
    {
        return client_->run(ListRoles{}, call);
    }

    Result<Role> get(std::string name, CallOptions const& call = {}) const
    {
        return client_->run(GetRole{std::move(name)}, call);
    }

    Result<Role> create(
        std::string name, Permissions permissions = {}, CallOptions const& call = {}) const
    {
        return client_->run(CreateRole{std::move(name), std::move(permissions)}, call);
    }

    Result<Role> grant(
        std::string name, Permissions permissions, CallOptions const& call = {}) const
    {
        return client_->run(GrantPermissions{std::move(name), std::move(permissions)}, call);
    }

    Result<Role> revoke(
        std::string name, Permissions permissions, CallOptions const& call = {}) const
    {
        return client_->run(RevokePermissions{std::move(name), std::move(permissions)}, call);
    }

    Result<void> remove(std::string name, CallOptions const& call = {}) const
    {
        return client_->run(RemoveRole{std::move(name)}, call);
    }

private:
    Client* client_;
};

}  // namespace etcdpp::v2
