// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a transport is: the one thing that moves bytes.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>

namespace etcdpp {

//! How long one attempt may wait, and for what.
struct Limits {
    Deadline by = Deadline::never();  //!< the call's deadline: it bounds everything
    Clock::duration connect = std::chrono::seconds{1};  //!< for name, connection and TLS together
    Clock::duration silence = std::chrono::seconds{1};  //!< the longest wait without a byte
    std::stop_token stop = {};                          //!< ends any wait within 50 ms
};

//! What an exchange has come to since it was asked last.
enum class Progress : std::uint8_t {
    more,   //!< nothing new; wait for it
    head,   //!< status and headers are there; the body may take for ever
    bytes,  //!< more of the body is there
    end,    //!< the reply is whole
};

//! How a wait over several exchanges ended.
struct Ready {
    enum class Kind : std::uint8_t { exchange, timed_out, stopped };

    Kind kind = Kind::timed_out;
    std::size_t which = 0;  //!< the position of the exchange that can advance

    friend bool operator==(Ready const&, Ready const&) = default;
};

template <class T>
concept sends_requests = requires(
    T& transport, Endpoint const& to, http::Request const& request, Limits const& limits) {
    { transport.send(to, request, limits) } -> std::same_as<Result<http::Response>>;
};

//! A type that carries one HTTP request to one endpoint and brings back the reply.
//!
//! Requires
//!   1. `send(to, request, limits)` makes one attempt: no retry, no redirect. (semantic)
//!   2. It returns at `limits.by` at the latest, or once `limits.silence` has passed without a byte
//!      in either direction, through connect, TLS, head and body. (semantic)
//!   3. A stop request ends it within 50 ms. (semantic)
//!   4. Any complete reply is a success, whatever its status; only its absence is an error.
//!      (semantic)
//! Errors
//!   `Effect::none` if not one byte of the request was handed to the network, else
//!   `Effect::unknown`. `Errc::unreachable` if the member refused, was not found or dropped the
//!   connection; `Errc::timed_out` if a bound passed; `Errc::cancelled` if the stop was requested;
//!   `Errc::not_etcd` if what came is not HTTP; `Errc::malformed_reply` if it exceeds a limit.
//!   A stop is the `Fault::caller`'s, everything else the `Fault::member`'s: whether a bound that
//!   passed was the call's own is decided by the call, which knows its deadline.
//! Threads
//!   `send` may be called from several threads at once.
//! Models
//!   PocoTransport, PocoSessionTransport, ScriptedTransport, Recording<T>, sim::Transport,
//!   mocks::Transport.
template <class T>
concept transport = std::movable<T> && sends_requests<T>;

template <class T>
concept advances = requires(T& exchange, T const& seen) {
    { exchange.advance() } -> std::same_as<Result<Progress>>;
    { seen.response() } -> std::same_as<http::Response const&>;
};

template <class T>
concept names_its_exchange = requires { typename T::Exchange; };

template <class T>
using exchange_of = typename T::Exchange;

template <class T>
concept starts_exchanges = requires(
    T& transport, Endpoint const& to, http::Request const& request, Limits const& limits) {
    { transport.start(to, request, limits) } -> std::same_as<Result<exchange_of<T>>>;
};

template <class T>
concept waits_for_exchanges = requires(T& transport, std::span<exchange_of<T>* const> exchanges,
    Deadline by, std::stop_token const& stop) {
    { transport.wait(exchanges, by, stop) } -> std::same_as<Ready>;
};

//! A transport that hands over the head of a reply before its body ends, which is what a watch
//! needs.
//!
//! Requires
//!   1. `start` connects and sends, within `limits.connect` and `limits.by`, and returns an
//!      Exchange: the reply that is under way. Its errors are those of `send`. (semantic)
//!   2. `exchange.advance()` never blocks. It says `head` once, then `bytes` as the body grows,
//!      then `end`, which may bring the last bytes, and `end` again if asked again; `more` means:
//!      nothing new. (semantic)
//!   3. `exchange.response()` is what has arrived: status and headers from `head` on, and the body
//!      so far. (semantic)
//!   4. `wait(exchanges, by, stop)` returns as soon as one can advance, else at `by` or within 50
//!      ms of a stop. One that has told its end, or an error, is not waited for. A wait that timed
//!      out leaves every exchange usable. (semantic)
//!   5. Destroying an exchange before its `end` ends it on the server too. (semantic)
//! Threads
//!   `start` and `wait` may be called from several threads at once; an exchange belongs to one
//!   thread at a time.
//! Models
//!   PocoTransport, ScriptedTransport, sim::Transport.
template <class T>
concept streaming_transport = transport<T> && names_its_exchange<T> && std::movable<exchange_of<T>>
    && advances<exchange_of<T>> && starts_exchanges<T> && waits_for_exchanges<T>;

//! `static_assert(etcdpp::check_transport<MyTransport>());` explains what is missing.
template <class T>
consteval bool check_transport()
{
    static_assert(std::movable<T>,
        "a transport must be movable: Client stores it by value; share state behind a pointer");
    static_assert(sends_requests<T>,
        "a transport needs: Result<http::Response> send(Endpoint const&, http::Request const&, "
        "Limits const&)");
    return transport<T>;
}

//! `static_assert(etcdpp::check_streaming_transport<MyTransport>());` explains what is missing.
template <class T>
consteval bool check_streaming_transport()
{
    static_assert(check_transport<T>());
    static_assert(names_its_exchange<T>,
        "a streaming transport names the type of a reply under way: using Exchange = ...");
    if constexpr (names_its_exchange<T>) {
        static_assert(std::movable<exchange_of<T>>, "an Exchange must be movable");
        static_assert(advances<exchange_of<T>>,
            "an Exchange needs: Result<Progress> advance() and http::Response const& response() "
            "const");
        static_assert(starts_exchanges<T>,
            "a streaming transport needs: Result<Exchange> start(Endpoint const&, http::Request "
            "const&, Limits const&)");
        static_assert(waits_for_exchanges<T>,
            "a streaming transport needs: Ready wait(std::span<Exchange* const>, Deadline, "
            "std::stop_token const&)");
    }
    return streaming_transport<T>;
}

}  // namespace etcdpp
