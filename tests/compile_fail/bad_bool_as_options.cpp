// SPDX-License-Identifier: BSL-1.0
//! @file
//! `true` says nothing about what is true.
// expect: (cannot convert 'bool'|could not convert 'true'|rvalue of type 'bool')

#include "etcdpp/v2/keys.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

auto listing(SomeClient& client)
{
#ifdef GOOD
    return v2::Keys{client}.get("/app", {.recursive = true});
#else
    return v2::Keys{client}.get("/app", true);
#endif
}
