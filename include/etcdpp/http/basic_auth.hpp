// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The Authorization header of a user and a password (RFC 7617).

#include "etcdpp/core/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp::http {

//! Padded standard base64 (RFC 4648 section 4).
inline std::string base64(std::string_view bytes)
{
    constexpr auto alphabet = std::string_view{
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};
    auto text = std::string{};
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (auto i = std::size_t{0}; i < bytes.size(); i += 3) {
        auto const group = bytes.substr(i, 3);
        auto bits = std::uint32_t{0};
        for (auto n = std::size_t{0}; n != 3; ++n) {
            bits = bits << 8U | (n < group.size() ? static_cast<unsigned char>(group[n]) : 0U);
        }
        for (auto n = std::size_t{0}; n != 4; ++n) {
            text += n <= group.size() ? alphabet[bits >> (18U - 6U * n) & 63U] : '=';
        }
    }
    return text;
}

//! `Basic dXNlcjpwYXNz`. etcd asks for no credentials (it sends no WWW-Authenticate), so they go
//! out with each request; checking them costs the server 60 to 75 ms (WIRE 0.13).
inline Secret basic_authorization(Credentials const& credentials)
{
    auto pair = credentials.user + ':';
    pair.append(credentials.password.reveal());
    return Secret{"Basic " + base64(pair)};
}

}  // namespace etcdpp::http
