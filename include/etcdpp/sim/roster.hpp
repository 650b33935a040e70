// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Who belongs to the simulated cluster, by the cluster's own account.

#include "etcdpp/sim/dice.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::sim {

//! A member as it is known to all. One that was added and has not started yet has no name.
struct RosterEntry {
    std::uint64_t id = 0;
    std::string name = {};
    std::vector<std::string> peer_urls = {};
    std::vector<std::string> client_urls = {};

    bool has_started() const noexcept { return !name.empty(); }
};

//! etcd hashes the peer URLs, too, though not like this.
inline std::uint64_t id_of(std::vector<std::string> const& peer_urls)
{
    auto id = std::uint64_t{0xcbf29ce484222325U};
    for (auto const& url : peer_urls) { id = mixed(id, url); }
    return id;
}

struct Roster {
    std::vector<RosterEntry> members = {};    //!< by id
    std::vector<std::uint64_t> removed = {};  //!< they cannot come back

    RosterEntry const* find(std::uint64_t id) const noexcept
    {
        auto const there = std::ranges::find(members, id, &RosterEntry::id);
        return there == members.end() ? nullptr : &*there;
    }

    bool was_removed(std::uint64_t id) const noexcept
    {
        return std::ranges::find(removed, id) != removed.end();
    }

    //! Whether another member has one of these peer URLs.
    bool knows(std::vector<std::string> const& peer_urls, std::uint64_t besides) const noexcept
    {
        return std::ranges::any_of(members, [&](RosterEntry const& each) {
            return each.id != besides
                && std::ranges::find_first_of(each.peer_urls, peer_urls) != each.peer_urls.end();
        });
    }

    std::size_t started() const noexcept
    {
        return static_cast<std::size_t>(std::ranges::count_if(members, &RosterEntry::has_started));
    }
};

}  // namespace etcdpp::sim
