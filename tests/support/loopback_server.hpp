// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A server that does to a connection exactly what a test says, byte by byte.

#include "etcdpp/core/endpoint.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etcdpp::tests {

class LoopbackServer;

//! The server's end of one connection, played by one thread. Every call blocks, until the client
//! closes or the server is destroyed: then reads give nothing and writes are lost.
class Peer {
public:
    //! Which connection this is: 0 for the server's first.
    std::size_t number() const noexcept { return number_; }

    //! The next whole request, head and announced body, or nothing if the client closed before its
    //! end.
    std::optional<std::string> request();

    //! The next `size` bytes, or fewer if the client closes.
    std::string bytes(std::size_t size)
    {
        while (unread_.size() < size && receive()) {}
        auto taken = unread_.substr(0, size);
        unread_.erase(0, taken.size());
        return taken;
    }

    void say(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const count = write(bytes);
            if (count <= 0) { return; }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    //! Says nothing until the client closes.
    void keep_silent()
    {
        while (receive()) {}
    }

    //! Says one byte an `interval`, until it is all said or the client closes.
    void drip(std::string_view bytes, std::chrono::milliseconds interval)
    {
        for (auto const byte : bytes) {
            auto watched = pollfd{socket_, POLLIN, 0};
            if (::poll(&watched, 1, static_cast<int>(interval.count())) != 0) { return; }
            say({&byte, 1});
        }
    }

    //! Ends the connection in good order.
    void close()
    {
        if (ssl_) { SSL_shutdown(ssl_.get()); }
        hang_up();
    }

    //! Ends the connection, with TLS without a goodbye, and waits until the client's system knows
    //! it.
    void hang_up()
    {
        ::shutdown(socket_, SHUT_WR);
        auto info = tcp_info{};
        auto size = socklen_t{sizeof info};
        while (::getsockopt(socket_, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
            && info.tcpi_state == TCP_FIN_WAIT1) {
            std::this_thread::yield();
        }
    }

    //! Ends the connection as a server that was killed does.
    void reset()
    {
        auto const at_once = linger{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close_descriptor();
    }

    //! Speaks TLS from here on. False if the client and the server do not agree on it.
    bool secure(SSL_CTX* context)
    {
        ssl_.reset(SSL_new(context));
        SSL_set_fd(ssl_.get(), socket_);
        return SSL_accept(ssl_.get()) == 1;
    }

private:
    friend class LoopbackServer;

    struct FreeSsl {
        void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
    };

    Peer(int socket, std::size_t number, LoopbackServer& server)
        : socket_{socket}, number_{number}, server_{server}
    {
        auto const yes = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }

    //! Adds to `unread_`; false if nothing more will come.
    bool receive()
    {
        char room[16 * 1024];
        auto const count = ssl_ ? SSL_read(ssl_.get(), room, sizeof room)
                                : ::recv(socket_, room, sizeof room, 0);
        if (count <= 0) { return false; }
        unread_.append(room, static_cast<std::size_t>(count));
        return true;
    }

    ssize_t write(std::string_view bytes)
    {
        return ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                    : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }

    void close_descriptor()
    {
        auto const guard = std::lock_guard{mutex_};
        if (socket_ >= 0) { ::close(std::exchange(socket_, -1)); }
    }

    //! Called from another thread: whatever blocks ends.
    void interrupt()
    {
        auto const guard = std::lock_guard{mutex_};
        if (socket_ >= 0) { ::shutdown(socket_, SHUT_RDWR); }
    }

    std::mutex mutex_;  //!< guards the closing of the socket
    int socket_;
    std::size_t number_;
    LoopbackServer& server_;
    std::unique_ptr<SSL, FreeSsl> ssl_;
    std::string unread_;
};

//! Listens on a free port of 127.0.0.1 and plays `part` on every connection, each in its own
//! thread.
class LoopbackServer {
public:
    using Part = std::function<void(Peer&)>;

    //! With a TLS context every connection begins with a handshake; a failed one is not played.
    explicit LoopbackServer(Part part, std::shared_ptr<SSL_CTX> tls = nullptr)
        : part_{std::move(part)}, tls_{std::move(tls)}
    {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto address = sockaddr_in{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        auto size = socklen_t{sizeof address};
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0
            || ::getsockname(listener_, generic, &size) != 0) {
            throw std::runtime_error{"no port on loopback for a test's server"};
        }
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread{[this] { accept(); }};
    }

    ~LoopbackServer()
    {
        stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        for (auto& peer : peers_) { peer->interrupt(); }
        for (auto& player : players_) { player.join(); }
        ::close(listener_);
    }

    LoopbackServer(LoopbackServer const&) = delete;
    LoopbackServer& operator=(LoopbackServer const&) = delete;

    Endpoint endpoint() const
    {
        return {.scheme = tls_ ? Scheme::https : Scheme::http, .host = "127.0.0.1", .port = port_};
    }

    //! The requests read so far, over all connections, in the order of their ends.
    std::vector<std::string> requests() const
    {
        auto const guard = std::lock_guard{mutex_};
        return requests_;
    }

    //! How many connections were accepted so far.
    std::size_t connections() const
    {
        auto const guard = std::lock_guard{mutex_};
        return accepted_;
    }

    //! Waits until that many requests have been read.
    void await_requests(std::size_t count) const
    {
        auto guard = std::unique_lock{mutex_};
        changed_.wait(guard, [&] { return requests_.size() >= count; });
    }

    //! Waits until that many connections have been played to the end of their part.
    void await_played(std::size_t count) const
    {
        auto guard = std::unique_lock{mutex_};
        changed_.wait(guard, [&] { return played_ >= count; });
    }

private:
    friend class Peer;

    //! Changes what others wait for.
    template <class Change>
    void note(Change const& change)
    {
        auto const guard = std::lock_guard{mutex_};
        change();
        changed_.notify_all();
    }

    void accept()
    {
        for (;;) {
            auto const socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0 || stopping_) {
                if (socket >= 0) { ::close(socket); }
                return;
            }
            peers_.emplace_back(new Peer{socket, peers_.size(), *this});
            note([this] { ++accepted_; });
            players_.emplace_back([this, peer = peers_.back().get()] { play(*peer); });
        }
    }

    void play(Peer& peer)
    {
        block_sigpipe();
        if (!tls_ || peer.secure(tls_.get())) { part_(peer); }
        peer.close_descriptor();
        note([this] { ++played_; });
    }

    //! OpenSSL's own sockets raise it, here in the server as everywhere.
    static void block_sigpipe()
    {
        auto pipe = sigset_t{};
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    }

    Part part_;
    std::shared_ptr<SSL_CTX> tls_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<std::string> requests_;
    std::size_t accepted_ = 0;
    std::size_t played_ = 0;
    std::list<std::unique_ptr<Peer>> peers_;  //!< the acceptor's until it is joined
    std::vector<std::thread> players_;
    std::thread acceptor_;
};

inline std::optional<std::string> Peer::request()
{
    while (unread_.find("\r\n\r\n") == std::string::npos) {
        if (!receive()) { return std::nullopt; }
    }
    auto const head = unread_.find("\r\n\r\n") + 4;
    auto size = head;
    constexpr auto name = std::string_view{"\r\nContent-Length: "};
    if (auto const at = unread_.find(name); at < head) {
        auto length = std::size_t{0};
        std::from_chars(unread_.data() + at + name.size(), unread_.data() + head, length);
        size += length;
    }
    auto text = bytes(size);
    if (text.size() < size) { return std::nullopt; }
    server_.note([&] { server_.requests_.push_back(text); });
    return text;
}

}  // namespace etcdpp::tests
