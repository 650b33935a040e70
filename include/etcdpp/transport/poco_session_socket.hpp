// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A Poco socket that waits no longer than its attempt may, and can be stopped.

#include "etcdpp/core/result.hpp"
#include "etcdpp/transport/poco_connection.hpp"
#include "etcdpp/transport/poco_patience.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>

namespace etcdpp::detail {

//! Stands where an HTTPClientSession expects a blocking socket, and has a Connection, with or
//! without TLS, do the work. Poco's streams swallow exceptions, so what went wrong is kept here.
//! Lives within one attempt: it refers to its Patience.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): Poco counts its references
class SessionSocket : public Poco::Net::StreamSocketImpl {
public:
    using StreamSocketImpl::receiveBytes;
    using StreamSocketImpl::sendBytes;

    SessionSocket(
        std::unique_ptr<Connection> connection, Patience const& patience, std::size_t max_head)
        : StreamSocketImpl{connection->descriptor()}, connection_{std::move(connection)},
          patience_{patience}, head_left_{max_head}, before_{connection_->handed_over()}
    {
    }

    //! Sends all, or fails.
    int sendBytes(void const* buffer, int length, int) override
    {
        auto unsent = std::string_view{
            static_cast<char const*>(buffer), static_cast<std::size_t>(length)};
        while (!unsent.empty()) {
            auto const moved = connection_->send(unsent);
            unsent.remove_prefix(moved.count);
            if (moved.is_lost()) { fail_lost("while sending the request: " + moved.words); }
            if (moved.kind != Moved::Kind::bytes) {
                await(moved.awaited(), "while sending the request");
            }
        }
        return length;
    }

    //! @returns zero when the peer has closed
    int receiveBytes(void* buffer, int length, int) override
    {
        auto& input = connection_->input();
        if (is_in_head_ && head_left_ == 0) { fail_too_long(); }
        while (input.empty()) {
            auto const moved = connection_->receive();
            if (moved.kind == Moved::Kind::failed) { fail_lost(moved.words); }
            if (moved.kind == Moved::Kind::closed) {
                was_closed_ = true;
                return 0;
            }
            if (moved.kind != Moved::Kind::bytes) {
                await(moved.awaited(),
                    is_in_head_ ? "while waiting for the reply's head"
                                : "while waiting for the reply's body");
            }
        }
        auto const bytes = input.unread().substr(0, static_cast<std::size_t>(length));
        std::ranges::copy(bytes, static_cast<char*>(buffer));
        notice(bytes);
        input.consume(bytes.size());
        return static_cast<int>(bytes.size());
    }

    //! The descriptor is the connection's to close.
    void close() override {}
    void shutdown() override {}
    void shutdownSend() override {}
    void shutdownReceive() override {}

    //! From here on the reply's size is bounded by whoever reads it.
    void head_is_read() noexcept { is_in_head_ = false; }

    //! What went wrong between the member and us, if anything did.
    std::optional<Error> const& failure() const noexcept { return failure_; }

    bool was_closed() const noexcept { return was_closed_; }

    //! The last bytes that were received: five, or all if there are fewer.
    std::string const& last_bytes() const noexcept { return last_; }

    //! Whether what came began as an HTTP reply does; true of nothing, too.
    bool began_as_http() const noexcept { return std::string_view{"HTTP/"}.starts_with(first_); }

    Effect effect() const noexcept
    {
        return connection_->handed_over() == before_ ? Effect::none : Effect::unknown;
    }

    std::unique_ptr<Connection> take_connection() noexcept { return std::move(connection_); }

protected:
    //! Else the base would close the descriptor.
    ~SessionSocket() override { reset(); }

private:
    static constexpr auto noticed = std::size_t{5};

    void notice(std::string_view bytes)
    {
        if (first_.size() < noticed) { first_ += bytes.substr(0, noticed - first_.size()); }
        last_ += bytes.substr(bytes.size() - std::min(noticed, bytes.size()));
        if (last_.size() > noticed) { last_.erase(0, last_.size() - noticed); }
        if (is_in_head_) { head_left_ -= std::min(head_left_, bytes.size()); }
    }

    void await(short events, std::string_view doing)
    {
        auto const heard = patience_.await(connection_->descriptor(), events, {effect(), doing});
        if (!heard) { fail(heard.error()); }
    }

    void fail_lost(std::string const& words)
    {
        fail(member_error(Errc::unreachable, effect(), "the connection was lost: " + words));
    }

    void fail_too_long()
    {
        fail(member_error(Errc::malformed_reply, effect(), "the head of the reply is too large"));
    }

    //! By an exception that no layer of Poco takes for a reason to connect and send again.
    void fail(Error error)
    {
        failure_ = std::move(error);
        throw Poco::RuntimeException{failure_->words()};
    }

    std::unique_ptr<Connection> connection_;
    Patience const& patience_;
    std::size_t head_left_;
    std::uint64_t before_;
    std::optional<Error> failure_;
    std::string first_;
    std::string last_;
    bool is_in_head_ = true;
    bool was_closed_ = false;
};

}  // namespace etcdpp::detail
