// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The default transport: HTTP/1.1 over pooled Poco sockets, with and without TLS.

#include "etcdpp/http/request_text.hpp"
#include "etcdpp/http/response_parser.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/transport/poco_dial.hpp"
#include "etcdpp/transport/poco_exchange.hpp"
#include "etcdpp/transport/poco_options.hpp"
#include "etcdpp/transport/poco_patience.hpp"
#include "etcdpp/transport/poco_pool.hpp"
#include "etcdpp/transport/poco_wait.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include <poll.h>

namespace etcdpp {

//! Making one does no I/O. All functions may be called from many threads at once; no lock is held
//! while anything is waited for. Exchanges may outlive it. A process that forks makes a new one in
//! the child.
class PocoTransport {
public:
    using Options = PocoOptions;
    using Exchange = PocoExchange;

    PocoTransport() : PocoTransport{Options{}} {}

    explicit PocoTransport(Options const& options)
        : limits_{options.max_head, options.max_body},
          pool_{std::make_shared<detail::ConnectionPool>(options.connections_per_member)},
          dialer_{std::make_unique<detail::Dialer>(options)}
    {
    }

    //! One attempt, as `transport` requires it. Beyond what that concept lists it can fail with
    //! Errc::invalid_argument, if a file of the TlsOptions cannot be used.
    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits) const
    {
        auto const stop = detail::StopSignal{limits.stop};
        auto const patience = detail::Patience{limits, stop};
        auto exchange = exchange_for(request, pool_);
        auto const begun = begin(exchange, to, request, patience);
        if (!begun) { return unexpected(begun.error()); }
        return exchange.finish(patience);
    }

    Result<Exchange> start(
        Endpoint const& to, http::Request const& request, Limits const& limits) const
    {
        auto const stop = detail::StopSignal{limits.stop};
        auto const patience = detail::Patience{limits, stop};
        auto exchange = exchange_for(request, pool_);
        auto const begun = begin(exchange, to, request, patience);
        if (!begun) { return unexpected(begun.error()); }
        return exchange;
    }

    //! Of several that can advance the first is named. One that has told its end, or its error, is
    //! never waited for. If nothing is, only `by` and `stop` end the wait.
    Ready wait(std::span<Exchange* const> exchanges, Deadline by, std::stop_token const& stop) const
    {
        auto const signal = detail::StopSignal{stop};
        auto watched = std::vector<pollfd>{};
        watched.reserve(exchanges.size() + 1);
        for (auto const* const each : exchanges) {
            if (each->can_advance() && !signal.raised()) {
                return {Ready::Kind::exchange, watched.size()};
            }
            watched.push_back(each->awaited());
        }
        watched.push_back({signal.descriptor(), POLLIN, 0});
        switch (detail::poll_until(watched, by, signal)) {
        case detail::Woken::ready: break;
        case detail::Woken::timed_out: return {Ready::Kind::timed_out};
        case detail::Woken::stopped: return {Ready::Kind::stopped};
        }
        auto const has_event = [](pollfd const& each) { return each.revents != 0; };
        auto const first = std::ranges::find_if(watched, has_event);
        return {Ready::Kind::exchange, static_cast<std::size_t>(first - watched.begin())};
    }

private:
    using Connected = detail::Dialer::Dialled;

    Exchange exchange_for(
        http::Request const& request, std::shared_ptr<detail::ConnectionPool> pool) const
    {
        return {std::move(pool), http::ResponseParser{request.method, limits_}};
    }

    //! Finds a connection and sends.
    Result<void> begin(Exchange& exchange, Endpoint const& to, http::Request const& request,
        detail::Patience const& patience) const
    {
        auto in_time = patience.check({Effect::none, "before anything was sent"});
        if (!in_time) { return in_time; }
        auto connection = connection_for(request, to, patience);
        if (!connection) { return unexpected(std::move(connection).error()); }
        return exchange.send(request, *std::move(connection), patience);
    }

    Connected connection_for(
        http::Request const& request, Endpoint const& to, detail::Patience const& patience) const
    {
        if (auto idle = pool_->take(to)) { return idle; }
        pool_->sweep();
        auto dialled = dialer_->dial(to, patience);
        if (!dialled || !is_too_long_to_begin_with(request, to)) { return dialled; }
        return warmed_up(*std::move(dialled), patience);
    }

    //! A plaintext listener of etcd tells HTTP from gRPC by the first line of a connection, and
    //! resets the connection if that line is longer than 4096 bytes. Later ones may be (etcd
    //! 3.4.23).
    static bool is_too_long_to_begin_with(http::Request const& request, Endpoint const& to) noexcept
    {
        return to.scheme == Scheme::http && http::request_line_size(request) > 4096;
    }

    //! Has the connection carry something small first. What that answers does not matter, and if it
    //! fails, nothing of the request proper has been sent.
    Connected warmed_up(
        std::unique_ptr<detail::Connection> connection, detail::Patience const& patience) const
    {
        auto const small = http::Request{.target = "/version"};
        auto exchange = exchange_for(small, nullptr);
        auto const warmed = exchange.send(small, std::move(connection), patience).and_then([&] {
            return exchange.finish(patience);
        });
        if (!warmed) {
            auto const& error = warmed.error();
            return unexpected(Error{error.code(),
                {.effect = Effect::none, .fault = error.fault(), .words = error.words()}});
        }
        if (!exchange.connection_) {
            return unexpected(detail::member_error(Errc::unreachable, Effect::none,
                "the connection was closed after a first small request"));
        }
        return std::move(exchange.connection_);
    }

    http::ParserLimits limits_;
    std::shared_ptr<detail::ConnectionPool> pool_;
    std::unique_ptr<detail::Dialer> dialer_;
};

static_assert(streaming_transport<PocoTransport>);

}  // namespace etcdpp
