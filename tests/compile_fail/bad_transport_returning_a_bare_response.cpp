// SPDX-License-Identifier: BSL-1.0
//! @file
//! A transport that cannot fail, so its author thought.
// expect: a transport needs: Result<http::Response> send
// expect: return-type|same_as|is_same

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Radio {
#ifdef GOOD
    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&);
#else
    http::Response send(Endpoint const&, http::Request const&, Limits const&);
#endif
};

void device()
{
    auto client = Client{Config{.transport = Radio{},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = CodecArchetype{0}}};
}
