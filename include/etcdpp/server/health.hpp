// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether a member is of use: it has a leader, reads through raft, and nobody has raised an alarm.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/server/wire/names.hpp"
#include "etcdpp/server/wire/reply.hpp"

#include <ostream>
#include <string>
#include <utility>

namespace etcdpp {

struct Health {
    bool healthy = false;
    std::string reason = {};  //!< why not, as in "RAFT NO LEADER"; etcd 3.4 gives none

    friend bool operator==(Health const&, Health const&) = default;
};

//! `healthy`, or `not healthy: RAFT NO LEADER`.
inline std::ostream& operator<<(std::ostream& out, Health const& health)
{
    out << (health.healthy ? "healthy" : "not healthy");
    return health.reason.empty() ? out : out << ": " << health.reason;
}

//! Asks the member in use, which reads through raft before it answers, for 1 s at most. Every etcd
//! does, whether or not it serves the v2 API, and wants no credentials.
//!
//! That it is not healthy is an answer and not an error, though it comes with status 503: the call
//! does not go on to a member that is. An error means that no member answered at all.
struct GetHealth {
    using Reply = Health;

    static Result<http::Request> encode() { return http::Request{.target = "/health"}; }

    static Result<Health> read(auto const& codec, http::Response const& response)
    {
        if (response.status != 200 && response.status != 503) {
            return detail::no_answer(response);
        }
        auto body = codec.template decode<detail::HealthBody>(response.body);
        if (!body || (body->health != "true" && body->health != "false")) {
            return detail::no_answer(response);
        }
        return Health{.healthy = body->health == "true" && response.status == 200,
            .reason = std::move(body->reason)};
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return true; }
};

//! `health(client)`: the same in one word.
template <class Client>
Result<Health> health(Client& client, CallOptions const& call = {})
{
    return client.run(GetHealth{}, call);
}

}  // namespace etcdpp
