// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The control path: faults of a served cluster, steered over HTTP.

#include "reserved_port.hpp"
#include "served_cluster.hpp"

#include <Poco/Net/HTTPServer.h>

#include <cstdint>
#include <memory>

namespace etcdpp::examples {

//! Listens on a loopback port of its own from construction to destruction; `GET /` tells what it
//! understands. One request after the other.
class Control {
public:
    //! @throws Poco::Exception if the port is taken; 0 stands for any free one
    explicit Control(ServedCluster& cluster, std::uint16_t port = 0);

    Control(Control const&) = delete;
    Control& operator=(Control const&) = delete;
    ~Control();

    Endpoint endpoint() const { return {.host = "127.0.0.1", .port = port_.number()}; }

private:
    ReservedPort port_;
    Poco::ThreadPool threads_;
    std::unique_ptr<Poco::Net::HTTPServer> server_;
};

}  // namespace etcdpp::examples
