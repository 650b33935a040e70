// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How an endpoint is read from a URL, and with which words a bad one is refused.

#include "etcdpp/core/decimal.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp {

namespace detail {

//! Letters, digits and what names and addresses are made of (RFC 3986 section 3.2.2).
constexpr bool is_host_character(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
        || c == '.' || c == '_' || c == ':';
}

constexpr bool are_host_characters(std::string_view text) noexcept
{
    for (auto const c : text) {
        if (!is_host_character(c)) { return false; }
    }
    return true;
}

//! Schemes, names and addresses mean the same in upper and lower case (RFC 3986 section 6.2.2.1).
inline std::string lower_case(std::string_view text)
{
    auto lowered = std::string{text};
    for (auto& c : lowered) {
        if (c >= 'A' && c <= 'Z') { c = static_cast<char>(c - 'A' + 'a'); }
    }
    return lowered;
}

//! Splits `host:port`, `[v6]:port`, `host` or `[v6]`; the port comes back as text. Only an IPv6
//! address holds colons, and only in brackets.
inline bool split_authority(std::string_view text, std::string_view& host, std::string_view& port)
{
    auto const bracketed = text.starts_with('[');
    auto const host_end = bracketed ? text.find(']') : text.find(':');
    host = text.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
    if (bracketed && host_end == std::string_view::npos) { return false; }
    auto const rest = host_end == std::string_view::npos
        ? std::string_view{}
        : text.substr(host_end + (bracketed ? 1 : 0));
    port = rest.empty() ? "2379" : rest.substr(1);
    auto const has_colons = (bracketed ? host : port).find(':') != std::string_view::npos;
    return !host.empty() && (rest.empty() || rest.front() == ':') && has_colons == bracketed;
}

//! Writes a host as a resolver reads it; false if no host has such a name. The zone of an IPv6
//! address, behind `%25` (RFC 6874) or `%`, names an interface, so its case counts.
inline bool read_host(std::string_view text, std::string& host)
{
    auto const is_ipv6 = text.find(':') != std::string_view::npos;
    auto const address = text.substr(0, is_ipv6 ? text.find('%') : std::string_view::npos);
    auto zone = text.substr(address.size());
    host = lower_case(address);
    if (!zone.empty()) {
        zone.remove_prefix(zone.starts_with("%25") ? 3 : 1);
        host.append("%").append(zone);
    }
    return are_host_characters(address) && are_host_characters(zone);
}

}  // namespace detail

inline Result<Endpoint> Endpoint::parse(std::string_view url)
{
    if (url.find('@') != std::string_view::npos) {  // not repeated here: it may hold a password
        return unexpected(invalid_argument(
            "an endpoint holds a user name; credentials belong in Config::credentials"));
    }
    auto const refuse = [url](std::string_view fault) {
        return unexpected(
            invalid_argument("endpoint \"" + std::string{url} + "\": " + std::string{fault}));
    };

    auto const scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) {
        return refuse("has no scheme; write http://host:port or https://host:port");
    }
    auto endpoint = Endpoint{};
    auto const scheme = detail::lower_case(url.substr(0, scheme_end));
    if (scheme == "https") {
        endpoint.scheme = Scheme::https;
    } else if (scheme != "http") {
        return refuse("the scheme must be http or https");
    }

    auto rest = url.substr(scheme_end + 3);
    if (rest.ends_with('/')) { rest.remove_suffix(1); }
    if (rest.find_first_of("/?#") != std::string_view::npos) {
        return refuse("a member is named by host and port alone, without path or query");
    }

    auto host = std::string_view{};
    auto port = std::string_view{};
    if (!detail::split_authority(rest, host, port)) {
        return refuse("the host is missing or misspelt; an IPv6 address goes in brackets");
    }
    if (!detail::read_host(host, endpoint.host)) {
        return refuse("the host holds a character that no host name has");
    }
    auto const number = detail::read_decimal(port, 65535).value_or(0);
    if (number == 0) { return refuse("the port must be a number from 1 to 65535"); }
    endpoint.port = static_cast<std::uint16_t>(number);
    return endpoint;
}

}  // namespace etcdpp
