// SPDX-License-Identifier: BSL-1.0
//! @file
//! A transport whose `send` goes by another name.
// expect: a transport needs: Result<http::Response> send\(Endpoint const&, http::Request const&

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Radio {
#ifdef GOOD
    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&);
#else
    Result<http::Response> transmit(Endpoint const&, http::Request const&, Limits const&);
#endif
};

void device()
{
    auto client = Client{Config{.transport = Radio{},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = CodecArchetype{0}}};
}
