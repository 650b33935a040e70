// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a key becomes a request for it.

#include "etcdpp/core/cut.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/core/utf8.hpp"
#include "etcdpp/http/method.hpp"
#include "etcdpp/http/percent.hpp"
#include "etcdpp/http/request.hpp"

#include <string>
#include <string_view>

namespace etcdpp::v2 {

namespace detail {

//! Appends a key in its one spelling, each segment as `append(out, segment)` writes it.
template <class Append>
void append_canonical(std::string& out, std::string_view key, Append append)
{
    auto const root = out.size();
    while (!key.empty()) {
        auto const segment = etcdpp::detail::cut(key, '/');
        if (segment == "..") {
            if (out.size() > root) { out.resize(out.rfind('/')); }
        } else if (!segment.empty() && segment != ".") {
            out += '/';
            append(out, segment);
        }
    }
    if (out.size() == root) { out += '/'; }
}

}  // namespace detail

//! The one spelling of a key: a leading slash, no other slash doubled or at the end, `.` and `..`
//! resolved without leaving the root. etcd answers a redirect to any other spelling (WIRE section
//! 1).
inline std::string canonical_key(std::string_view key)
{
    auto canonical = std::string{};
    detail::append_canonical(
        canonical, key, [](std::string& out, std::string_view segment) { out.append(segment); });
    return canonical;
}

//! A request for `/v2/keys` and the key, canonical and escaped: blanks, `%`, `?`, `#`, `;`, `+`,
//! UTF-8 and NUL arrive as they are. A key that is not UTF-8 is refused: etcd would store it, but
//! list it under another name, so that it could not be addressed again.
inline Result<http::Request> key_request(http::Method method, std::string_view key)
{
    auto request = Result<http::Request>{};  // filled in place: moves would cost more than the rest
    if (is_utf8(key)) {
        constexpr auto root = std::string_view{"v2/keys"};  // behind the slash that is there
        auto& path = request->target;
        path.reserve(path.size() + root.size() + key.size() + 1);
        path.append(root);
        detail::append_canonical(path, key, [](std::string& out, std::string_view segment) {
            http::append_percent_encoded(out, segment);
        });
        request->method = method;
    } else {
        request = unexpected(invalid_argument(
            "the key is not valid UTF-8, so etcd could not give its name back; encode it, for "
            "instance in base64"));
    }
    return request;
}

//! Makes the path of a key that of the key with all below it: etcd's authorization looks at the
//! text as sent, and finds that a permission for `/app/*` covers `/app/`, but not `/app` (etcd
//! 3.4.23).
inline void widen_to_tree(std::string& path)
{
    if (!path.ends_with('/')) { path += '/'; }
}

}  // namespace etcdpp::v2
