// SPDX-License-Identifier: BSL-1.0
//! @file
//! An operation whose reply tells no index.
// expect: only the replies to operations on keys tell an index: run any other as it is

#include "etcdpp/v2/member_operations.hpp"
#include "etcdpp/v2/monotonic_reads.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

void list(SomeClient& client, v2::Seen& seen)
{
#ifdef GOOD
    std::ignore = seen;
    std::ignore = client.run(v2::ListMembers{});
#else
    std::ignore = client.run(v2::Monotonic{v2::ListMembers{}, seen});
#endif
}
