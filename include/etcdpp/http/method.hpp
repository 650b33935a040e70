// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The HTTP methods that etcd understands, and their spelling.

#include <cstdint>
#include <ostream>
#include <string_view>

namespace etcdpp::http {

enum class Method : std::uint8_t { get, head, put, post, del };

constexpr std::string_view name(Method method) noexcept
{
    switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::put: return "PUT";
    case Method::post: return "POST";
    case Method::del: return "DELETE";
    }
    return "GET";
}

inline std::ostream& operator<<(std::ostream& out, Method method)
{
    return out << name(method);
}

}  // namespace etcdpp::http
