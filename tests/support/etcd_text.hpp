// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! etcd's two spellings of a text, in URLs and in JSON, done without the library under test.

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

namespace etcdpp::tests {

//! A key as a URL takes it: everything is escaped but the slashes that part it.
inline std::string escaped(std::string_view key)
{
    constexpr auto digits = std::string_view{"0123456789ABCDEF"};
    auto result = std::string{};
    for (auto const letter : key) {
        auto const byte = static_cast<unsigned char>(letter);
        if (letter == '/') {
            result += letter;
        } else {
            result += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
        }
    }
    return result;
}

inline void append_utf8(std::string& text, std::string_view hex)
{
    auto code = 0U;
    std::from_chars(hex.data(), hex.data() + hex.size(), code, 16);
    if (code < 0x80U) {
        text += static_cast<char>(code);
        return;
    }
    if (code < 0x800U) {
        text += static_cast<char>(0xC0U | (code >> 6U));
    } else {
        text += static_cast<char>(0xE0U | (code >> 12U));
        text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    }
    text += static_cast<char>(0x80U | (code & 0x3FU));
}

//! The JSON string that starts behind its opening quote. Go escapes quotes, control characters,
//! <, >, & and a few rare letters and writes all else as UTF-8: there are no surrogates.
inline std::string json_string(std::string_view text)
{
    auto result = std::string{};
    for (auto at = std::size_t{0}; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] != '\\') {
            result += text[at];
            continue;
        }
        switch (text[++at]) {
        case 'n': result += '\n'; break;
        case 'r': result += '\r'; break;
        case 't': result += '\t'; break;
        case 'b': result += '\b'; break;
        case 'f': result += '\f'; break;
        case 'u':
            append_utf8(result, text.substr(at + 1, 4));
            at += 4;
            break;
        default: result += text[at];
        }
    }
    return result;
}

}  // namespace etcdpp::tests
