// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Where one member listens for clients.

#include <compare>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace etcdpp {

template <class T>
class Result;

enum class Scheme : std::uint8_t { http, https };

constexpr std::string_view name(Scheme scheme) noexcept
{
    return scheme == Scheme::https ? "https" : "http";
}

//! A member's client URL, taken apart. Ordered and printable; two spellings of one URL are equal.
struct Endpoint {
    Scheme scheme = Scheme::http;
    std::string host = "127.0.0.1";  //!< a name or an address, lower case; IPv6 without brackets
    std::uint16_t port = 2379;       //!< etcd's registered client port where a URL names none

    //! Reads `http://host:port` or `https://host:port`; a single trailing slash is allowed.
    //! What etcd cannot serve (a path, a query, a user name) is refused, not ignored:
    //! Errc::invalid_argument, with the fault and the way out in `words()`.
    //! Defined in endpoint_url.hpp, which endpoints.hpp includes.
    static Result<Endpoint> parse(std::string_view url);

    friend auto operator<=>(Endpoint const&, Endpoint const&) = default;
};

//! `host:port` as a URL and the Host header have it: an IPv6 address in brackets.
inline std::string authority(Endpoint const& endpoint)
{
    auto const is_ipv6 = endpoint.host.find(':') != std::string::npos;
    auto text = std::string{is_ipv6 ? "[" : ""};
    text.append(endpoint.host).append(is_ipv6 ? "]:" : ":");
    return text.append(std::to_string(endpoint.port));
}

inline std::string to_string(Endpoint const& endpoint)
{
    return std::string{name(endpoint.scheme)}.append("://").append(authority(endpoint));
}

inline std::ostream& operator<<(std::ostream& out, Endpoint const& endpoint)
{
    return out << to_string(endpoint);
}

}  // namespace etcdpp
