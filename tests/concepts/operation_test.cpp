// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is an operation, and what misses it by one thing.

#include "tests/archetypes/operation.hpp"

#include "etcdpp/v2/key_operations.hpp"
#include "tests/archetypes/codec.hpp"

#include <optional>

namespace etcdpp::operations {
namespace {

using Codec = CodecArchetype;
using Archetype = OperationArchetype<Codec>;

static_assert(operation<Archetype, Codec>);
static_assert(operation<v2::Get, Codec>, "v2 asks of a codec what the concept grants");
static_assert(operation<v2::Set, Codec>);
static_assert(operation<v2::Create, Codec>);
static_assert(operation<v2::Update, Codec>);
static_assert(operation<v2::Refresh, Codec>);
static_assert(operation<v2::CreateInOrder, Codec>);
static_assert(operation<v2::MakeDir, Codec>);
static_assert(operation<v2::CompareAndSwap, Codec>);
static_assert(operation<v2::Remove, Codec>);
static_assert(operation<v2::CompareAndRemove, Codec>);

struct AnswersNothing : Bare {
    using Bare::Bare;
    using Reply = void;
    static Result<http::Request> encode();
    static Result<void> read(auto const&, http::Response const&);
    static Idempotency idempotency();
    static bool commits();
};
static_assert(operation<AnswersNothing, Codec>, "what is static is also const");

//! The other way to encode, for who has a codec write the body.
struct EncodesWithTheCodec : Bare {
    using Bare::Bare;
    using Reply = int;
    Result<http::Request> encode(Codec const&) const;
    Result<int> read(Codec const&, http::Response const&) const;
    Idempotency idempotency() const;
    bool commits() const;
};
static_assert(operation<EncodesWithTheCodec, Codec>);

struct EncodesByChangingTheCodec : EncodesWithTheCodec {
    Result<http::Request> encode(Codec&) const;
};
static_assert(!operation<EncodesByChangingTheCodec, Codec>, "threads share the codec");

// Near misses: each differs from the archetype in one thing.

struct Same : Archetype {};
static_assert(operation<Same, Codec>, "to derive changes nothing by itself");

struct OtherCodec {};
static_assert(!operation<Archetype, OtherCodec>, "whether it can be run depends on the codec");

struct NamesNoReply : Bare {
    using Bare::Bare;
    Result<http::Request> encode() const;
    Result<int> read(Codec const&, http::Response const&) const;
    Idempotency idempotency() const;
    bool commits() const;
};
static_assert(!operation<NamesNoReply, Codec>);

struct CannotRefuse : Archetype {
    http::Request encode() const;
};
static_assert(!operation<CannotRefuse, Codec>, "what etcd would misread is refused before sending");

struct EncodesByChanging : Archetype {
    Result<http::Request> encode();
};
static_assert(!operation<EncodesByChanging, Codec>);

struct ReadsTheBareReply : Archetype {
    Reply read(Codec const&, http::Response const&) const;
};
static_assert(!operation<ReadsTheBareReply, Codec>);

struct ReadsAnother : Archetype {
    Result<int> read(Codec const&, http::Response const&) const;
};
static_assert(!operation<ReadsAnother, Codec>, "it reads what it names");

struct ReadsByChanging : Archetype {
    Result<Reply> read(Codec const&, http::Response const&);
};
static_assert(!operation<ReadsByChanging, Codec>, "it reads once an attempt");

struct TakesTheResponse : Archetype {
    Result<Reply> read(Codec const&, http::Response&&) const;
};
static_assert(!operation<TakesTheResponse, Codec>);

struct ChangesTheCodec : Archetype {
    Result<Reply> read(Codec&, http::Response const&) const;
};
static_assert(!operation<ChangesTheCodec, Codec>, "threads share the codec");

struct HoldsItsIdempotency : Archetype {
    static constexpr Idempotency idempotency = Idempotency::read;
};
static_assert(!operation<HoldsItsIdempotency, Codec>, "a function: it may depend on the value");

struct SaysWhetherIdempotent : Archetype {
    bool idempotency() const;
};
static_assert(!operation<SaysWhetherIdempotent, Codec>);

struct MayCommit : Archetype {
    std::optional<bool> commits() const;
};
static_assert(!operation<MayCommit, Codec>);

struct CommitsByChanging : Archetype {
    bool commits();
};
static_assert(!operation<CommitsByChanging, Codec>);

static_assert(!operation<Archetype&, Codec>);
static_assert(!operation<void, Codec>);

// What an operation may add.

static_assert(takes_defaults<v2::Get>);
static_assert(!takes_defaults<v2::Set>);
static_assert(!takes_defaults<Archetype>);

struct AppliesAFlag : Archetype {
    void apply(bool);
};
static_assert(!takes_defaults<AppliesAFlag>);

}  // namespace
}  // namespace etcdpp::operations
