// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The idle connections, kept for the next request to the same member.

#include "etcdpp/transport/poco_connection.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace etcdpp::detail {

//! May be used from many threads at once. The lock protects one short list and nothing else: to
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
        if (has_room_for(connection->endpoint())) { idle_.push_back(std::move(connection)); }
    }

    //! Closes what members have closed, so that one which left the cluster leaves no descriptors
    //! here.
    void sweep()
    {
        auto all = std::vector<std::unique_ptr<Connection>>{};
        {
            auto const guard = std::lock_guard{mutex_};
            all.swap(idle_);
        }
        for (auto& connection : all) {
            if (connection->is_usable()) { put(std::move(connection)); }
        }
    }

private:
    std::unique_ptr<Connection> pop(Endpoint const& to)
    {
        auto const guard = std::lock_guard{mutex_};
        for (auto at = idle_.end(); at != idle_.begin();) {
            if ((*--at)->endpoint() == to) {
                auto connection = std::move(*at);
                idle_.erase(at);
                return connection;
            }
        }
        return nullptr;
    }

    bool has_room_for(Endpoint const& to) const
    {
        if (idle_.size() < per_member_) { return true; }
        auto const is_to = [&](auto const& each) { return each->endpoint() == to; };
        return std::cmp_less(std::ranges::count_if(idle_, is_to), per_member_);
    }

    std::size_t per_member_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;  //!< those used last are behind
};

}  // namespace etcdpp::detail
