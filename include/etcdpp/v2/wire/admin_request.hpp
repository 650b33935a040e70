// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Requests about members, users, roles and statistics: a path, mostly with a name, and JSON.

#include "etcdpp/core/result.hpp"
#include "etcdpp/core/utf8.hpp"
#include "etcdpp/http/percent.hpp"
#include "etcdpp/http/request.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::v2::wire {

//! Collects what one request says. The first thing that etcd would misread spoils the whole, and
//! whoever asks for the request then reads which.
class AdminRequest {
public:
    AdminRequest(http::Method method, std::string_view path) : method_{method}, path_{path} {}

    //! A name as the last part of the path: one part, for etcd takes an escaped slash for a slash
    //! and redirects from `.` and `..`. `what` it names is said if it cannot be.
    AdminRequest& name(std::string_view name, std::string_view what)
    {
        refuse_unless(!name.empty(), what, " is empty");
        refuse_unless(name.find('/') == std::string_view::npos, what, " holds a slash");
        refuse_unless(name != "." && name != "..", what, " is a place in a path");
        text(name, what);
        http::append_percent_encoded(path_ += '/', name);
        return *this;
    }

    //! A text that the body will hold.
    AdminRequest& text(std::string_view text, std::string_view what)
    {
        return refuse_unless(is_utf8(text), what, " is not valid UTF-8");
    }

    AdminRequest& texts(std::vector<std::string> const& texts, std::string_view what)
    {
        for (auto const& each : texts) { text(each, what); }
        return *this;
    }

    AdminRequest& refuse_unless(bool sound, std::string_view what, std::string_view fault)
    {
        if (!sound && fault_.empty()) { fault_.append(what).append(fault); }
        return *this;
    }

    //! A request without a body. Ends the chain.
    Result<http::Request> bare()
    {
        if (!fault_.empty()) { return unexpected(invalid_argument(std::move(fault_))); }
        return http::Request{.method = method_, .target = std::move(path_)};
    }

    //! A request with that body. Ends the chain.
    template <class Codec, class Body>
    Result<http::Request> json(Codec const& codec, Body const& body)
    {
        auto request = bare();
        if (request) {
            request->headers.add("Content-Type", "application/json");
            request->body = codec.encode(body);
        }
        return request;
    }

private:
    http::Method method_;
    std::string path_;
    std::string fault_;
};

}  // namespace etcdpp::v2::wire
