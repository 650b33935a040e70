// SPDX-License-Identifier: BSL-1.0
//! @file
//! Five of what?
// expect: (cannot|could not|no viable) conver.*'std::chrono::milliseconds'

#include "etcdpp/v2/keys.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

auto stay(SomeClient& client)
{
#ifdef GOOD
    return v2::Keys{client}.refresh("/app/lock", std::chrono::seconds{5});
#else
    return v2::Keys{client}.refresh("/app/lock", 5);
#endif
}
