// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a client is put together: named arguments, and every default in one place.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/secret.hpp"
#include "etcdpp/environment/concept.hpp"

#include <chrono>
#include <optional>

namespace etcdpp {

// The default models are only named here: who brings his own includes neither Poco nor Hana.
class PocoTransport;
class Sticky;
struct Backoff;
class PocoJson;

namespace detail {

template <class T>
inline constexpr bool is_complete = requires { sizeof(T); };

}  // namespace detail

//! `Config{.endpoints = ..., .selector = RoundRobin{}}` changes exactly one policy; what is not
//! named keeps its default, type and value.
template <class Transport = PocoTransport, class Selector = Sticky, class RetryPolicy = Backoff,
    class Codec = PocoJson, class Environment = default_environment_t<Transport>>
struct Config {
    static_assert(detail::is_complete<Transport>,
        "this transport is only declared: include <etcdpp/etcdpp.hpp>, or "
        "<etcdpp/transport/poco.hpp> for the default one");
    static_assert(detail::is_complete<Selector>,
        "this selector is only declared: include <etcdpp/selector/sticky.hpp> for the default one");
    static_assert(detail::is_complete<RetryPolicy>,
        "this retry policy is only declared: include <etcdpp/retry/backoff.hpp> for the default "
        "one");
    static_assert(detail::is_complete<Codec>,
        "this codec is only declared: include <etcdpp/codec/poco_json.hpp> for the default one");
    static_assert(detail::is_complete<Environment>,
        "this environment is only declared: include <etcdpp/environment/system.hpp> for the "
        "default one");

    //! The members to begin with: http://127.0.0.1:2379 if none is named.
    Endpoints endpoints = {};
    Transport transport = {};
    Selector selector = {};
    RetryPolicy retry = {};
    Codec codec = {};
    Environment environment = detail::environment_of<Environment>(transport);

    //! Sent with each request, pre-emptively, to the endpoints only.
    std::optional<Credentials> credentials = {};

    //! For name resolution, connection and TLS handshake together.
    Clock::duration connect_timeout = std::chrono::seconds{1};

    //! The longest silence allowed to what a member answers by itself: a plain read.
    Clock::duration attempt_timeout = std::chrono::seconds{1};

    //! The longest silence allowed to a write or a quorum read, which wait for raft. An election
    //! (1.2 to 1.8 s) fits in; etcd itself gives up after 7 s.
    Clock::duration commit_timeout = std::chrono::milliseconds{2500};

    //! The longest a whole call may take, attempts and pauses included.
    Clock::duration call_timeout = std::chrono::seconds{10};

    //! Whether reads that leave it open go through raft, so that they never see the past.
    bool quorum = false;

    //! Whether set, update and refresh are sent again after their reply was lost: see CallOptions.
    bool repeat_overwrites = false;
};

}  // namespace etcdpp
