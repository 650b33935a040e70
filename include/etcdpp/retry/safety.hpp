// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether a request may be sent again: correctness, which no policy can switch off.

#include "etcdpp/core/effect.hpp"
#include "etcdpp/core/idempotency.hpp"

namespace etcdpp {

//! True if sending the request again cannot change the outcome that the caller was promised.
//!
//! After `unknown` an overwrite is only repeated if the caller asked for it: the first copy may be
//! carried out later and undo an acknowledged newer write. (Three members: `set x=1` on a member
//! that is stopped, repeated elsewhere, then `set x=2`, both acknowledged; once the member goes on,
//! a quorum read gives 1.)
constexpr bool safe_to_repeat(
    Idempotency idempotency, Effect effect, bool repeat_overwrites) noexcept
{
    switch (idempotency) {
    case Idempotency::read: return true;
    case Idempotency::overwrite:
        return effect == Effect::none || (effect == Effect::unknown && repeat_overwrites);
    case Idempotency::once_only: return effect == Effect::none;
    }
    return false;
}

static_assert(safe_to_repeat(Idempotency::once_only, Effect::none, false));
static_assert(!safe_to_repeat(Idempotency::once_only, Effect::unknown, true));
static_assert(!safe_to_repeat(Idempotency::overwrite, Effect::unknown, false));

}  // namespace etcdpp
