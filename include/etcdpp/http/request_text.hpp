// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A request as HTTP/1.1 writes it (RFC 9112 section 3).

#include "etcdpp/http/method.hpp"
#include "etcdpp/http/request.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace etcdpp::http {

//! The bytes of the request line, its CR LF included.
constexpr std::size_t request_line_size(Request const& request) noexcept
{
    constexpr auto around_target = std::string_view{"  HTTP/1.1\r\n"};
    return name(request.method).size() + request.target.size() + around_target.size();
}

//! What stands behind the target in each request to one `authority`: the end of the request line
//! and the Host header.
inline std::string behind_target(std::string_view authority)
{
    return std::string{" HTTP/1.1\r\nHost: "}.append(authority).append("\r\n");
}

//! Appends the whole message, so that one send carries it; `host` comes from behind_target(). A
//! request that may have a body always says its length, be it zero: some proxies insist.
inline void append_request_text(std::string& out, Request const& request, std::string_view host)
{
    auto const append = [&out](std::initializer_list<std::string_view> parts) {
        for (auto const part : parts) { out.append(part); }
    };
    append({name(request.method), " ", request.target, host, request.headers.block()});
    if (!request.body.empty() || request.method == Method::put || request.method == Method::post) {
        append({"Content-Length: ", std::to_string(request.body.size()), "\r\n"});
    }
    append({"\r\n", request.body});
}

}  // namespace etcdpp::http
