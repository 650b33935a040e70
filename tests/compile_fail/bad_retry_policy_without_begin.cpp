// SPDX-License-Identifier: BSL-1.0
//! @file
//! A retry policy that is its own state: the calls of several threads would share it.
// expect: a retry policy needs: State begin\(\) const, the state of one call

#include "etcdpp/retry/concept.hpp"

using namespace etcdpp;

struct Thrice {
    Pause next(Failure const&, std::uint64_t);
#ifdef GOOD
    Thrice begin() const { return {}; }
#endif
    int left = 3;
};

static_assert(check_retry_policy<Thrice>());
