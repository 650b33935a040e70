// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The conventional transport: Poco's HTTPClientSession, which also goes through a proxy.

#include "etcdpp/http/basic_auth.hpp"
#include "etcdpp/http/request_text.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/transport/poco_dial.hpp"
#include "etcdpp/transport/poco_patience.hpp"
#include "etcdpp/transport/poco_pool.hpp"
#include "etcdpp/transport/poco_session_exchange.hpp"
#include "etcdpp/transport/poco_session_options.hpp"
#include "etcdpp/transport/poco_wait.hpp"

#include <memory>
#include <string>
#include <utility>

namespace etcdpp {

//! For members behind a proxy, or for whoever trusts Poco's HTTP more than ours. Deadline, silence
//! and stop hold as in PocoTransport, with which it has the connections in common; it costs several
//! times the instructions.
//!
//! What it cannot, because an HTTPClientSession cannot:
//!   - hand over the head of a reply and be waited for together with others: no watches;
//!   - read what a server says while it is still being sent a request: such a call is lost;
//!   - keep a connection that carried trailers: it is closed (WIRE 0.1);
//!   - tell a last chunk with an extension from a broken one: that is Errc::malformed_reply.
//!
//! Making one does no I/O. All functions may be called from many threads at once; no lock is held
//! while anything is waited for.
class PocoSessionTransport {
public:
    using Options = PocoSessionOptions;

    PocoSessionTransport() : PocoSessionTransport{Options{}} {}

    explicit PocoSessionTransport(Options const& options)
        : limits_{options.connection.max_head, options.connection.max_body}, proxy_{options.proxy},
          proxy_authorization_{options.proxy && options.proxy->credentials
                  ? http::basic_authorization(*options.proxy->credentials)
                  : Secret{}},
          pool_{
              std::make_unique<detail::ConnectionPool>(options.connection.connections_per_member)},
          dialer_{std::make_unique<detail::Dialer>(options.connection)}
    {
    }

    //! One attempt, as `transport` requires it. Beyond what that concept lists it can fail with
    //! Errc::invalid_argument, if a file of the TlsOptions cannot be used.
    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits) const
    {
        auto const stop = detail::StopSignal{limits.stop};
        auto const patience = detail::Patience{limits, stop};
        auto in_time = patience.check({Effect::none, "before anything was sent"});
        if (!in_time) { return unexpected(std::move(in_time).error()); }
        auto connection = connection_for(request, to, patience);
        if (!connection) { return unexpected(std::move(connection).error()); }
        return exchange(*std::move(connection), to, request, patience);
    }

private:
    using Connected = detail::Dialer::Dialled;

    bool is_proxied(Endpoint const& to) const { return proxy_ && proxy_->serves(to.host); }

    //! A connection that is good for more goes back to the pool.
    Result<http::Response> exchange(std::unique_ptr<detail::Connection> connection,
        Endpoint const& to, http::Request const& request, detail::Patience const& patience) const
    {
        auto const whole_urls = is_proxied(to) && to.scheme == Scheme::http;
        auto exchange = detail::SessionExchange{std::move(connection), patience, limits_};
        auto response = [&] {
            if (!whole_urls || proxy_authorization_.empty()) {
                return exchange.run(to, request, whole_urls);
            }
            auto introduced = request;
            introduced.headers.add("Proxy-Authorization", proxy_authorization_.reveal());
            return exchange.run(to, introduced, whole_urls);
        }();
        if (auto unused = exchange.take_connection()) { pool_->put(std::move(unused)); }
        return response;
    }

    Connected connection_for(
        http::Request const& request, Endpoint const& to, detail::Patience const& patience) const
    {
        if (auto idle = pool_->take(to)) { return idle; }
        pool_->sweep();
        auto dialled = is_proxied(to) ? dial_through_proxy(to, patience)
                                      : dialer_->dial(to, patience);
        if (!dialled || !is_too_long_to_begin_with(request, to)) { return dialled; }
        return warmed_up(*std::move(dialled), to, patience);
    }

    Connected dial_through_proxy(Endpoint const& to, detail::Patience const& patience) const
    {
        auto const via = Endpoint{.host = proxy_->host, .port = proxy_->port};
        return dialer_->dial(to, patience, via, [&](Connected connection, auto const& until) {
            auto exchange = detail::SessionExchange{*std::move(connection), until, limits_};
            auto opened = exchange.open_tunnel(to, std::string{proxy_authorization_.reveal()});
            if (!opened) { return Connected{unexpected(nothing_sent(opened.error()))}; }
            auto tunnel = exchange.take_connection();
            if (tunnel) { return Connected{std::move(tunnel)}; }
            return Connected{unexpected(detail::member_error(Errc::not_etcd, Effect::none,
                "the proxy speaks before TLS has begun: is it one for HTTP?"))};
        });
    }

    //! A plaintext listener of etcd resets a connection whose first line is longer than 4096 bytes.
    //! Later ones may be (WIRE 0.2).
    static bool is_too_long_to_begin_with(http::Request const& request, Endpoint const& to) noexcept
    {
        return to.scheme == Scheme::http && http::request_line_size(request) > 4096;
    }

    //! Has the connection carry something small first; nothing of the request proper is sent.
    Connected warmed_up(std::unique_ptr<detail::Connection> connection, Endpoint const& to,
        detail::Patience const& patience) const
    {
        auto const warmed = exchange(
            std::move(connection), to, http::Request{.target = "/version"}, patience);
        if (!warmed) { return unexpected(nothing_sent(warmed.error())); }
        if (auto warm = pool_->take(to)) { return warm; }
        return unexpected(detail::member_error(Errc::unreachable, Effect::none,
            "the connection was closed after a first small request"));
    }

    static Error nothing_sent(Error const& error)
    {
        return Error{
            error.code(), {.effect = Effect::none, .fault = error.fault(), .words = error.words()}};
    }

    http::ParserLimits limits_;
    std::optional<HttpProxy> proxy_;
    Secret proxy_authorization_;
    std::unique_ptr<detail::ConnectionPool> pool_;
    std::unique_ptr<detail::Dialer> dialer_;
};

static_assert(transport<PocoSessionTransport>);

}  // namespace etcdpp
