// SPDX-License-Identifier: BSL-1.0
//! @file
//! An operation that reads something else than it names.
// expect: an operation needs: Result<Reply> read\(Codec const&, http::Response const&\) const

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Ping {
    using Reply = int;

    Result<http::Request> encode() const;
#ifdef GOOD
    Result<int> read(CodecArchetype const&, http::Response const&) const;
#else
    Result<bool> read(CodecArchetype const&, http::Response const&) const;
#endif
    Idempotency idempotency() const;
    bool commits() const;
};

auto ping(SomeClient& client)
{
    return client.run(Ping{});
}
