// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How long a loop that syncs rests between one sync and the next.

#include "etcdpp/core/deadline.hpp"

#include <algorithm>

namespace etcdpp::detail {

//! Pure: it is told what came of a sync, and says how to wait for the next. A sync comes early when
//! a member fails or the last one went wrong; as long as early ones bring nothing, they come ever
//! more rarely, up to once an interval: a member may stay down for days.
class SyncPace {
public:
    struct Sync {
        bool was_early = false;
        bool went_wrong = false;  //!< it failed, or found no leader for who wants one
        bool brought_news = false;
    };

    struct Wait {
        Clock::duration rest;   //!< first, whatever happens
        Clock::duration watch;  //!< then, unless a member fails
    };

    SyncPace(Clock::duration interval, Clock::duration rest) noexcept
        : interval_{std::max(interval, rest)}, shortest_{rest}, rest_{rest}
    {
    }

    Wait after(Sync const& sync) noexcept
    {
        auto const in_vain = (sync.was_early || sync.went_wrong) && !sync.brought_news;
        auto const rest = in_vain ? rest_ : shortest_;
        rest_ = rest > interval_ / 2 ? interval_ : 2 * rest;
        return {rest, sync.went_wrong ? Clock::duration::zero() : interval_ - rest};
    }

private:
    Clock::duration interval_;
    Clock::duration shortest_;
    Clock::duration rest_;
};

}  // namespace etcdpp::detail
