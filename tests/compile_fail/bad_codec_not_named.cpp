// SPDX-License-Identifier: BSL-1.0
//! @file
//! Who brings a transport of his own must name a codec too, or include the default one.
// expect: this codec is only declared: include <etcdpp/codec/poco_json.hpp> for the default one

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

void device()
{
    auto client = Client{Config{.transport = TransportArchetype{0},
        .selector = RoundRobin{},
        .retry = Never{},
#ifdef GOOD
        .codec = CodecArchetype{0},
#endif
        .environment = SystemEnvironment{}}};
}
