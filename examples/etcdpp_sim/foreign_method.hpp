// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Methods that no client of etcd has a use for, and what etcd 3.4.23 replies to them.

#include <etcdpp/http/method.hpp>
#include <etcdpp/http/response.hpp>

#include <optional>
#include <string_view>

namespace etcdpp::examples {

//! The method that a simulated member knows by that name.
constexpr std::optional<http::Method> method_called(std::string_view name) noexcept
{
    for (auto const each : {http::Method::get, http::Method::head, http::Method::put,
             http::Method::post, http::Method::del}) {
        if (http::name(each) == name) { return each; }
    }
    return std::nullopt;
}

//! What becomes of the reply to HEAD if the method is another one: `OPTIONS` is always welcome, and
//! `PATCH` and the like are refused where there is anything at all.
inline http::Response reply_to_foreign(
    std::string_view method, std::string_view path, http::Response const& to_head)
{
    if (method == "OPTIONS") { return {.status = 200}; }
    auto const plain = std::string_view{"text/plain; charset=utf-8"};
    auto reply = http::Response{.status = 405,
        .headers = {{"Content-Type", plain}, {"X-Content-Type-Options", "nosniff"}},
        .body = "Method Not Allowed\n"};
    if (path.starts_with("/v2/keys")) {
        reply.headers.add("Allow", "HEAD,GET,PUT,POST,DELETE");
    } else if (path.starts_with("/v2/machines")) {
        reply.headers.add("Allow", "GET,HEAD");
    } else if (auto const allowed = to_head.headers.find("Allow")) {
        reply.headers.add("Allow", *allowed);
    } else {
        reply.status = 404;
        reply.body = "404 page not found\n";
    }
    return reply;
}

}  // namespace etcdpp::examples
