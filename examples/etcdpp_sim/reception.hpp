// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One request from a socket: through the simulated member, and back.

#include "live_world.hpp"

#include <Poco/Net/HTTPRequestHandler.h>

#include <cstddef>

namespace etcdpp::examples {

//! Ends when the reply is over, when the member is lost, or when the client has gone.
class Reception : public Poco::Net::HTTPRequestHandler {
public:
    Reception(LiveWorld& world, std::size_t member) : world_{&world}, member_{member} {}

    void handleRequest(
        Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override;

private:
    LiveWorld* world_;
    std::size_t member_;
};

}  // namespace etcdpp::examples
