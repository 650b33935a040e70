// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The default transport: HTTP/1.1 over pooled Poco sockets, with and without TLS.

#include "etcdpp/transport/concept.hpp"
#include "etcdpp/transport/poco_options.hpp"
#include "etcdpp/transport/poco_wall.hpp"

#include <memory>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

namespace etcdpp {

//! Making one does no I/O. All functions may be called from many threads at once; no lock is held
//! while anything is waited for. Exchanges may outlive it. A process that forks makes a new one in
//! the child.
class PocoTransport {
public:
    using Options = PocoOptions;

    //! Destroyed before its `end`, or once it failed, it has closed its connection, which tells the
    //! member to give up; at its `end` the connection goes back to serve other requests.
    class Exchange {
    public:
        //! Reads what has arrived, and never waits.
        Result<Progress> advance() { return exchange_->advance(); }

        http::Response const& response() const noexcept { return exchange_->response(); }

    private:
        friend class PocoTransport;

        explicit Exchange(std::unique_ptr<detail::HttpExchange> exchange)
            : exchange_{std::move(exchange)}
        {
        }

        std::unique_ptr<detail::HttpExchange> exchange_;
    };

    PocoTransport() : PocoTransport{Options{}} {}

    explicit PocoTransport(Options const& options) : sockets_{detail::make_sockets(options)} {}

    //! One attempt, as `transport` requires it. Beyond what that concept lists it can fail with
    //! Errc::invalid_argument, if a file of the TlsOptions cannot be used.
    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits) const
    {
        return sockets_->send(to, request, limits);
    }

    Result<Exchange> start(
        Endpoint const& to, http::Request const& request, Limits const& limits) const
    {
        auto started = sockets_->start(to, request, limits);
        if (!started) { return unexpected(std::move(started).error()); }
        return Exchange{*std::move(started)};
    }

    //! Of several that can advance the first is named. One that has told its end, or its error, is
    //! never waited for. If nothing is, only `by` and `stop` end the wait.
    Ready wait(std::span<Exchange* const> exchanges, Deadline by, std::stop_token const& stop) const
    {
        auto awaited = std::vector<detail::HttpExchange*>{};
        awaited.reserve(exchanges.size());
        for (auto const* const each : exchanges) { awaited.push_back(each->exchange_.get()); }
        return sockets_->wait(awaited, by, stop);
    }

private:
    std::unique_ptr<detail::HttpSockets> sockets_;
};

static_assert(streaming_transport<PocoTransport>);

}  // namespace etcdpp

#ifndef ETCDPP_SEPARATE_COMPILATION
#include "etcdpp/transport/poco_sockets.hpp"
#endif
