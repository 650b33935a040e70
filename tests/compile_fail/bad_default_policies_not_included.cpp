// SPDX-License-Identifier: BSL-1.0
//! @file
//! The default client without the umbrella header.
// expect: this transport is only declared: include <etcdpp/etcdpp.hpp>, or <etcdpp/transport

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

#ifdef GOOD
using TheClient = SomeClient;
#else
using TheClient = Client<>;
#endif

Endpoints members(TheClient& client)
{
    return client.endpoints();
}
