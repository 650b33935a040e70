// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The sockets of a PocoTransport: finds or dials a connection, sends, follows the reply.

#include "etcdpp/http/request_text.hpp"
#include "etcdpp/http/response_parser.hpp"
#include "etcdpp/transport/poco_dial.hpp"
#include "etcdpp/transport/poco_exchange.hpp"
#include "etcdpp/transport/poco_options.hpp"
#include "etcdpp/transport/poco_patience.hpp"
#include "etcdpp/transport/poco_pool.hpp"
#include "etcdpp/transport/poco_wait.hpp"
#include "etcdpp/transport/poco_wall.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include <poll.h>

namespace etcdpp::detail {

class PocoSockets final : public HttpSockets {
public:
    explicit PocoSockets(PocoOptions const& options)
        : limits_{options.max_head, options.max_body},
          pool_{std::make_shared<ConnectionPool>(options.connections_per_member)}, dialer_{options}
    {
    }

    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits) override
    {
        auto const stop = StopSignal{limits.stop};
        auto const patience = Patience{limits, stop};
        auto exchange = PocoExchange{pool_, request.method, limits_};
        auto const begun = begin(exchange, to, request, patience);
        if (!begun) { return unexpected(begun.error()); }
        return exchange.finish(patience);
    }

    Result<std::unique_ptr<HttpExchange>> start(
        Endpoint const& to, http::Request const& request, Limits const& limits) override
    {
        auto const stop = StopSignal{limits.stop};
        auto const patience = Patience{limits, stop};
        auto exchange = std::make_unique<PocoExchange>(pool_, request.method, limits_);
        auto const begun = begin(*exchange, to, request, patience);
        if (!begun) { return unexpected(begun.error()); }
        return exchange;
    }

    Ready wait(
        std::span<HttpExchange* const> exchanges, Deadline by, std::stop_token const& stop) override
    {
        auto const signal = StopSignal{stop};
        auto watched = std::vector<pollfd>{};
        watched.reserve(exchanges.size() + 1);
        for (auto const* const each : exchanges) {
            auto const* const exchange = static_cast<PocoExchange const*>(each);
            if (exchange->can_advance() && !signal.raised()) {
                return {Ready::Kind::exchange, watched.size()};
            }
            watched.push_back(exchange->awaited());
        }
        watched.push_back({signal.descriptor(), POLLIN, 0});
        switch (poll_until(watched, by, signal)) {
        case Woken::ready: break;
        case Woken::timed_out: return {Ready::Kind::timed_out};
        case Woken::stopped: return {Ready::Kind::stopped};
        }
        auto const has_event = [](pollfd const& each) { return each.revents != 0; };
        auto const first = std::ranges::find_if(watched, has_event);
        return {Ready::Kind::exchange, static_cast<std::size_t>(first - watched.begin())};
    }

private:
    using Connected = Dialer::Dialled;

    //! Finds a connection and sends.
    Result<void> begin(PocoExchange& exchange, Endpoint const& to, http::Request const& request,
        Patience const& patience)
    {
        auto in_time = patience.check({Effect::none, "before anything was sent"});
        if (!in_time) { return in_time; }
        auto connection = connection_for(request, to, patience);
        if (!connection) { return unexpected(std::move(connection).error()); }
        return exchange.send(request, *std::move(connection), patience);
    }

    Connected connection_for(
        http::Request const& request, Endpoint const& to, Patience const& patience)
    {
        if (auto idle = pool_->take(to)) { return idle; }
        pool_->sweep();
        auto dialled = dialer_.dial(to, patience);
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
    Connected warmed_up(std::unique_ptr<Connection> connection, Patience const& patience)
    {
        auto const small = http::Request{.target = "/version"};
        auto exchange = PocoExchange{nullptr, small.method, limits_};
        auto const warmed = exchange.send(small, std::move(connection), patience).and_then([&] {
            return exchange.finish(patience);
        });
        if (!warmed) {
            auto const& error = warmed.error();
            return unexpected(Error{error.code(),
                {.effect = Effect::none, .fault = error.fault(), .words = error.words()}});
        }
        auto warm = std::move(exchange).connection();
        if (!warm) {
            return unexpected(member_error(Errc::unreachable, Effect::none,
                "the connection was closed after a first small request"));
        }
        return warm;
    }

    http::ParserLimits limits_;
    std::shared_ptr<ConnectionPool> pool_;
    Dialer dialer_;
};

template <class Options>
std::unique_ptr<HttpSockets> make_sockets(Options const& options)
{
    return std::make_unique<PocoSockets>(options);
}

}  // namespace etcdpp::detail
