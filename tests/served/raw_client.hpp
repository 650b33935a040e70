// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A connection to a served member, byte by byte.

#include "etcdpp/core/endpoint.hpp"
#include "tests/support/child_process.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etcdpp::tests {

class RawClient {
public:
    //! @throws std::system_error if nobody listens
    explicit RawClient(Endpoint const& to)
        : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
    {
        auto address = sockaddr_in{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        address.sin_port = ::htons(to.port);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            auto const problem = errno;
            ::close(socket_);
            throw std::system_error{problem, std::generic_category(), "connect"};
        }
    }

    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;
    ~RawClient() { hang_up(); }

    void say(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) { return; }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    //! What has come up to and with `words`, or all that came within 10 s or before the end.
    std::string hear(std::string_view words)
    {
        while (heard_.find(words) == std::string::npos && receive(10'000)) {}
        auto const at = heard_.find(words);
        auto const end = at == std::string::npos ? heard_.size() : at + words.size();
        auto const rest = heard_.substr(end);
        return std::exchange(heard_, rest).substr(0, end);
    }

    //! What has come when nothing has for a while.
    std::string hear_for(std::chrono::milliseconds time)
    {
        while (receive(static_cast<int>(time.count()))) {}
        return std::exchange(heard_, {});
    }

    //! Whether the other side ends the connection within 10 s; what it says before counts as heard.
    bool sees_the_end()
    {
        while (receive(10'000)) {}
        return has_ended_;
    }

    bool was_reset() const noexcept { return was_reset_; }

    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    void hang_up()
    {
        if (socket_ >= 0) { ::close(std::exchange(socket_, -1)); }
    }

private:
    bool receive(int patience)
    {
        auto watched = pollfd{socket_, POLLIN, 0};
        if (has_ended_ || ::poll(&watched, 1, patience) <= 0) { return false; }
        auto bytes = std::array<char, 4096>{};
        auto const count = ::recv(socket_, bytes.data(), bytes.size(), 0);
        was_reset_ = count < 0 && errno == ECONNRESET;
        has_ended_ = count <= 0;
        if (count > 0) { heard_.append(bytes.data(), static_cast<std::size_t>(count)); }
        return count > 0;
    }

    int socket_;
    std::string heard_;
    bool has_ended_ = false;
    bool was_reset_ = false;
};

}  // namespace etcdpp::tests
