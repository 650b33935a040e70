// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! `name=value&name=value`: the parameters of a query or of a form body.

#include "etcdpp/http/percent.hpp"

#include <concepts>
#include <string>
#include <string_view>

namespace etcdpp::http {

//! The header line without which etcd stores an empty value and says nothing (WIRE 0.6).
inline constexpr auto form_header_line = std::string_view{
    "Content-Type: application/x-www-form-urlencoded\r\n"};

//! Writes the parameters of one request behind a text that it borrows, in the order given. Names
//! are etcd's own and go out as they are; values are escaped, NUL, newline and UTF-8 bytes too.
class Form {
public:
    Form(Form const&) = delete;
    Form& operator=(Form const&) = delete;
    ~Form() = default;

    //! The parameters of a body. @pre it is empty
    static Form body(std::string& body) noexcept { return Form{body, '\0'}; }

    //! The query behind a path; without parameters the path stays as it is.
    static Form query(std::string& path) noexcept { return Form{path, '?'}; }

    Form& add(std::string_view name, std::string_view value)
    {
        text_.reserve(text_.size() + name.size() + value.size() + 2);
        if (separator_ != '\0') { text_ += separator_; }
        separator_ = '&';
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

private:
    Form(std::string& text, char separator) noexcept : text_{text}, separator_{separator} {}

    std::string& text_;
    char separator_;  //!< before the next parameter, if any
};

}  // namespace etcdpp::http
