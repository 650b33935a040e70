// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Where one member lets in its clients: shut while it is dead.

#include "guests.hpp"
#include "live_world.hpp"
#include "reserved_port.hpp"

#include <Poco/Net/TCPServer.h>
#include <Poco/ThreadPool.h>

#include <cstddef>
#include <memory>

namespace etcdpp::examples {

//! What all doors of a cluster share. Outlives them.
struct House {
    LiveWorld& world;
    Poco::ThreadPool& threads;
    Poco::Net::Context::Ptr tls;  //!< null without TLS
};

//! One thread at a time may use it.
class Door {
public:
    static constexpr auto most_connections = 256;

    Door(House const& house, std::size_t member, ReservedPort const& port)
        : house_{&house}, member_{member}, port_{&port}
    {
    }

    Door(Door const&) = delete;
    Door& operator=(Door const&) = delete;
    ~Door() { shut(); }

    bool is_open() const noexcept { return server_ != nullptr; }
    void open();

    //! Nobody is let in any more, and all who were are cut off.
    void shut();

private:
    House const* house_;
    std::size_t member_;
    ReservedPort const* port_;
    std::shared_ptr<Guests> guests_;
    Poco::Net::ServerSocket socket_;
    std::unique_ptr<Poco::Net::TCPServer> server_;
};

}  // namespace etcdpp::examples
