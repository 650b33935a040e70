// SPDX-License-Identifier: BSL-1.0
//! @file
//! A facade that would outlive its client.
// expect: class template argument deduction failed|no viable constructor or deduction guide.*Keys
// expect: (cannot bind non-const lvalue reference|expects an lvalue)

#include "etcdpp/v2/keys.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

SomeClient connect();

void device()
{
#ifdef GOOD
    auto client = connect();
    auto const keys = v2::Keys{client};
#else
    auto const keys = v2::Keys{connect()};
#endif
    std::ignore = keys.get("/app/mode");
}
