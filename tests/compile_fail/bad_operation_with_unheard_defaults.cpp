// SPDX-License-Identifier: BSL-1.0
//! @file
//! An operation that wants the client's defaults, in a form that no client would call.
// expect: the apply of an operation, which fills in what it leaves open, takes: Defaults const&

#include "etcdpp/operation/concept.hpp"
#include "tests/archetypes/codec.hpp"
#include "tests/archetypes/operation.hpp"

using namespace etcdpp;

struct Ping : OperationArchetype<CodecArchetype> {
#ifdef GOOD
    void apply(Defaults const&) {}
#else
    void apply(bool /*quorum*/) {}
#endif
};

static_assert(check_operation<Ping, CodecArchetype>());
