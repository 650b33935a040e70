// SPDX-License-Identifier: BSL-1.0
//! @file
//! An environment that has a clock and no chance.
// expect: an environment needs: std::uint64_t entropy\(\)

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Board {
    Clock::time_point now();
    void sleep_for(Clock::duration, std::stop_token const&);
    void notify(Event const&) noexcept;
#ifdef GOOD
    std::uint64_t entropy();
#endif
};

void device()
{
    auto client = Client{Config{.transport = TransportArchetype{0},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = CodecArchetype{0},
        .environment = Board{}}};
}
