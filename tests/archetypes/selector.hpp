// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that is a selector.

#include "etcdpp/selector/concept.hpp"
#include "tests/archetypes/bare.hpp"

#include <cstddef>

namespace etcdpp {

struct SelectorArchetype : Bare {
    using Bare::Bare;

    std::size_t pick(Pick const& pick) { return untried_from(0, pick); }
    void report(Report const&) noexcept {}
};

static_assert(check_selector<SelectorArchetype>());

}  // namespace etcdpp
