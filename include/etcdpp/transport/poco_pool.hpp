// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The idle connections, kept for the next request to the same member.

#include "etcdpp/transport/poco_connection.hpp"

#include <cstddef>
#include <iterator>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace etcdpp::detail {

//! May be used from many threads at once. The lock protects two short lists and nothing else: to
//! look at a socket, or to close one, it is given back first.
class ConnectionPool {
public:
    //! Keeps up to `per_member` idle connections to one endpoint.
    explicit ConnectionPool(std::size_t per_member) noexcept : per_member_{per_member} {}

    //! The connection used last that can still carry a request, or nothing. Those the member has
    //! closed meanwhile are found here, before a byte is sent on them, and dropped.
    std::unique_ptr<Connection> take(Endpoint const& to)
    {
        auto connection = pop(to);
        while (connection && !connection->is_usable()) { connection = pop(to); }
        return connection;
    }

    //! @pre the connection's last reply has been read to its end
    void put(std::unique_ptr<Connection> connection)
    {
        auto const guard = std::lock_guard{mutex_};
        auto& idle = shelf_of(connection->endpoint()).idle;
        if (idle.size() < per_member_) { idle.push_back(std::move(connection)); }
    }

    //! Closes what members have closed, so that one which left the cluster leaves no descriptors
    //! here.
    void sweep()
    {
        auto all = std::vector<Shelf>{};
        {
            auto const guard = std::lock_guard{mutex_};
            all.swap(shelves_);
        }
        for (auto& shelf : all) {
            for (auto& connection : shelf.idle) {
                if (connection->is_usable()) { put(std::move(connection)); }
            }
        }
    }

private:
    struct Shelf {
        Endpoint endpoint;
        std::vector<std::unique_ptr<Connection>> idle = {};
    };

    std::unique_ptr<Connection> pop(Endpoint const& to)
    {
        auto const guard = std::lock_guard{mutex_};
        auto& idle = shelf_of(to).idle;
        if (idle.empty()) { return nullptr; }
        auto connection = std::move(idle.back());
        idle.pop_back();
        return connection;
    }

    Shelf& shelf_of(Endpoint const& endpoint)
    {
        for (auto& shelf : shelves_) {
            if (shelf.endpoint == endpoint) { return shelf; }
        }
        return shelves_.emplace_back(Shelf{endpoint});
    }

    std::size_t per_member_;
    std::mutex mutex_;
    std::vector<Shelf> shelves_;  //!< one for each endpoint used so far: few, so they are searched
};

}  // namespace etcdpp::detail
