// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is a transport, and what misses it by one thing.

#include "etcdpp/testing/transport.hpp"

#include "etcdpp/transport/recording.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/archetypes/streaming_transport.hpp"
#include "tests/archetypes/transport.hpp"

namespace etcdpp::transports {
namespace {

using Reply = Result<http::Response>;

static_assert(transport<TransportArchetype>);
static_assert(transport<StreamingTransportArchetype>, "a refined model is a model");
static_assert(transport<ScriptedTransport>);
static_assert(transport<Recording<TransportArchetype>>, "as little as the concept");
static_assert(transport<Recording<Recording<ScriptedTransport>>>);
static_assert(transport<mocks::Transport>);

// Freedom that the concept leaves.

struct IsConst {
    Reply send(Endpoint const&, http::Request const&, Limits const&) const noexcept;
};
static_assert(transport<IsConst>);

struct IsStatic {
    static Reply send(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(transport<IsStatic>);

struct TakesCopies {
    Reply send(Endpoint, http::Request, Limits);
};
static_assert(transport<TakesCopies>);

struct IsGeneric {
    Reply send(auto const&, auto const&, auto const&, int = 0);
};
static_assert(transport<IsGeneric>);

// Near misses: each differs from the archetype in one thing.

struct Same : TransportArchetype {};
static_assert(transport<Same>, "to derive changes nothing by itself");

struct SpellsItOtherwise : Bare {
    using Bare::Bare;
    Reply Send(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!transport<SpellsItOtherwise>);

struct HidesSend : TransportArchetype {
private:
    Reply send(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!transport<HidesSend>);

struct ReturnsTheBareResponse : TransportArchetype {
    http::Response send(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!transport<ReturnsTheBareResponse>, "what converts to a result is not one");

struct ReturnsAnotherResult : TransportArchetype {
    Result<std::string> send(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!transport<ReturnsAnotherResult>);

struct ReturnsAReference : TransportArchetype {
    Reply const& send(Endpoint const&, http::Request const&, Limits const&);
};
static_assert(!transport<ReturnsAReference>, "a reply belongs to the call");

struct WantsToChangeTheRequest : TransportArchetype {
    Reply send(Endpoint const&, http::Request&, Limits const&);
};
static_assert(!transport<WantsToChangeTheRequest>, "a request is sent several times");

struct WantsToOwnTheRequest : TransportArchetype {
    Reply send(Endpoint const&, http::Request&&, Limits const&);
};
static_assert(!transport<WantsToOwnTheRequest>);

struct TakesADeadlineAlone : TransportArchetype {
    Reply send(Endpoint const&, http::Request const&, Deadline);
};
static_assert(!transport<TakesADeadlineAlone>, "silence and stop are not to be forgotten");

struct TakesATimeout : TransportArchetype {
    Reply send(Endpoint const&, http::Request const&, Clock::duration);
};
static_assert(!transport<TakesATimeout>);

struct SwapsItsParameters : TransportArchetype {
    Reply send(http::Request const&, Endpoint const&, Limits const&);
};
static_assert(!transport<SwapsItsParameters>);

struct TakesAUrl : TransportArchetype {
    Reply send(std::string_view, http::Request const&, Limits const&);
};
static_assert(!transport<TakesAUrl>);

struct WantsMore : TransportArchetype {
    Reply send(Endpoint const&, http::Request const&, Limits const&, std::stop_token const&);
};
static_assert(!transport<WantsMore>);

struct StaysWhereItIs : TransportArchetype {
    using TransportArchetype::TransportArchetype;
    StaysWhereItIs(StaysWhereItIs&&) = delete;
};
static_assert(!transport<StaysWhereItIs>, "a client stores it by value");

struct IsMovedInOnly : TransportArchetype {
    using TransportArchetype::TransportArchetype;
    IsMovedInOnly(IsMovedInOnly&&) = default;
    IsMovedInOnly& operator=(IsMovedInOnly&&) = delete;
};
static_assert(!transport<IsMovedInOnly>);

static_assert(!transport<TransportArchetype&>, "a reference is no policy");
static_assert(!transport<TransportArchetype*>);
static_assert(!transport<TransportArchetype const>);
static_assert(!transport<void>);
static_assert(!transport<int>);

}  // namespace
}  // namespace etcdpp::transports
