// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Takes any member that the call has not tried yet.

#include "etcdpp/selector/concept.hpp"

#include <cstddef>

namespace etcdpp {

//! Uniform over the untried members, or over all once each was tried. Has no state, so nothing that
//! threads could contend for. (The bias of the remainder is below 2^-57.)
class Random {
public:
    std::size_t pick(Pick const& pick) const noexcept
    {
        auto const count = pick.endpoints.size();
        auto const untried = count - pick.tried.count();
        if (untried == 0) { return pick.entropy % count; }
        auto to_pass = pick.entropy % untried;
        auto position = std::size_t{0};
        while (pick.tried[position] || to_pass-- != 0) { ++position; }
        return position;
    }

    void report(Report const&) const noexcept {}
};

static_assert(selector<Random>);

}  // namespace etcdpp
