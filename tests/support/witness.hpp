// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Asks one member over a plain socket, without a line of the library under test.

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etcdpp::tests {

//! What a Witness heard.
struct Testimony {
    enum class Outcome {
        answered,  //!< A whole reply came; its status may be anything.
        refused,   //!< Nobody listens.
        silent,    //!< Connected, but the reply did not come, or not all of it, in time.
        lost,      //!< The connection ended before the whole reply had come.
    };

    Outcome outcome = Outcome::lost;
    int status = 0;         //!< 0 if there was no reply.
    std::string head = {};  //!< Status line and headers as they came.
    std::string body = {};

    //! For messages. A `switch` without default: the compiler reports a forgotten outcome.
    std::string describe() const
    {
        switch (outcome) {
        case Outcome::answered: return std::to_string(status) + " " + body;
        case Outcome::refused: return "refused the connection";
        case Outcome::silent: return "did not answer in time";
        case Outcome::lost: return "closed the connection without a whole reply";
        }
        return "unknown outcome";
    }
};

//! Asks one member over a plain socket, without a line of the library under test.
//!
//! HTTP/1.0, one connection per request, at most 4096 bytes of request line (etcd's limit). The
//! target goes out as given: escape it. Never throws for what a member does or fails to do. May be
//! used from several threads at once. Not cancellable, but each request ends with its time limit.
class Witness {
public:
    using Time = std::chrono::milliseconds;

    //! Longer than the 7 s after which etcd 3.4 gives up a write by itself.
    static constexpr Time patience{10'000};

    explicit Witness(std::uint16_t port) noexcept : port_{port} {}

    Testimony get(std::string_view target, Time within = patience) const
    {
        return ask("GET", target, {}, {}, within);
    }

    //! `form` is already encoded, as in "value=blue&ttl=5".
    Testimony put(std::string_view target, std::string_view form, Time within = patience) const
    {
        return ask("PUT", target, "application/x-www-form-urlencoded", form, within);
    }

    Testimony post(std::string_view target, std::string_view json, Time within = patience) const
    {
        return ask("POST", target, "application/json", json, within);
    }

    Testimony remove(std::string_view target, Time within = patience) const
    {
        return ask("DELETE", target, {}, {}, within);
    }

    //! Whether somebody listens; a frozen member still does.
    bool accepts() const { return Connection{port_, Time{1000}}.connect(); }

private:
    class Connection {
    public:
        Connection(std::uint16_t port, Time within)
            : until_{std::chrono::steady_clock::now() + within},
              socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)}
        {
            address_.sin_family = AF_INET;
            address_.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
            address_.sin_port = ::htons(port);
        }

        ~Connection() { ::close(socket_); }

        Connection(Connection const&) = delete;
        Connection& operator=(Connection const&) = delete;

        bool connect()
        {
            auto const* const generic = reinterpret_cast<sockaddr const*>(&address_);
            if (::connect(socket_, generic, sizeof address_) == 0) { return true; }
            auto problem = errno;
            auto length = static_cast<socklen_t>(sizeof problem);
            return problem == EINPROGRESS && wait_for(POLLOUT)
                && ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &problem, &length) == 0
                && problem == 0;
        }

        bool send(std::string_view text)
        {
            while (!text.empty()) {
                auto const sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
                if (sent < 0 && (errno != EAGAIN || !wait_for(POLLOUT))) { return false; }
                text.remove_prefix(sent < 0 ? 0 : static_cast<std::size_t>(sent));
            }
            return true;
        }

        //! Appends what comes until the member closes. @returns whether it did, in time.
        bool receive_to_end(std::string& text)
        {
            char buffer[16'384];
            while (true) {
                auto const received = ::recv(socket_, buffer, sizeof buffer, 0);
                if (received > 0) {
                    text.append(buffer, static_cast<std::size_t>(received));
                } else if (received == 0) {
                    return true;
                } else if (errno != EAGAIN || !wait_for(POLLIN)) {
                    return false;
                }
            }
        }

        bool late() const { return std::chrono::steady_clock::now() >= until_; }

    private:
        bool wait_for(short what)
        {
            auto const left = std::chrono::ceil<Time>(until_ - std::chrono::steady_clock::now());
            auto const limit = static_cast<int>(std::max(left, Time{0}).count());
            auto request = pollfd{socket_, what, 0};
            auto const ready = ::poll(&request, 1, limit);
            return ready > 0 || (ready < 0 && errno == EINTR && !late());
        }

        std::chrono::steady_clock::time_point until_;
        int socket_;
        sockaddr_in address_ = {};
    };

    Testimony ask(std::string_view method, std::string_view target, std::string_view type,
        std::string_view body, Time within) const
    {
        auto request = std::ostringstream{};
        request << method << ' ' << target << " HTTP/1.0\r\nHost: 127.0.0.1:" << port_ << "\r\n";
        if (!type.empty()) {
            request << "Content-Type: " << type << "\r\nContent-Length: " << body.size() << "\r\n";
        }
        request << "\r\n" << body;

        auto connection = Connection{port_, within};
        if (!connection.connect()) {
            return {connection.late() ? Testimony::Outcome::silent : Testimony::Outcome::refused};
        }
        auto reply = std::string{};
        if (connection.send(request.view()) && connection.receive_to_end(reply)) {
            return understand(reply);
        }
        return {connection.late() ? Testimony::Outcome::silent : Testimony::Outcome::lost};
    }

    //! The reply ends with the connection; a Content-Length tells whether it ended early.
    static Testimony understand(std::string_view reply)
    {
        constexpr auto length_name = std::string_view{"\r\nContent-Length: "};
        auto const end = reply.find("\r\n\r\n");
        if (end == std::string_view::npos || !reply.starts_with("HTTP/1.") || end < 12) {
            return {Testimony::Outcome::lost};
        }
        auto const head = reply.substr(0, end + 2);
        auto const body = reply.substr(end + 4);
        auto const length = head.find(length_name);
        auto expected = body.size();
        if (length != std::string_view::npos) {
            auto const digits = head.substr(length + length_name.size());
            std::from_chars(digits.data(), digits.data() + digits.size(), expected);
        }
        auto status = 0;
        std::from_chars(head.data() + 9, head.data() + 12, status);
        return {expected == body.size() ? Testimony::Outcome::answered : Testimony::Outcome::lost,
            status, std::string{head}, std::string{body}};
    }

    std::uint16_t port_;
};

}  // namespace etcdpp::tests
