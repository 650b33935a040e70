// SPDX-License-Identifier: BSL-1.0
//! @file
//! A selector that wants to hear who leads, but could not hear that nobody does.
// expect: the leader of a selector, .* or null, takes: Endpoint const\*

#include "etcdpp/selector/concept.hpp"

using namespace etcdpp;

struct Nearest {
    std::size_t pick(Pick const&) { return 0; }
    void report(Report const&) noexcept {}
#ifdef GOOD
    void leader(Endpoint const*) {}
#else
    void leader(Endpoint const&) {}
#endif
};

static_assert(check_selector<Nearest>());
