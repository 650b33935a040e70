// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The client: owns the policies and runs one operation. It does not grow with what etcd offers.

#include "etcdpp/call/drive.hpp"
#include "etcdpp/call/vigil.hpp"
#include "etcdpp/codec/concept.hpp"
#include "etcdpp/config.hpp"
#include "etcdpp/core/call_options.hpp"
#include "etcdpp/http/basic_auth.hpp"

#include <mutex>
#include <utility>

namespace etcdpp {

//! Threads
//!   All members may be called from several threads at once. A client is immovable, so that facades
//!   such as v2::Keys can point to it; it must outlive them and every call.
//! Cancellation
//!   Each call ends within 50 ms of a request on its `CallOptions::stop`.
template <class Transport = PocoTransport, class Selector = Sticky, class RetryPolicy = Backoff,
    class Codec = PocoJson, class Environment = default_environment_t<Transport>>
class Client {
    // First of all, for who forgot an include is to read which one.
    static_assert(
        detail::is_complete<Config<Transport, Selector, RetryPolicy, Codec, Environment>>);

    static_assert(check_transport<Transport>());
    static_assert(check_selector<Selector>());
    static_assert(check_retry_policy<RetryPolicy>());
    static_assert(check_codec<Codec>());
    static_assert(check_environment<Environment>());
    static_assert(lives_in_one_world<Transport, Environment>,
        "this transport brings its own clock: leave Config::environment at its default, or observe "
        "that one with Observed{observer, environment}");

public:
    //! Does no I/O and cannot fail: a member that is not there shows in the first call.
    explicit Client(Config<Transport, Selector, RetryPolicy, Codec, Environment> config);

    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;
    ~Client();

    //! Asks the cluster, at as many members and as often as the policies allow. Blocks until the
    //! call is settled, its deadline has passed or its stop was requested.
    template <class Op>
    auto run(Op op, CallOptions const& options = {}) -> Result<typename Op::Reply>
    {
        static_assert(check_operation<Op, Codec>());
        auto request = prepare(op);
        if (!request) { return unexpected(std::move(request).error()); }
        return drive(op, *request, endpoints(), terms(op, options), policies());
    }

    //! The members that the next call will know.
    Endpoints endpoints() const
    {
        auto const lock = std::lock_guard{endpoints_mutex_};
        return config_.endpoints;
    }

    //! Calls in flight keep the members they began with. Of two threads that set them at once, one
    //! is second: its list stays, and is what the selector hears of last.
    void set_endpoints(Endpoints const& endpoints)
    {
        auto const in_turn = std::lock_guard{replacing_mutex_};
        {
            auto const lock = std::lock_guard{endpoints_mutex_};
            config_.endpoints = endpoints;
        }
        if constexpr (follows_members<Selector>) { config_.selector.members(endpoints); }
    }

    // What follows is for drivers of calls that are no single exchange, such as a watch.

    //! The request of an operation that this client sends: its defaults and credentials filled in.
    template <class Op>
    Result<http::Request> prepare(Op& op) const
    {
        if constexpr (takes_defaults<Op>) { op.apply(Defaults{.quorum = config_.quorum}); }
        auto request = request_of(op, config_.codec);
        if (request && !authorization_.empty()) {
            request->headers.add("Authorization", authorization_.reveal());
        }
        return request;
    }

    //! What a call of that operation may cost, beginning now.
    template <class Op>
    Terms terms(Op const& op, CallOptions const& options)
    {
        auto const now = config_.environment.now();
        auto const silence = op.commits() ? config_.commit_timeout : config_.attempt_timeout;
        return {.began = now,
            .by = Deadline::after(now, options.timeout.value_or(config_.call_timeout)),
            .connect = config_.connect_timeout,
            .silence = options.attempt_timeout.value_or(silence),
            .stop = options.stop,
            .idempotency = op.idempotency(),
            .repeat_overwrites = options.repeat_overwrites.value_or(config_.repeat_overwrites)};
    }

    //! The policies themselves, on loan while the client lives.
    auto policies() noexcept
    {
        return Policies{
            config_.transport, config_.selector, config_.retry, config_.codec, config_.environment};
    }

    //! What the watches of this client know of the members' health.
    Vigil& vigil() noexcept { return vigil_; }

private:
    Config<Transport, Selector, RetryPolicy, Codec, Environment> config_;
    Secret authorization_;
    std::mutex replacing_mutex_;          //!< orders those who set the list; no call waits for it
    std::mutex mutable endpoints_mutex_;  //!< guards the list
    Vigil vigil_;
};

// Not inline, so that an `extern template` leaves them to one file (docs/howto/compile_time.md).

template <class Transport, class Selector, class RetryPolicy, class Codec, class Environment>
Client<Transport, Selector, RetryPolicy, Codec, Environment>::Client(
    Config<Transport, Selector, RetryPolicy, Codec, Environment> config)
    : config_{std::move(config)},
      authorization_{
          config_.credentials ? http::basic_authorization(*config_.credentials) : Secret{}}
{
}

template <class Transport, class Selector, class RetryPolicy, class Codec, class Environment>
Client<Transport, Selector, RetryPolicy, Codec, Environment>::~Client() = default;

}  // namespace etcdpp
