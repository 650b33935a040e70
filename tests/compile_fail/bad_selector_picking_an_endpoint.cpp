// SPDX-License-Identifier: BSL-1.0
//! @file
//! A selector that returns the member and not its position.
// expect: a selector needs: std::size_t pick\(Pick const&\)

#include "etcdpp/selector/concept.hpp"

using namespace etcdpp;

struct First {
#ifdef GOOD
    std::size_t pick(Pick const&) { return 0; }
#else
    Endpoint const& pick(Pick const& pick) { return pick.endpoints[0]; }
#endif
    void report(Report const&) noexcept {}
};

static_assert(check_selector<First>());
