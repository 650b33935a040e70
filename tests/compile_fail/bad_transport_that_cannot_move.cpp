// SPDX-License-Identifier: BSL-1.0
//! @file
//! A transport that holds a mutex itself.
// expect: a transport must be movable: Client stores it by value; share state behind a pointer

#include "tests/compile_fail/policies.hpp"

#include <memory>
#include <mutex>

using namespace etcdpp;

struct Radio {
    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&);

#ifdef GOOD
    std::unique_ptr<std::mutex> antenna = std::make_unique<std::mutex>();
#else
    std::mutex antenna;
#endif
};

void device()
{
    auto client = Client{Config{.transport = Radio{},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = CodecArchetype{0}}};
}
