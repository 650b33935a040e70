// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is a streaming transport, and what misses it by one thing.

#include "tests/archetypes/streaming_transport.hpp"

#include "etcdpp/testing/transport.hpp"
#include "etcdpp/transport/recording.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/archetypes/transport.hpp"

#include <span>
#include <vector>

namespace etcdpp::streaming_transports {
namespace {

using Archetype = StreamingTransportArchetype;

static_assert(streaming_transport<Archetype>);
static_assert(streaming_transport<ScriptedTransport>);

struct Same : Archetype {};
static_assert(streaming_transport<Same>, "to derive changes nothing by itself");

static_assert(!streaming_transport<TransportArchetype>, "a plain transport promises whole replies");
static_assert(!streaming_transport<mocks::Transport>);
static_assert(!streaming_transport<Recording<ScriptedTransport>>, "a transcript has whole replies");

struct NamesNoExchange : TransportArchetype {
    Result<Archetype::Exchange> start(Endpoint const&, http::Request const&, Limits const&);
    Ready wait(std::span<Archetype::Exchange* const>, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<NamesNoExchange>);

struct CannotSend : Bare {
    using Bare::Bare;
    using Exchange = Archetype::Exchange;
    Result<Exchange> start(Endpoint const&, http::Request const&, Limits const&);
    Ready wait(std::span<Exchange* const>, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<CannotSend>, "a streaming transport is a transport");

struct CannotStart : TransportArchetype {
    using Exchange = Archetype::Exchange;
    Ready wait(std::span<Exchange* const>, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<CannotStart>);

struct StartsABareExchange : Archetype {
    Exchange start(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!streaming_transport<StartsABareExchange>, "to connect can fail");

struct StartsAnother : Archetype {
    Result<int> start(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!streaming_transport<StartsAnother>);

struct CannotWait : TransportArchetype {
    using Exchange = Archetype::Exchange;
    Result<Exchange> start(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!streaming_transport<CannotWait>);

struct WaitsForOne : Archetype {
    Ready wait(Exchange&, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<WaitsForOne>);

struct WaitsForAVector : Archetype {
    Ready wait(std::vector<Exchange*> const&, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<WaitsForAVector>);

struct WaitsForSeveralToChange : Archetype {
    Ready wait(std::span<Exchange*>, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<WaitsForSeveralToChange>, "the span is the caller's");

struct SaysOnlyWhether : Archetype {
    bool wait(std::span<Exchange* const>, Deadline, std::stop_token const&);
};
static_assert(!streaming_transport<SaysOnlyWhether>);

struct WaitsForATime : Archetype {
    Ready wait(std::span<Exchange* const>, Clock::duration, std::stop_token const&);
};
static_assert(!streaming_transport<WaitsForATime>, "deadlines are absolute");

//! The archetype with another exchange.
template <class Other>
struct With : TransportArchetype {
    using Exchange = Other;
    Result<Exchange> start(Endpoint const&, http::Request const&, Limits const&);
    Ready wait(std::span<Exchange* const>, Deadline, std::stop_token const&);
};
struct SameExchange : Archetype::Exchange {};
static_assert(streaming_transport<With<Archetype::Exchange>>);
static_assert(streaming_transport<With<SameExchange>>);

struct StaysWhereItIs : Archetype::Exchange {
    StaysWhereItIs(StaysWhereItIs&&) = delete;
};
static_assert(!streaming_transport<With<StaysWhereItIs>>);

struct CannotFail : Archetype::Exchange {
    Progress advance();
};
static_assert(!streaming_transport<With<CannotFail>>);

struct AdvancesAsConst : Archetype::Exchange {
    Result<Progress> advance() const;
};
static_assert(streaming_transport<With<AdvancesAsConst>>, "less than what is granted");

struct ShowsACopy : Archetype::Exchange {
    http::Response response() const;
};
static_assert(!streaming_transport<With<ShowsACopy>>, "a body may be large");

struct ShowsItselfToChange : Archetype::Exchange {
    http::Response& response();
};
static_assert(!streaming_transport<With<ShowsItselfToChange>>);

struct ShowsNothing : Bare {
    using Bare::Bare;
    Result<Progress> advance();
};
static_assert(!streaming_transport<With<ShowsNothing>>);

}  // namespace
}  // namespace etcdpp::streaming_transports
