// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The parameters of a request as Go's net/url reads them, mistakes of the sender included.

#include "etcdpp/http/request.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::sim {

constexpr int hex_digit(char c) noexcept
{
    if (c >= '0' && c <= '9') { return c - '0'; }
    if (c >= 'a' && c <= 'f') { return c - 'a' + 10; }
    if (c >= 'A' && c <= 'F') { return c - 'A' + 10; }
    return -1;
}

//! Undoes percent-encoding; in a query `+` is a blank, in a path it is itself. On failure `words`
//! says where.
inline std::optional<std::string> unescaped(
    std::string_view text, bool is_query, std::string* words = nullptr)
{
    auto out = std::string{};
    for (auto i = std::size_t{0}; i != text.size(); ++i) {
        if (text[i] != '%') {
            out += is_query && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        auto const code = text.substr(i, 3);
        if (code.size() != 3 || hex_digit(code[1]) < 0 || hex_digit(code[2]) < 0) {
            if (words != nullptr) { *words = "invalid URL escape \"" + std::string{code} + '"'; }
            return std::nullopt;
        }
        out += static_cast<char>(hex_digit(code[1]) * 16 + hex_digit(code[2]));
        i += 2;
    }
    return out;
}

//! What a form says, body before query: the first value of a name counts.
class ApiForm {
public:
    //! Reads the body only of a PUT or POST that says it is a form, of any other nothing but the
    //! query.
    static ApiForm of(http::Request const& request)
    {
        constexpr auto most = std::size_t{10} << 20U;
        auto form = ApiForm{};
        auto const has_body = request.method == http::Method::put
            || request.method == http::Method::post;
        auto type = request.headers.find("Content-Type").value_or("");
        type = type.substr(0, type.find(';'));
        if (has_body && type == "application/x-www-form-urlencoded") {
            if (request.body.size() > most) {
                form.words_ = "http: POST too large";
            } else {
                form.words_ = form.read(request.body);
            }
        }
        auto const query = request.target.find('?');
        if (query != std::string::npos) {
            auto words = form.read(std::string_view{request.target}.substr(query + 1));
            if (form.words_.empty()) { form.words_ = std::move(words); }
        }
        return form;
    }

    //! What is wrong with it; empty if nothing is.
    std::string const& fault() const noexcept { return words_; }

    std::string const* find(std::string_view name) const noexcept
    {
        auto const there = std::ranges::find(values_, name, &Value::first);
        return there == values_.end() ? nullptr : &there->second;
    }

    //! Empty where the parameter is missing, too.
    std::string text(std::string_view name) const
    {
        auto const* const value = find(name);
        return value != nullptr ? *value : std::string{};
    }

    //! As strconv.ParseBool; false where the parameter is missing, nothing where it is neither.
    std::optional<bool> truth(std::string_view name) const noexcept
    {
        auto const* const value = find(name);
        if (value == nullptr) { return false; }
        for (auto const* const yes : {"1", "t", "T", "true", "TRUE", "True"}) {
            if (*value == yes) { return true; }
        }
        for (auto const* const no : {"0", "f", "F", "false", "FALSE", "False"}) {
            if (*value == no) { return false; }
        }
        return std::nullopt;
    }

    //! As strconv.ParseUint; 0 where the parameter is missing, nothing where it is no number.
    std::optional<std::uint64_t> number(std::string_view name) const noexcept
    {
        auto const* const value = find(name);
        if (value == nullptr) { return 0; }
        if (value->empty()) { return std::nullopt; }
        auto sum = std::uint64_t{0};
        for (auto const c : *value) {
            auto const digit = static_cast<std::uint64_t>(c) - '0';
            constexpr auto most = std::numeric_limits<std::uint64_t>::max();
            if (c < '0' || c > '9' || sum > (most - digit) / 10) { return std::nullopt; }
            sum = sum * 10 + digit;
        }
        return sum;
    }

private:
    using Value = std::pair<std::string, std::string>;

    //! Skips what it cannot read, and says what that was.
    std::string read(std::string_view text)
    {
        auto fault = std::string{};
        while (!text.empty()) {
            auto const piece = text.substr(0, text.find('&'));
            text.remove_prefix(std::min(piece.size() + 1, text.size()));
            if (piece.find(';') != std::string_view::npos) {
                fault = "invalid semicolon separator in query";
            } else if (!piece.empty()) {
                auto const equals = std::min(piece.find('='), piece.size());
                auto words = std::string{};
                auto name = unescaped(piece.substr(0, equals), true, &words);
                auto value = name
                    ? unescaped(piece.substr(std::min(equals + 1, piece.size())), true, &words)
                    : std::nullopt;
                if (value) { values_.emplace_back(*std::move(name), *std::move(value)); }
                if (fault.empty()) { fault = std::move(words); }
            }
        }
        return fault;
    }

    std::vector<Value> values_;
    std::string words_;
};

}  // namespace etcdpp::sim
