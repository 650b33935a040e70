// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a request's target leads to: a path as Go's ServeMux cleans it, or a redirect to that.

#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/api_form.hpp"
#include "etcdpp/sim/store_path.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace etcdpp::sim {

namespace detail {

//! A path as Go's URL.String spells it.
inline std::string respelled(std::string_view path)
{
    constexpr auto digits = std::string_view{"0123456789ABCDEF"};
    constexpr auto plain = std::string_view{"-_.~$&+,/:;=@"};
    auto out = std::string{};
    for (auto const c : path) {
        auto const byte = static_cast<unsigned char>(c);
        auto const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || plain.find(c) != std::string_view::npos;
        if (is_plain) {
            out += c;
        } else {
            ((out += '%') += digits[byte >> 4U]) += digits[byte & 15U];
        }
    }
    return out;
}

inline std::string html_escaped(std::string_view text)
{
    auto out = std::string{};
    for (auto const c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&#34;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

inline http::Response moved_to(std::string const& location, http::Method method)
{
    auto reply = http::Response{.status = 301};
    if (method == http::Method::get || method == http::Method::head) {
        reply.headers.add("Content-Type", "text/html; charset=utf-8");
    }
    reply.headers.add("Location", location);
    if (method == http::Method::get) {
        reply.body = "<a href=\"" + html_escaped(location) + "\">Moved Permanently</a>.\n\n";
    }
    return reply;
}

}  // namespace detail

//! The path that is asked for, unescaped and clean but for a slash at its end; or the reply to a
//! target that is not so.
inline std::variant<std::string, http::Response> path_of(http::Request const& request)
{
    auto const target = std::string_view{request.target};
    auto const raw = target.substr(0, target.find('?'));
    auto path = unescaped(raw, false);
    auto const is_plain = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; };
    if (!path || !raw.starts_with('/') || !std::ranges::all_of(target, is_plain)) {
        return http::Response{400,
            {{"Content-Type", "text/plain; charset=utf-8"}, {"Connection", "close"}},
            "400 Bad Request"};
    }
    auto clean = clean_path(*path);
    if (path->ends_with('/') && clean != "/") { clean += '/'; }
    if (clean == *path) { return *std::move(path); }
    return detail::moved_to(
        detail::respelled(clean).append(target.substr(raw.size())), request.method);
}

}  // namespace etcdpp::sim
