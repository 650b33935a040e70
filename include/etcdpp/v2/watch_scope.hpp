// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Which events concern a watch.

#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/removal.hpp"

#include <string>
#include <string_view>

namespace etcdpp::v2 {

//! @pre both are canonical: see canonical_key
constexpr bool is_below(std::string_view key, std::string_view dir) noexcept
{
    if (dir == "/") { return key.size() > 1; }
    return key.size() > dir.size() && key[dir.size()] == '/' && key.starts_with(dir);
}

//! Whether a component of `key` behind `dir` begins with an underscore: etcd keeps such keys out of
//! the listings of `dir`. @pre is_below(key, dir)
constexpr bool is_hidden_below(std::string_view key, std::string_view dir) noexcept
{
    return key.find("/_", dir == "/" ? 0 : dir.size()) != std::string_view::npos;
}

//! etcd 3.4 decides differently for a watcher that waits and for one that asks for the past. In its
//! history it does not hide hidden keys, and takes "/foo" for a directory above "/foobar". A watch
//! that moves and resumes would meet now one and now the other, so it judges by itself.
struct WatchScope {
    std::string key;  //!< canonical
    bool recursive = false;

    bool concerns(Response const& event) const noexcept
    {
        auto const& at = event.node.key;
        if (at == key) { return true; }
        if (is_below(at, key)) { return recursive && !is_hidden_below(at, key); }
        return is_removal(event) && is_below(key, at);
    }
};

}  // namespace etcdpp::v2
