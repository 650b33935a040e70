// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How long a watch rests once every member failed it.

#include "etcdpp/core/deadline.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace etcdpp::v2 {

//! Decorrelated jitter: each pause is drawn between the base and three times the last one, up to
//! the cap, so that watches which were lost together do not come back together. Not the client's
//! retry policy: that gives up in the end, and a watch does not.
class WatchPause {
public:
    static constexpr auto base = Clock::duration{std::chrono::milliseconds{25}};
    static constexpr auto cap = Clock::duration{std::chrono::milliseconds{500}};

    Clock::duration next(std::uint64_t entropy) noexcept
    {
        auto const room = static_cast<std::uint64_t>((std::min(3 * last_, cap) - base).count());
        last_ = base + Clock::duration{static_cast<Clock::rep>(entropy % (room + 1))};
        return last_;
    }

    void reset() noexcept { last_ = base; }

private:
    Clock::duration last_ = base;
};

}  // namespace etcdpp::v2
