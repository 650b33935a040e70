// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Percent-encoding (RFC 3986 section 2.1).

#include <cstddef>
#include <string>
#include <string_view>

namespace etcdpp::http {

//! Letters, digits and `-._~`: what never needs escaping (RFC 3986 section 2.3).
constexpr bool is_unreserved(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
        || c == '.' || c == '_' || c == '~';
}

//! Appends `text` with every byte escaped that is neither unreserved nor `keep`. One rule serves
//! path segments, query values and form values: `%20` is a blank in all three, `+` only in two.
inline void append_percent_encoded(std::string& out, std::string_view text, char keep = 'a')
{
    constexpr auto digits = std::string_view{"0123456789ABCDEF"};
    auto plain = std::size_t{0};  // where the run begins that goes out as it is, in one piece
    for (auto at = std::size_t{0}; at != text.size(); ++at) {
        if (is_unreserved(text[at]) || text[at] == keep) { continue; }
        auto const byte = static_cast<unsigned char>(text[at]);
        out.append(text.data() + plain, at - plain) += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
        plain = at + 1;
    }
    out.append(text.data() + plain, text.size() - plain);
}

//! A path: every byte escaped but the unreserved ones and the `/` between segments.
inline std::string percent_encoded_path(std::string_view path)
{
    auto encoded = std::string{};
    encoded.reserve(path.size());
    append_percent_encoded(encoded, path, '/');
    return encoded;
}

}  // namespace etcdpp::http
