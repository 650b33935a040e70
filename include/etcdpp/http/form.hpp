// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! `name=value&name=value`: the parameters of a query or of a form body.

#include "etcdpp/http/percent.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::http {

//! The header line without which etcd stores an empty value and says nothing (WIRE 0.6).
inline constexpr auto form_header_line = std::string_view{
    "Content-Type: application/x-www-form-urlencoded\r\n"};

//! Writes the parameters of one request, in the order given. Names are etcd's own and go out as
//! they are; values are escaped, NUL, newline and UTF-8 bytes included.
class Form {
public:
    Form& add(std::string_view name, std::string_view value)
    {
        text_.reserve(text_.size() + name.size() + value.size() + 2);
        if (!text_.empty()) { text_ += '&'; }
        text_.append(name) += '=';
        append_percent_encoded(text_, value);
        return *this;
    }

    Form& add(std::string_view name, std::integral auto number)
    {
        return add(name, std::string_view{std::to_string(number)});
    }

    //! A parameter that is there or not: `recursive=true`, or nothing.
    Form& add_if(bool wanted, std::string_view name)
    {
        return wanted ? add(name, std::string_view{"true"}) : *this;
    }

    bool empty() const noexcept { return text_.empty(); }
    std::string const& text() const& noexcept { return text_; }
    std::string&& text() && noexcept { return std::move(text_); }

private:
    std::string text_;
};

//! Puts the query behind a path, if there is one.
inline void append_query(std::string& path, Form const& query)
{
    if (!query.empty()) { (path += '?') += query.text(); }
}

}  // namespace etcdpp::http
