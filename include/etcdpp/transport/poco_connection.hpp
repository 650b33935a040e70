// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A connection to a member, with or without TLS, and its buffers.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/http/request_text.hpp"
#include "etcdpp/transport/poco_buffer.hpp"
#include "etcdpp/transport/poco_socket.hpp"
#include "etcdpp/transport/poco_tls_session.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>

namespace etcdpp::detail {

//! Belongs to one thread at a time. Carries one request after another, never two at once.
class Connection {
public:
    explicit Connection(Endpoint to)
        : to_{std::move(to)}, host_{http::behind_target(authority(to_))}
    {
    }

    Endpoint const& endpoint() const noexcept { return to_; }
    TcpSocket& socket() noexcept { return socket_; }

    //! Puts TLS between the socket and all that follows. @pre the socket is connected
    TlsSession& secure(TlsContext context) { return tls_.emplace(std::move(context), socket_); }

    //! Writes the request into a buffer that is kept for the next. The view is valid until then.
    std::string_view compose(http::Request const& request)
    {
        output_.clear();
        http::append_request_text(output_, request, host_);
        return output_;
    }

    //! Lets go of what a large request took, for the connection may be idle for long.
    void rest()
    {
        constexpr auto kept = std::size_t{64} * 1024;
        if (output_.capacity() > kept) { output_ = {}; }
    }

    Moved send(std::string_view bytes) { return tls_ ? tls_->send(bytes) : socket_.send(bytes); }

    //! Receives into input().
    Moved receive()
    {
        auto const room = input_.room();
        auto moved = tls_ ? tls_->receive(room) : socket_.receive(room);
        input_.received(moved.count);
        awaited_ = moved.awaited();
        return moved;
    }

    ReceiveBuffer& input() noexcept { return input_; }
    ReceiveBuffer const& input() const noexcept { return input_; }

    int descriptor() const { return socket_.descriptor(); }

    //! The events of poll(2) after which receive() may bring something.
    short awaited() const noexcept { return awaited_; }

    //! True if receive() brings something that a poll does not tell of.
    bool holds_bytes() const noexcept { return tls_ && tls_->holds_bytes(); }

    //! How many bytes, TLS included, have left this process.
    std::uint64_t handed_over() const noexcept { return socket_.handed_over(); }

    //! Looks whether an idle connection can carry a request: it is neither closed nor lost, and
    //! nothing arrived that nobody asked for.
    bool is_usable()
    {
        if (!input_.empty()) { return false; }
        auto const seen = tls_ ? tls_->peek() : socket_.peek();
        return seen.kind == Moved::Kind::wants_input;
    }

private:
    Endpoint to_;
    std::string host_;  //!< as every request to it has it
    TcpSocket socket_;
    std::optional<TlsSession> tls_;  //!< uses socket_: goes before it
    ReceiveBuffer input_;
    std::string output_;
    short awaited_ = POLLIN;
};

}  // namespace etcdpp::detail
