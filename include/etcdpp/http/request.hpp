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
    //! Path and query, percent-encoded: what follows the method. (Made of a character, for the
    //! length of a literal would be counted each time.)
    std::string target = std::string(1, '/');
    Headers headers = {};
    std::string body = {};

    //! The body holds a password: it is not printed, and does not go to another host.
    bool is_confidential = false;

    friend bool operator==(Request const&, Request const&) = default;
};

//! `PUT /v2/keys/app/mode value=blue`: for people. Headers are left out, they may hold a secret,
//! and a confidential body prints as `***`.
inline std::ostream& operator<<(std::ostream& out, Request const& request)
{
    out << request.method << ' ' << request.target;
    if (request.body.empty()) { return out; }
    return out << ' ' << (request.is_confidential ? "***" : request.body);
}

}  // namespace etcdpp::http
