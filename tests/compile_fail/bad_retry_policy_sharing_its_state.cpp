// SPDX-License-Identifier: BSL-1.0
//! @file
//! A retry policy that lends one state to all its calls.
// expect: begin\(\) must return a State by value that can be moved: the call owns it

#include "etcdpp/retry/concept.hpp"

using namespace etcdpp;

class Thrice {
public:
    struct State {
        Pause next(Failure const&, std::uint64_t);
        int left = 3;
    };

#ifdef GOOD
    State begin() const { return state_; }
#else
    State& begin() const { return state_; }
#endif

private:
    State mutable state_;
};

static_assert(check_retry_policy<Thrice>());
