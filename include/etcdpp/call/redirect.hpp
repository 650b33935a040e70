// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Where a reply sends a request on to, and whether it may go there.

#include "etcdpp/core/endpoint_url.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace etcdpp {

//! As many as Go's etcd/client follows.
inline constexpr auto max_redirects = 10;

//! One hop of a redirected request.
struct Hop {
    Endpoint to;
    std::string target;
};

//! The redirects that repeat method and body. etcd 3.4 answers 301 to a path it would clean, and
//! etcd 0.4 answered 307 at a follower; neither has acted on the request.
constexpr bool is_redirect(int status) noexcept
{
    return status == 301 || status == 302 || status == 307 || status == 308;
}

namespace detail {

inline Unexpected bad_redirect(std::string words, int status)
{
    return unexpected(Error{Errc::not_etcd,
        {.effect = Effect::none,
            .fault = Fault::member,
            .status = status,
            .words = std::move(words)}});
}

//! What may stand in a request line: a blank or control character would end the target in it.
constexpr bool is_visible_ascii(std::string_view text) noexcept
{
    for (auto const c : text) {
        if (c <= ' ' || c > '~') { return false; }
    }
    return true;
}

//! A Location that names a host. Its port defaults to the scheme's own, as every URL's does: only
//! in a client URL a missing port means etcd's.
inline Result<Hop> absolute_hop(std::string_view location)
{
    auto const authority_begin = location.find("://") + 3;
    auto url = std::string{location.substr(0, location.find_first_of("/?", authority_begin))};
    auto target = std::string{location.substr(url.size())};
    auto const port_colon = url.rfind(':');
    if (port_colon < authority_begin || url.find(']', port_colon) != std::string::npos) {
        url += url.starts_with("https") ? ":443" : ":80";
    }
    if (!target.starts_with('/')) { target.insert(0, "/"); }
    return Endpoint::parse(url).transform(
        [&](Endpoint to) { return Hop{std::move(to), std::move(target)}; });
}

}  // namespace detail

//! Of a request that has taken all of `max_redirects`: it goes in a circle.
inline Unexpected redirected_too_often(int status)
{
    return detail::bad_redirect("redirected more than 10 times", status);
}

//! The next hop of a request that `from` answered with a redirect. Never from https to http, and
//! never with credentials or a password to another host: such a redirect is the member's fault,
//! effect none.
inline Result<Hop> redirect(
    Endpoint const& from, http::Request const& request, http::Response const& response)
{
    auto location = response.headers.find("Location").value_or("");
    location = location.substr(0, location.find('#'));  // a fragment stays with the client
    if (location.empty()) {
        return detail::bad_redirect("a redirect without Location", response.status);
    }
    if (!detail::is_visible_ascii(location)) {
        return detail::bad_redirect(
            "a redirect to what is no URL: it holds a blank or control character", response.status);
    }
    if (location.starts_with('/') && !location.starts_with("//")) {
        return Hop{from, std::string{location}};
    }
    auto hop = location.find("://") == std::string_view::npos
        ? Result<Hop>{unexpected(invalid_argument(""))}
        : detail::absolute_hop(location);
    if (!hop) {
        return detail::bad_redirect(
            "a redirect to \"" + std::string{location} + "\", which is no URL", response.status);
    }
    if (from.scheme == Scheme::https && hop->to.scheme == Scheme::http) {
        return detail::bad_redirect("a redirect from https to " + to_string(hop->to)
                + " is not followed: it would send the request in the clear",
            response.status);
    }
    auto const is_secret = request.is_confidential || request.headers.find("Authorization");
    if (hop->to.host != from.host && is_secret) {
        return detail::bad_redirect("a redirect to " + to_string(hop->to)
                + " is not followed: credentials do not go to another host",
            response.status);
    }
    return hop;
}

}  // namespace etcdpp
