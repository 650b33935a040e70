// SPDX-License-Identifier: BSL-1.0
//! @file
//! A selector whose `report` forgets `noexcept`.
// expect: a selector needs: void report\(Report const&\) noexcept

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Nearest {
    std::size_t pick(Pick const& pick) { return untried_from(0, pick); }
#ifdef GOOD
    void report(Report const&) noexcept {}
#else
    void report(Report const&) {}
#endif
};

void device()
{
    auto client = Client{Config{.transport = TransportArchetype{0},
        .selector = Nearest{},
        .retry = Never{},
        .codec = CodecArchetype{0}}};
}
