// SPDX-License-Identifier: BSL-1.0
//! @file
//! A moved client would leave its facades behind.
// expect: (use of deleted function|call to deleted constructor).*Client

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

void device(SomeClient& client)
{
#ifdef GOOD
    auto& same = client;
#else
    auto same = std::move(client);
#endif
    same.set_endpoints({});
}
