// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A TCP connection that never blocks, never throws and never raises SIGPIPE.

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace etcdpp::detail {

//! What one attempt to move bytes, which never blocks, came to.
struct Moved {
    enum class Kind : std::uint8_t {
        bytes,         //!< `count` of them, at least one
        wants_input,   //!< nothing until the socket is readable
        wants_output,  //!< nothing until the socket is writable
        closed,        //!< the peer has said all it wants to say
        failed,        //!< the connection is lost, and `words` say why
    };

    Kind kind = Kind::bytes;
    std::size_t count = 0;
    std::string words = {};

    bool is_lost() const noexcept { return kind == Kind::closed || kind == Kind::failed; }

    //! The event of poll(2) to wait for before the next attempt.
    short awaited() const noexcept { return kind == Kind::wants_output ? POLLOUT : POLLIN; }
};

//! The system's sentence for an errno, as a part of a longer one: "connection refused".
inline std::string system_words(int code)
{
    auto words = std::generic_category().message(code);
    if (words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a') {
        words[0] = static_cast<char>(words[0] - 'A' + 'a');
    }
    return words;
}

//! Poco reports a failed system call by an exception that carries its errno.
inline std::string words_of(Poco::Exception const& fault)
{
    return fault.code() != 0 ? system_words(fault.code()) : fault.displayText();
}

//! Poco makes the socket, sets it up and closes it. Bytes are moved by the system calls themselves:
//! what Poco's sendBytes does when a socket is full differs between its versions (1.11 throws), and
//! a lost connection is too ordinary here for an exception.
class TcpSocket {
public:
    //! Begins to connect; the socket becomes writable when that is done, see connect_fault().
    //! @throws Poco::Exception if it is refused at once, or no socket can be had
    void connect(Poco::Net::SocketAddress const& address, std::chrono::seconds keep_alive_period)
    {
        socket_.connectNB(address);
        ::fcntl(descriptor(), F_SETFD, FD_CLOEXEC);
        socket_.setNoDelay(true);
        if (keep_alive_period > std::chrono::seconds::zero()) { keep_alive(keep_alive_period); }
    }

    //! The errno of a connect that has ended, 0 if it succeeded.
    int connect_fault() { return socket_.impl()->socketError(); }

    int descriptor() const { return socket_.impl()->sockfd(); }

    //! How many bytes the kernel has taken since the beginning. While this stays the same, no
    //! server can have seen anything new.
    std::uint64_t handed_over() const noexcept { return handed_over_; }

    Moved send(std::string_view bytes)
    {
        auto const count = ::send(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count > 0) { handed_over_ += static_cast<std::uint64_t>(count); }
        return outcome(count, Moved::Kind::wants_output);
    }

    Moved receive(std::span<char> room)
    {
        auto const count = ::recv(descriptor(), room.data(), room.size(), 0);
        return outcome(count, Moved::Kind::wants_input);
    }

    //! Looks at the next byte without taking it.
    Moved peek()
    {
        auto next = char{};
        auto const count = ::recv(descriptor(), &next, 1, MSG_PEEK);
        return outcome(count, Moved::Kind::wants_input);
    }

private:
    //! @pre errno is still that of the call that returned `count`
    static Moved outcome(ssize_t count, Moved::Kind if_would_block)
    {
        if (count > 0) { return {.count = static_cast<std::size_t>(count)}; }
        if (count == 0) { return {.kind = Moved::Kind::closed}; }
        if (errno == EAGAIN || errno == EINTR) { return {.kind = if_would_block}; }
        return {.kind = Moved::Kind::failed, .words = system_words(errno)};
    }

    //! A host that vanished is found out after three unanswered probes, one a period.
    void keep_alive(std::chrono::seconds period)
    {
        auto const seconds = static_cast<int>(period.count());
        socket_.setKeepAlive(true);
        socket_.setOption(IPPROTO_TCP, TCP_KEEPIDLE, seconds);
        socket_.setOption(IPPROTO_TCP, TCP_KEEPINTVL, seconds);
        socket_.setOption(IPPROTO_TCP, TCP_KEEPCNT, 3);
    }

    Poco::Net::StreamSocket socket_;
    std::uint64_t handed_over_ = 0;
};

}  // namespace etcdpp::detail
