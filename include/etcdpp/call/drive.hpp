// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The blocking driver: does what the machine decides, and decides nothing itself.

#include "etcdpp/call/attempts.hpp"
#include "etcdpp/call/redirect.hpp"
#include "etcdpp/call/terms.hpp"
#include "etcdpp/environment/concept.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/retry/concept.hpp"
#include "etcdpp/selector/concept.hpp"
#include "etcdpp/transport/concept.hpp"

#include <utility>

namespace etcdpp {

//! The policies of a client, borrowed for one call.
template <transport Transport, selector Selector, retry_policy RetryPolicy, class Codec,
    environment Environment>
struct Policies {
    Transport& transport;
    Selector& selector;
    RetryPolicy const& retry;
    Codec const& codec;
    Environment& world;
};

//! Sends a request that was redirected on, to where it is answered.
template <transport Transport, environment Environment>
Result<http::Response> follow(Result<http::Response> response, Endpoint const& first,
    http::Request const& request, Limits const& limits, Transport& transport, Environment& world)
{
    auto at = first;
    auto redirected = request;
    for (auto hops = 0; response && is_redirect(response->status); ++hops) {
        if (hops == max_redirects) { return redirected_too_often(response->status); }
        auto hop = redirect(at, redirected, *response);
        if (!hop) { return unexpected(std::move(hop).error()); }
        redirected.target = std::move(hop->target);
        world.notify(Redirected{at, hop->to, RequestToPrint{redirected}});
        at = std::move(hop->to);
        response = transport.send(at, redirected, limits);
    }
    return response;
}

//! Sends a request to one member, and on to where he redirects it. Any final reply is a success.
template <transport Transport, environment Environment>
Result<http::Response> send_and_follow(Endpoint const& first, http::Request const& request,
    Limits const& limits, Transport& transport, Environment& world)
{
    auto response = transport.send(first, request, limits);
    if (response && is_redirect(response->status)) {
        response = follow(std::move(response), first, request, limits, transport, world);
    }
    return response;
}

//! Carries one operation through as many attempts as its terms and the policies allow. Blocks until
//! the call is settled, its deadline has passed or its stop was requested.
template <class Op, transport Transport, selector Selector, retry_policy RetryPolicy, class Codec,
    environment Environment>
    requires operation<Op, Codec>
auto drive(Op const& op, http::Request const& request, Endpoints endpoints, Terms const& terms,
    Policies<Transport, Selector, RetryPolicy, Codec, Environment> with)
    -> Result<typename Op::Reply>
{
    auto const limits = Limits{
        .by = terms.by, .connect = terms.connect, .silence = terms.silence, .stop = terms.stop};
    auto attempts = Attempts{std::move(endpoints), terms, with.selector, with.retry.begin()};
    auto const attempt = [&]() -> Result<typename Op::Reply> {
        auto const* const to = attempts.next(with.world.now(), with.world.entropy());
        if (to == nullptr) { return unexpected(std::move(attempts).conclusion()); }
        with.world.notify(AttemptBegan{*to, attempts.attempt(), RequestToPrint{request}});
        return send_and_follow(*to, request, limits, with.transport, with.world)
            .and_then(
                [&](http::Response const& response) { return op.read(with.codec, response); });
    };

    auto reply = attempt();
    while (!attempts.is_over()) {
        auto const& to = attempts.member();
        auto const now = with.world.now();
        auto const latency = now - attempts.attempt_began();
        if (reply) {
            attempts.answered(now);
            with.world.notify(AttemptAnswered{to, attempts.attempt(), latency});
            break;
        }
        auto const pause = attempts.failed(reply.error(), now, with.world.entropy());
        if (reply.error().fault() == Fault::request) {
            with.world.notify(AttemptAnswered{to, attempts.attempt(), latency});
        } else {
            with.world.notify(AttemptFailed{to, attempts.attempt(), latency, reply.error(), pause});
        }
        if (!pause) {
            reply = unexpected(std::move(attempts).conclusion());
            break;
        }
        if (*pause > Clock::duration::zero()) { with.world.sleep_for(*pause, terms.stop); }
        reply = attempt();
    }
    return reply;  // from here only: else GCC moves it
}

}  // namespace etcdpp
