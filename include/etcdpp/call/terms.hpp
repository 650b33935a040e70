// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What one call may cost, settled when it begins and never changed.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/idempotency.hpp"

#include <stop_token>

namespace etcdpp {

struct Terms {
    Clock::time_point began{};
    Deadline by = Deadline::never();  //!< for the whole call: all attempts, pauses and redirects
    Clock::duration connect{};        //!< for one connection
    Clock::duration silence{};        //!< the longest wait without a byte from the member
    std::stop_token stop = {};
    Idempotency idempotency = Idempotency::once_only;
    bool repeat_overwrites = false;
};

}  // namespace etcdpp
