// SPDX-License-Identifier: BSL-1.0
//! @file
//! A retry policy of which a call's state cannot be asked.
// expect: the State that begin\(\) returns needs: std::optional<Clock::duration> next\(Failure

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Thrice {
    struct State {
#ifdef GOOD
        Pause next(Failure const&, std::uint64_t);
#endif
        int left = 3;
    };

    State begin() const { return {}; }
};

void device()
{
    auto client = Client{Config{.transport = TransportArchetype{0},
        .selector = RoundRobin{},
        .retry = Thrice{},
        .codec = CodecArchetype{0}}};
}
