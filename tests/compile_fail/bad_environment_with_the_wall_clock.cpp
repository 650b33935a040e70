// SPDX-License-Identifier: BSL-1.0
//! @file
//! An environment by whose clock a deadline moves when somebody sets the time.
// expect: an environment needs: Clock::time_point now\(\)

#include "etcdpp/environment/concept.hpp"

#include <chrono>

using namespace etcdpp;

struct Board {
#ifdef GOOD
    Clock::time_point now();
#else
    std::chrono::system_clock::time_point now();
#endif
    void sleep_for(Clock::duration, std::stop_token const&);
    std::uint64_t entropy();
    void notify(Event const&) noexcept;
};

static_assert(check_environment<Board>());
