// SPDX-License-Identifier: BSL-1.0
//! @file
//! A copy of a client: facades such as v2::Keys point to it, so it stays where it is.
// expect: (use of deleted function|call to deleted constructor).*Client

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

void device(SomeClient& client)
{
#ifdef GOOD
    auto& same = client;
#else
    auto same = client;
#endif
    same.set_endpoints({});
}
