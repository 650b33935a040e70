// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A loopback port that belongs to one test for as long as the object lives.

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etcdpp::tests {

//! A TCP port of 127.0.0.1, chosen by the system and kept from others until the object dies.
//!
//! Its socket stays bound and never listens: connections are refused until a server listens.
//! A server that sets SO_REUSEADDR (Go's do, so etcd does) may listen while the socket is held;
//! `bind` to port 0 and the local end of an outgoing connection cannot take the number (tried on
//! Linux 6). So a killed member finds its port free when it comes back, and nobody who connects
//! to a dead member's port ends up connected to himself.
class FreePort {
public:
    //! @throws std::system_error if the system has no port to give.
    FreePort() : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
    {
        auto const on = 1;
        auto address = sockaddr_in{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        auto length = static_cast<socklen_t>(sizeof address);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (socket_ < 0 || ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0
            || ::bind(socket_, generic, length) != 0
            || ::getsockname(socket_, generic, &length) != 0) {
            auto const problem = errno;
            close_socket();
            throw std::system_error{problem, std::generic_category(), "no free loopback port"};
        }
        number_ = ::ntohs(address.sin_port);
    }

    ~FreePort() { close_socket(); }

    FreePort(FreePort const&) = delete;
    FreePort& operator=(FreePort const&) = delete;

    std::uint16_t number() const noexcept { return number_; }

private:
    void close_socket() const noexcept
    {
        if (socket_ >= 0) { ::close(socket_); }
    }

    int socket_;
    std::uint16_t number_ = 0;
};

}  // namespace etcdpp::tests
