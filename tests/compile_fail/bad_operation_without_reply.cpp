// SPDX-License-Identifier: BSL-1.0
//! @file
//! An operation that does not say what it returns.
// expect: no matching (member )?function for call to
// expect: no type named 'Reply'

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Ping {
#ifdef GOOD
    using Reply = int;
#endif

    Result<http::Request> encode() const;
    Result<int> read(CodecArchetype const&, http::Response const&) const;
    Idempotency idempotency() const;
    bool commits() const;
};

auto ping(SomeClient& client)
{
    return client.run(Ping{});
}
