// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A request about one user of etcd.

#include "etcdpp/core/secret.hpp"
#include "etcdpp/v2/wire/admin_request.hpp"
#include "etcdpp/v2/wire/auth_names.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::v2::wire {

//! Refuses, as AdminRequest does, what etcd would misread.
class UserRequest {
public:
    UserRequest(http::Method method, std::string_view user) : request_{method, "/v2/auth/users"}
    {
        request_.name(user, "the user's name");
    }

    //! An empty password would be none to etcd, and what is left of the request another one.
    UserRequest& password(Secret const& password)
    {
        request_.text(password.reveal(), "the password")
            .refuse_unless(!password.empty(), "the password", " is empty");
        return *this;
    }

    //! To log in, HTTP's Basic authentication ends the name at its first colon (RFC 7617).
    UserRequest& can_log_in(std::string_view user)
    {
        request_.refuse_unless(user.find(':') == std::string_view::npos, "the user's name",
            " holds a colon: nobody could log in by it");
        return *this;
    }

    //! An empty list would make another request of this one; and a user who holds a role without a
    //! name makes etcd 3.4.23 drop the connection whenever users are listed.
    UserRequest& roles(std::vector<std::string> const& roles, std::string_view without_any)
    {
        auto const nameless = std::ranges::find(roles, std::string{}) != roles.end();
        request_.refuse_unless(!roles.empty(), "no role is given: ", without_any)
            .refuse_unless(!nameless, "the role's name", " is empty")
            .texts(roles, "a role's name");
        return *this;
    }

    Result<http::Request> bare() { return request_.bare(); }

    template <class Codec>
    Result<http::Request> json(Codec const& codec, UserChange const& change)
    {
        auto request = request_.json(codec, change);
        if (request) { request->is_confidential = change.password.has_value(); }
        return request;
    }

private:
    AdminRequest request_;
};

}  // namespace etcdpp::v2::wire
