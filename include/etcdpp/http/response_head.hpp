// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What the lines of a reply's head say about its framing (RFC 9112 sections 4 to 6).

#include "etcdpp/core/decimal.hpp"
#include "etcdpp/http/headers.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>

namespace etcdpp::http {

//! Takes the lines one by one, without their line ends, and keeps what a parser has to know. Each
//! read function answers with what is wrong with the line, or with nothing.
class ResponseHead {
public:
    using Complaint = std::string_view;

    static constexpr auto beginning = std::string_view{"HTTP/1."};

    //! `HTTP/1.1 200 OK`, where the words may be missing, and the blank before them, too.
    //! @pre the line begins as every status line does, with `beginning`
    Complaint read_status(std::string_view line) noexcept
    {
        auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if (line.size() < 12 || !is_digit(line[7]) || line[8] != ' ' || line[9] == '0'
            || !std::all_of(line.begin() + 9, line.begin() + 12, is_digit)
            || (line.size() > 12 && line[12] != ' ')) {
            return "the status line is not HTTP/1.1, a blank and three digits";
        }
        is_1_0_ = line[7] == '0';
        status_ = (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
        return {};
    }

    //! `Name: value`. A blank or control character before the colon, or at the beginning, where a
    //! blank would continue the line before, is refused: two readers could see different names.
    Complaint read_header(std::string_view line) noexcept
    {
        auto const colon = line.find(':');
        if (colon == 0 || colon == std::string_view::npos || is_blank_or_control(line[0])
            || is_blank_or_control(line[colon - 1])) {
            return "a header line does not begin with a name and a colon";
        }
        // Only three names matter here, and most other names are of another length.
        auto const may_matter = colon == connection.size() || colon == content_length.size()
            || colon == transfer_encoding.size();
        // Without substr(), which GCC calls: it would cost each line of a head a store and a load.
        auto const* const behind = line.data() + colon + 1;
        return may_matter ? read_field({line.data(), colon}, {behind, line.data() + line.size()})
                          : Complaint{};
    }

    //! What is wrong with the lines together.
    Complaint contradiction() const noexcept
    {
        if (has_length_ && is_chunked_) {
            return "both Content-Length and Transfer-Encoding are given";
        }
        if (status_ == 101) { return "a change of protocol that was not asked for"; }
        return {};
    }

    //! 0 until the status line has been read.
    int status() const noexcept { return status_; }

    bool has_length() const noexcept { return has_length_; }

    //! 0 without Content-Length.
    std::size_t length() const noexcept { return length_; }

    bool is_chunked() const noexcept { return is_chunked_; }

    //! True if the connection is to stay open behind a reply with a length of its own.
    bool keeps_alive() const noexcept { return !closes_ && (!is_1_0_ || says_keep_alive_); }

private:
    static constexpr auto connection = std::string_view{"Connection"};
    static constexpr auto content_length = std::string_view{"Content-Length"};
    static constexpr auto transfer_encoding = std::string_view{"Transfer-Encoding"};

    Complaint read_field(std::string_view name, std::string_view value) noexcept
    {
        if (is(name, content_length)) { return read_length(value); }
        if (is(name, transfer_encoding)) { return read_encoding(value); }
        if (is(name, connection)) { return read_connection(value); }
        return {};
    }

    Complaint read_length(std::string_view value) noexcept
    {
        auto const length = etcdpp::detail::read_decimal(
            trimmed(value), std::numeric_limits<std::size_t>::max());
        if (!length || has_length_) { return "Content-Length is not one number"; }
        length_ = static_cast<std::size_t>(*length);
        has_length_ = true;
        return {};
    }

    Complaint read_encoding(std::string_view value) noexcept
    {
        if (is_chunked_ || is_1_0_ || !equal_ignoring_case(trimmed(value), "chunked")) {
            return "Transfer-Encoding is not one \"chunked\", in HTTP/1.1";
        }
        is_chunked_ = true;
        return {};
    }

    Complaint read_connection(std::string_view options) noexcept
    {
        while (!options.empty()) {
            auto const option = trimmed(detail::cut(options, ','));
            if (equal_ignoring_case(option, "close")) { closes_ = true; }
            if (equal_ignoring_case(option, "keep-alive")) { says_keep_alive_ = true; }
        }
        return {};
    }

    //! Tries the usual spelling first: it is compared in one go.
    static constexpr bool is(std::string_view name, std::string_view wanted) noexcept
    {
        return name == wanted || equal_ignoring_case(name, wanted);
    }

    static constexpr bool is_blank_or_control(char c) noexcept
    {
        return static_cast<unsigned char>(c) <= ' ';
    }

    static constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

    static constexpr std::string_view trimmed(std::string_view text) noexcept
    {
        while (!text.empty() && is_blank(text.front())) { text.remove_prefix(1); }
        while (!text.empty() && is_blank(text.back())) { text.remove_suffix(1); }
        return text;
    }

    std::size_t length_ = 0;
    int status_ = 0;
    bool has_length_ = false;
    bool is_1_0_ = false;
    bool is_chunked_ = false;
    bool closes_ = false;
    bool says_keep_alive_ = false;
};

}  // namespace etcdpp::http
