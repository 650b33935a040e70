// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A request as the command line that would send it by hand, without its secrets.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/http/headers.hpp"
#include "etcdpp/http/method.hpp"
#include "etcdpp/http/request.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace etcdpp::detail {

constexpr bool is_control(char c) noexcept
{
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

inline bool is_secret(std::string_view header) noexcept
{
    return http::equal_ignoring_case(header, "Authorization")
        || http::equal_ignoring_case(header, "Proxy-Authorization")
        || http::equal_ignoring_case(header, "Cookie");
}

}  // namespace etcdpp::detail

namespace etcdpp::http {

//! One word to a shell, whatever it holds, and on one line. Quoted as in every shell; control
//! characters need bash, ksh or zsh. @pre it holds no NUL: no word can
inline std::string shell_word(std::string_view text)
{
    auto const escapes = std::ranges::any_of(text, detail::is_control);
    auto word = std::string{escapes ? "$'" : "'"};
    for (auto const c : text) {
        if (escapes && detail::is_control(c)) {
            auto const code = static_cast<unsigned char>(c);
            word += '\\';
            for (auto const digit : {code / 64, code / 8 % 8, code % 8}) {
                word += static_cast<char>('0' + digit);
            }
        } else if (escapes && (c == '\\' || c == '\'')) {
            (word += '\\') += c;
        } else if (c == '\'') {
            word += "'\\''";
        } else {
            word += c;
        }
    }
    return word += '\'';
}

//! `curl -X PUT 'http://127.0.0.1:2379/v2/keys/a' -H 'Content-Type: ...' --data-raw 'value=b'`:
//! for a log, or to be tried by hand. Passwords and tokens print as `***`; so does a confidential
//! body, and one that holds a NUL.
inline std::string curl_line(Endpoint const& to, Request const& request)
{
    auto const url = to_string(to) + request.target;
    auto line = std::string{"curl"};
    auto const add = [&line](std::initializer_list<std::string_view> words) {
        for (auto const word : words) { (line += ' ') += word; }
    };
    if (url.find_first_of("[]{}") != std::string::npos) { add({"-g"}); }  // else it is a pattern
    if (request.method == Method::head) { add({"-I"}); }
    if (request.method != Method::head && request.method != Method::get) {
        add({"-X", name(request.method)});
    }
    add({shell_word(url)});
    request.headers.for_each([&](std::string_view name, std::string_view value) {
        auto header = std::string{name};
        // Nothing behind the colon would tell curl to leave the header out.
        header.append(value.empty() ? ";" : ": ").append(detail::is_secret(name) ? "***" : value);
        add({"-H", shell_word(header)});
    });
    if (!request.body.empty()) {
        auto const is_hidden = request.is_confidential
            || request.body.find('\0') != std::string::npos;
        add({"--data-raw", shell_word(is_hidden ? "***" : request.body)});
    }
    return line;
}

}  // namespace etcdpp::http
