// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How conformance suites measure promises about time on machines that have other work too.

#include "etcdpp/core/deadline.hpp"

#include <algorithm>
#include <chrono>

namespace etcdpp::detail {

//! A time as tests print it.
constexpr double in_ms(Clock::duration time) noexcept
{
    return std::chrono::duration<double, std::milli>{time}.count();
}

//! The least of what `measure()` returns in up to ten tries, the first that keeps to `bound` being
//! good enough: a promise that is kept once was not broken by the code, but by what else was
//! running.
template <class Measure>
Clock::duration best_of_some(Clock::duration bound, Measure&& measure)
{
    auto best = Clock::duration::max();
    for (auto tries = 0; tries != 10 && best > bound; ++tries) {
        best = std::min<Clock::duration>(best, measure());
    }
    return best;
}

}  // namespace etcdpp::detail
