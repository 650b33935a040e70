// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Paths in the simulated store: how they are cleaned, taken apart, ordered and hidden.

#include <algorithm>
#include <string>
#include <string_view>

namespace etcdpp::sim {

//! As Go's path.Clean for an absolute path: no slash doubled or at the end, `.` and `..` resolved.
inline std::string clean_path(std::string_view path)
{
    auto clean = std::string{};
    while (!path.empty()) {
        auto const segment = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(segment.size() + 1, path.size()));
        if (segment == "..") {
            clean.resize(std::min(clean.rfind('/'), clean.size()));
        } else if (!segment.empty() && segment != ".") {
            (clean += '/').append(segment);
        }
    }
    return clean.empty() ? "/" : clean;
}

//! @pre the path is clean and not the root
constexpr std::string_view parent_of(std::string_view path) noexcept
{
    auto const slash = path.rfind('/');
    return path.substr(0, slash == 0 ? 1 : slash);
}

//! Whether `path` lies within the directory `dir`, at whatever depth.
constexpr bool is_within(std::string_view path, std::string_view dir) noexcept
{
    return dir == "/"
        ? path.size() > 1
        : path.size() > dir.size() && path.starts_with(dir) && path[dir.size()] == '/';
}

//! Nodes whose name begins with `_` are left out of every listing.
constexpr bool is_hidden(std::string_view path) noexcept
{
    return path.substr(path.rfind('/') + 1).starts_with('_');
}

//! Whether who watches `watched` is not told about `key`: a name between the two begins with `_`.
constexpr bool is_hidden_from(std::string_view watched, std::string_view key) noexcept
{
    if (watched.size() > key.size()) { return false; }  // a removed directory above
    auto const below = key.substr(watched.size());
    return below.starts_with('_') || below.find("/_") != std::string_view::npos;
}

//! Byte order within a directory, each directory followed by what is in it: `/` comes before every
//! other byte.
struct PathOrder {
    using is_transparent = void;

    bool operator()(std::string_view one, std::string_view other) const noexcept
    {
        auto const rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
        auto const [left, right] = std::ranges::mismatch(one, other);
        if (left == one.end() || right == other.end()) { return right != other.end(); }
        return rank(*left) < rank(*right);
    }
};

}  // namespace etcdpp::sim
