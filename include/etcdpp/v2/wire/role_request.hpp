// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A request about one role of etcd.

#include "etcdpp/v2/permissions.hpp"
#include "etcdpp/v2/wire/admin_request.hpp"
#include "etcdpp/v2/wire/auth_names.hpp"

#include <string_view>

namespace etcdpp::v2::wire {

//! Refuses, as AdminRequest does, what etcd would misread.
class RoleRequest {
public:
    RoleRequest(http::Method method, std::string_view role) : request_{method, "/v2/auth/roles"}
    {
        request_.name(role, "the role's name");
    }

    RoleRequest& permissions(Permissions const& permissions)
    {
        request_.texts(permissions.read, "a pattern").texts(permissions.write, "a pattern");
        return *this;
    }

    //! Without any, etcd would take the request for the making of a role.
    RoleRequest& at_least_one(Permissions const& permissions)
    {
        auto const none = permissions.read.empty() && permissions.write.empty();
        request_.refuse_unless(!none, "no permission is given", "");
        return *this;
    }

    Result<http::Request> bare() { return request_.bare(); }

    template <class Codec>
    Result<http::Request> json(Codec const& codec, RoleChange const& change)
    {
        return request_.json(codec, change);
    }

private:
    AdminRequest request_;
};

}  // namespace etcdpp::v2::wire
