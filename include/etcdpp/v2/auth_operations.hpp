// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether etcd's v2 API asks who is asking, and how to change that, as values.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/wire/admin_reply.hpp"
#include "etcdpp/v2/wire/auth_names.hpp"

namespace etcdpp::v2 {

//! Asks whether auth is on, for which nobody needs credentials. Whoever is asked answers by
//! himself, without a quorum too. The auth of the v3 API is another matter.
struct GetAuthEnabled {
    using Reply = bool;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/auth/enable"}; }

    static Result<bool> read(auto const& codec, http::Response const& response)
    {
        auto const is_whole = [](wire::AuthSwitch const& auth) { return auth.enabled.has_value(); };
        return wire::read_value<wire::AuthSwitch>(codec, response, is_whole)
            .transform([](wire::AuthSwitch const& auth) { return *auth.enabled; });
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Turns auth on. There must be a user `root`; AdminErrc::conflict if there is none, or if auth is
//! on and root asks. Who shows no credentials may then still do all that the role `guest` may: at
//! first all, to keys.
//!
//! Without a quorum etcd 3.4.23 says after 7 s, too, that there is no root, which it could not find
//! out. Nothing was changed then either.
struct EnableAuth {
    using Reply = void;

    static Result<http::Request> encode()
    {
        return http::Request{.method = http::Method::put, .target = "/v2/auth/enable"};
    }

    static Result<void> read(auto const& codec, http::Response const& response)
    {
        return wire::read_done(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Turns auth off; AdminErrc::conflict if it is off. Users and roles stay.
struct DisableAuth {
    using Reply = void;

    static Result<http::Request> encode()
    {
        return http::Request{.method = http::Method::del, .target = "/v2/auth/enable"};
    }

    static Result<void> read(auto const& codec, http::Response const& response)
    {
        return wire::read_done(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

}  // namespace etcdpp::v2
