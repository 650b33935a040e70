// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Auth of etcd's v2 API under its usual verbs: the switch, the users, the roles.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/v2/auth_operations.hpp"
#include "etcdpp/v2/roles.hpp"
#include "etcdpp/v2/users.hpp"

namespace etcdpp::v2 {

//! Words for the operation values in auth_operations.hpp, whose comments say what each promises. An
//! Auth points to its client, is copied freely, and may be used from many threads at once.
//!
//! While auth is on, all but enabled() need the credentials of a user who holds the role `root`, in
//! Config::credentials. A client keeps those it has: who turns auth on, or changes root's password,
//! goes on with a new client.
template <class Client>
class Auth {
public:
    explicit Auth(Client& client) noexcept : client_{&client} {}

    Result<bool> enabled(CallOptions const& call = {}) const
    {
        return client_->run(GetAuthEnabled{}, call);
    }

    Result<void> enable(CallOptions const& call = {}) const
    {
        return client_->run(EnableAuth{}, call);
    }

    Result<void> disable(CallOptions const& call = {}) const
    {
        return client_->run(DisableAuth{}, call);
    }

    Users<Client> users() const noexcept { return Users<Client>{*client_}; }
    Roles<Client> roles() const noexcept { return Roles<Client>{*client_}; }

private:
    Client* client_;
};

}  // namespace etcdpp::v2
