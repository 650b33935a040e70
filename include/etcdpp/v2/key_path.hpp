// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a key becomes the path of a request.

#include "etcdpp/core/result.hpp"
#include "etcdpp/core/utf8.hpp"
#include "etcdpp/http/percent.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace etcdpp::v2 {

//! The one spelling of a key: a leading slash, no other slash doubled or at the end, `.` and `..`
//! resolved without leaving the root. etcd answers a redirect to any other spelling (WIRE section 1).
inline std::string canonical_key(std::string_view key)
{
    auto canonical = std::string{};
    canonical.reserve(key.size() + 1);
    while (!key.empty()) {
        auto const segment = key.substr(0, key.find('/'));
        key.remove_prefix(std::min(segment.size() + 1, key.size()));
        if (segment == "..") {
            canonical.resize(std::min(canonical.rfind('/'), canonical.size()));
        } else if (!segment.empty() && segment != ".") {
            (canonical += '/').append(segment);
        }
    }
    return canonical.empty() ? "/" : canonical;
}

//! `/v2/keys` and the key, canonical and escaped: blanks, `%`, `?`, `#`, `;`, `+`, UTF-8 and NUL
//! arrive as they are. A key that is not UTF-8 is refused: etcd would store it, but list it under
//! another name, so that it could not be addressed again.
inline Result<std::string> key_path(std::string_view key)
{
    if (!is_utf8(key)) {
        return unexpected(invalid_argument(
            "the key is not valid UTF-8, so etcd could not give its name back; encode it, for "
            "instance in base64"));
    }
    auto path = std::string{"/v2/keys"};
    auto const canonical = canonical_key(key);
    path.reserve(path.size() + canonical.size());
    http::append_percent_encoded(path, canonical, '/');
    return path;
}

}  // namespace etcdpp::v2
