// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A loopback port that nobody else gets, whether anybody listens on it or not.

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <cstdint>

namespace etcdpp::examples {

class ReservedPort {
public:
    //! Any free one for 0. @throws Poco::Exception if it is taken
    explicit ReservedPort(std::uint16_t wanted)
    {
        // Bound, it is ours; since it does not listen, whoever connects is refused.
        reservation_.bind({"127.0.0.1", wanted}, true, false);
    }

    std::uint16_t number() const { return reservation_.address().port(); }

    Poco::Net::ServerSocket listen() const { return opened(Poco::Net::ServerSocket{}); }

    Poco::Net::ServerSocket listen(Poco::Net::Context::Ptr const& tls) const
    {
        return opened(Poco::Net::SecureServerSocket{tls});
    }

private:
    template <class Socket>
    Socket opened(Socket socket) const
    {
        socket.bind(reservation_.address(), true, false);
        socket.listen(256);
        return socket;
    }

    Poco::Net::ServerSocket reservation_;
};

}  // namespace etcdpp::examples
