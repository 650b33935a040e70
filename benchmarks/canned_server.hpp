// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A process that answers every request with one fixed reply: what remains is the client's own
//! cost.

#include <array>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace etcdpp::benchmarks {

//! A child process, so that counting the client's instructions leaves the server out. Serves one
//! connection at a time on a free loopback port; ends with this object, or with its owner.
class CannedServer {
public:
    explicit CannedServer(std::string reply) : reply_{std::move(reply)}
    {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto address = sockaddr_in{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto size = socklen_t{sizeof address};
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0
            || ::getsockname(listener_, generic, &size) != 0) {
            throw std::runtime_error{"no port on loopback for the canned server"};
        }
        port_ = ntohs(address.sin_port);
        child_ = ::fork();
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            serve();
        }
    }

    CannedServer(CannedServer const&) = delete;
    CannedServer& operator=(CannedServer const&) = delete;

    ~CannedServer()
    {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        ::close(listener_);
    }

    std::uint16_t port() const noexcept { return port_; }

private:
    [[noreturn]] void serve() const
    {
        for (;;) {
            auto const connection = ::accept(listener_, nullptr, nullptr);
            auto const on = 1;
            ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            auto pending = std::string{};
            auto bytes = std::array<char, 65536>{};
            for (;;) {
                auto const count = ::recv(connection, bytes.data(), bytes.size(), 0);
                if (count <= 0) { break; }
                pending.append(bytes.data(), static_cast<std::size_t>(count));
                while (auto const size = request_size(pending)) {
                    pending.erase(0, size);
                    if (::send(connection, reply_.data(), reply_.size(), MSG_NOSIGNAL) < 0) {
                        break;
                    }
                }
            }
            ::close(connection);
        }
    }

    //! The size of the first whole request in `text`, or zero.
    static std::size_t request_size(std::string_view text)
    {
        auto const head_end = text.find("\r\n\r\n");
        if (head_end == std::string_view::npos) { return 0; }
        auto body = std::size_t{0};
        auto constexpr name = std::string_view{"Content-Length: "};
        if (auto const at = text.find(name); at < head_end) {
            std::from_chars(text.data() + at + name.size(), text.data() + head_end, body);
        }
        auto const size = head_end + 4 + body;
        return size <= text.size() ? size : 0;
    }

    std::string reply_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
};

}  // namespace etcdpp::benchmarks
