// SPDX-License-Identifier: BSL-1.0
//! @file
//! A selector that wants to hear of new members, in a form that no client would call.
// expect: the members of a selector, which a client calls with its new list, takes: Endpoints

#include "etcdpp/selector/concept.hpp"

using namespace etcdpp;

struct Nearest {
    std::size_t pick(Pick const&) { return 0; }
    void report(Report const&) noexcept {}
#ifdef GOOD
    void members(Endpoints const&) {}
#else
    void members(Endpoints&) {}
#endif
};

static_assert(check_selector<Nearest>());
