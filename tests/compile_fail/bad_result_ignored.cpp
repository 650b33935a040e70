// SPDX-License-Identifier: BSL-1.0
//! @file
//! A write nobody asks the outcome of.
// expect: ignoring return(ed)? value.*nodiscard

#include "etcdpp/v2/keys.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

void device(SomeClient& client)
{
    auto const keys = v2::Keys{client};
#ifdef GOOD
    auto const reply = keys.set("/app/mode", "blue");
    reply.value();
#else
    keys.set("/app/mode", "blue");
#endif
}
