// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From an endpoint to a connection: name, TCP and TLS within one bound.

#include "etcdpp/transport/poco_connection.hpp"
#include "etcdpp/transport/poco_options.hpp"
#include "etcdpp/transport/poco_patience.hpp"
#include "etcdpp/transport/poco_resolver.hpp"
#include "etcdpp/transport/poco_tls_context.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <poll.h>

namespace etcdpp::detail {

//! Opens connections. May be used from many threads at once. No byte of a request has been sent
//! when this fails, so the effect is always `none`.
class Dialer {
public:
    using Dialled = Result<std::unique_ptr<Connection>>;

    explicit Dialer(PocoOptions const& options)
        : keep_alive_period_{options.tcp_keep_alive_period}, resolver_{options.lookup},
          tls_{options.tls}
    {
    }

    //! Errc::invalid_argument if a file of the TlsOptions cannot be used, else as transports fail.
    Dialled dial(Endpoint const& to, Patience const& attempt)
    {
        return dial(
            to, attempt, to, [](Dialled connection, Patience const&) { return connection; });
    }

    //! Goes by way of `via`, whose own scheme does not matter. Where TLS is spoken to the end of
    //! the way, `arrange(connection, patience)` first has `via` open it.
    template <class Arrange>
    Dialled dial(
        Endpoint const& to, Patience const& attempt, Endpoint const& via, Arrange const& arrange)
    {
        auto const patience = attempt.for_connecting();
        auto context = to.scheme == Scheme::https ? tls_.get() : TlsContext{};
        if (!context) { return unexpected(std::move(context).error()); }
        auto const addresses = resolver_.resolve(via.host, patience.by(), patience.stop());
        if (!addresses) { return unexpected(addresses.error()); }
        auto connection = connect(to, via.port, *addresses, patience);
        if (!connection && connection.error() != Errc::cancelled) { resolver_.forget(via.host); }
        if (!connection || *context == nullptr) { return connection; }
        auto arranged = arrange(std::move(connection), patience);
        if (!arranged) { return arranged; }
        return secure(*std::move(arranged), *std::move(context), patience);
    }

private:
    //! Tries the addresses in order. One that does not answer leaves the next their share of time.
    Dialled connect(Endpoint const& to, std::uint16_t port, Addresses const& addresses,
        Patience const& patience)
    {
        auto words = std::string{};
        for (auto left = addresses.size();; --left) {
            auto const& address = addresses[addresses.size() - left];
            auto connection = connect(to, {address, port}, patience.share(left));
            if (connection || addresses.size() == 1 || connection.error() == Errc::cancelled) {
                return connection;
            }
            words += address.toString() + ": " + connection.error().words();
            if (left == 1) {
                return unexpected(member_error(connection.error().code(), Effect::none, words));
            }
            words += "; ";
        }
    }

    Dialled connect(
        Endpoint const& to, Poco::Net::SocketAddress const& address, Patience const& patience)
    try {
        auto connection = std::make_unique<Connection>(to);
        auto& socket = connection->socket();
        socket.connect(address, keep_alive_period_);
        auto const heard = patience.await(
            socket.descriptor(), POLLOUT, {Effect::none, "while connecting"});
        if (!heard) { return unexpected(heard.error()); }
        if (auto const fault = socket.connect_fault(); fault != 0) {
            return unexpected(member_error(Errc::unreachable, Effect::none, system_words(fault)));
        }
        return connection;
    } catch (Poco::Exception const& fault) {
        return unexpected(member_error(Errc::unreachable, Effect::none, words_of(fault)));
    }

    Dialled secure(
        std::unique_ptr<Connection> connection, TlsContext context, Patience const& patience)
    {
        auto const& options = tls_.options();
        auto const& host = options.server_name.empty() ? connection->endpoint().host
                                                       : options.server_name;
        auto& session = connection->secure(std::move(context));
        session.ask_for(host);
        auto const verifies = options.verify_host_name && !options.insecure_trust_everyone;
        if (verifies && !session.insist_on(host)) {
            return unexpected(member_error(Errc::unreachable, Effect::none,
                "TLS: no certificate can be compared with the host name \"" + host + '"'));
        }
        for (;;) {
            auto const moved = session.handshake();
            if (moved.kind == Moved::Kind::bytes) { return connection; }
            if (moved.is_lost()) {
                return unexpected(member_error(Errc::unreachable, Effect::none, moved.words));
            }
            auto const heard = patience.await(connection->descriptor(), moved.awaited(),
                {Effect::none, "during the TLS handshake"});
            if (!heard) { return unexpected(heard.error()); }
        }
    }

    std::chrono::seconds keep_alive_period_;
    Resolver resolver_;
    LazyTlsContext tls_;
};

}  // namespace etcdpp::detail
