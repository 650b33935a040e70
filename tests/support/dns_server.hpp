// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A nameserver on loopback that says what a test says.

#include "etcdpp/discovery/srv_options.hpp"
#include "tests/support/dns_message.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etcdpp::tests {

//! Serves UDP and TCP on one free port, from one thread.
class DnsServer {
public:
    //! The whole reply to a question for that name, but for its id; empty: no reply at all. Called
    //! from the server's thread.
    using Zone = std::function<std::string(std::string const& name, bool over_tcp)>;

    explicit DnsServer(Zone zone, bool over_ipv6 = false)
        : zone_{std::move(zone)}, over_ipv6_{over_ipv6}
    {
        for (auto attempt = 0; attempt != 20 && !bind_both(); ++attempt) { close_all(); }
        if (udp_ < 0) { throw std::runtime_error{"no port on loopback for a nameserver"}; }
        thread_ = std::thread{[this] { serve(); }};
    }

    ~DnsServer()
    {
        auto const one = std::uint64_t{1};
        while (::write(stop_, &one, sizeof one) != sizeof one) {}
        thread_.join();
        close_all();
        ::close(stop_);
    }

    //! Whether the system has ::1.
    static bool can_use_ipv6()
    {
        auto const socket = ::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        auto address = Address{};
        address.ipv6 = {};
        address.ipv6.sin6_family = AF_INET6;
        address.ipv6.sin6_addr = in6addr_loopback;
        auto const can = ::bind(socket, &address.any, sizeof address.ipv6) == 0;
        ::close(socket);
        return can;
    }

    DnsServer(DnsServer const&) = delete;
    DnsServer& operator=(DnsServer const&) = delete;

    Nameserver nameserver() const { return {over_ipv6_ ? "::1" : "127.0.0.1", port_}; }

    //! The names that were asked for so far, in order.
    std::vector<std::string> asked() const
    {
        auto const lock = std::lock_guard{mutex_};
        return asked_;
    }

private:
    union Address {
        sockaddr any;
        sockaddr_in ipv4;
        sockaddr_in6 ipv6;
    };

    Address address() const
    {
        auto address = Address{};
        if (over_ipv6_) {
            address.ipv6 = {};
            address.ipv6.sin6_family = AF_INET6;
            address.ipv6.sin6_addr = in6addr_loopback;
            address.ipv6.sin6_port = htons(port_);
        } else {
            address.ipv4 = {};
            address.ipv4.sin_family = AF_INET;
            address.ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.ipv4.sin_port = htons(port_);
        }
        return address;
    }

    int bound(int type)
    {
        auto const socket = ::socket(over_ipv6_ ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0);
        auto own = address();
        auto size = over_ipv6_ ? socklen_t{sizeof own.ipv6} : socklen_t{sizeof own.ipv4};
        if (::bind(socket, &own.any, size) != 0 || ::getsockname(socket, &own.any, &size) != 0) {
            ::close(socket);
            return -1;
        }
        port_ = ntohs(over_ipv6_ ? own.ipv6.sin6_port : own.ipv4.sin_port);
        return socket;
    }

    //! The system chooses the port for the one; it may be taken for the other.
    bool bind_both()
    {
        port_ = 0;
        tcp_ = bound(SOCK_STREAM);
        udp_ = tcp_ < 0 ? -1 : bound(SOCK_DGRAM);
        return udp_ >= 0 && ::listen(tcp_, 16) == 0;
    }

    void close_all()
    {
        for (auto* const each : {&tcp_, &udp_}) {
            if (*each >= 0) { ::close(std::exchange(*each, -1)); }
        }
    }

    void serve()
    {
        for (;;) {
            auto watched = std::array{
                pollfd{stop_, POLLIN, 0}, pollfd{udp_, POLLIN, 0}, pollfd{tcp_, POLLIN, 0}};
            ::poll(watched.data(), watched.size(), -1);
            if (watched[0].revents != 0) { return; }
            if (watched[1].revents != 0) { answer_datagram(); }
            if (watched[2].revents != 0) { answer_connection(); }
        }
    }

    void answer_datagram()
    {
        auto bytes = std::string(65535, '\0');
        auto from = Address{};
        auto size = socklen_t{sizeof from};
        auto const count = ::recvfrom(udp_, bytes.data(), bytes.size(), 0, &from.any, &size);
        if (count < 0) { return; }
        bytes.resize(static_cast<std::size_t>(count));
        auto const reply = reply_to(bytes, false);
        if (!reply.empty()) { ::sendto(udp_, reply.data(), reply.size(), 0, &from.any, size); }
    }

    void answer_connection()
    {
        auto const socket = ::accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
        auto const length = exactly(socket, 2);
        if (length.size() == 2) {
            auto const high = static_cast<std::uint8_t>(length[0]);
            auto const low = static_cast<std::uint8_t>(length[1]);
            auto reply = reply_to(exactly(socket, std::size_t{high} << 8U | low), true);
            reply.insert(0, dns_number(static_cast<unsigned>(reply.size())));
            ::send(socket, reply.data(), reply.size(), MSG_NOSIGNAL);
        }
        ::close(socket);
    }

    static std::string exactly(int socket, std::size_t size)
    {
        auto bytes = std::string(size, '\0');
        auto const count = ::recv(socket, bytes.data(), size, MSG_WAITALL);
        return count == static_cast<ssize_t>(size) ? bytes : std::string{};
    }

    std::string reply_to(std::string const& question, bool over_tcp)
    {
        auto const name = name_in(question);
        {
            auto const lock = std::lock_guard{mutex_};
            asked_.push_back(name);
        }
        auto reply = zone_(name, over_tcp);
        if (reply.size() >= 2) { reply.replace(0, 2, question, 0, 2); }
        return reply;
    }

    static std::string name_in(std::string_view question)
    {
        auto name = std::string{};
        for (auto at = dns_question_at; at < question.size() && question[at] != 0;) {
            auto const length = static_cast<std::size_t>(question[at]);
            name.append(name.empty() ? "" : ".").append(question.substr(at + 1, length));
            at += length + 1;
        }
        return name;
    }

    Zone zone_;
    bool over_ipv6_;
    int stop_ = ::eventfd(0, EFD_CLOEXEC);
    int tcp_ = -1;
    int udp_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutable mutex_;
    std::vector<std::string> asked_;
    std::thread thread_;
};

}  // namespace etcdpp::tests
