// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a member answered, as an inert value.

#include "etcdpp/http/headers.hpp"

#include <ostream>
#include <string>

namespace etcdpp::http {

struct Response {
    int status = 0;
    Headers headers = {};
    std::string body = {};

    friend bool operator==(Response const&, Response const&) = default;
};

inline std::ostream& operator<<(std::ostream& out, Response const& response)
{
    return out << response.status << '\n' << response.headers << '\n' << response.body;
}

}  // namespace etcdpp::http
