// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What is asked of a member, as an inert value.

#include "etcdpp/http/headers.hpp"
#include "etcdpp/http/method.hpp"

#include <ostream>
#include <string>

namespace etcdpp::http {

//! A request before it meets a connection: Host, Content-Length and Connection are the transport's.
struct Request {
    Method method = Method::get;
    std::string target = "/";  //!< path and query, percent-encoded: what follows the method
    Headers headers = {};
    std::string body = {};

    friend bool operator==(Request const&, Request const&) = default;
};

//! `PUT /v2/keys/app/mode value=blue`: for people. Headers are left out, they may hold a secret.
inline std::ostream& operator<<(std::ostream& out, Request const& request)
{
    out << request.method << ' ' << request.target;
    return request.body.empty() ? out : out << ' ' << request.body;
}

}  // namespace etcdpp::http
