// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that is an environment.

#include "etcdpp/environment/concept.hpp"
#include "tests/archetypes/bare.hpp"

#include <cstdint>
#include <stop_token>

namespace etcdpp {

struct EnvironmentArchetype : Bare {
    using Bare::Bare;

    Clock::time_point now() { return {}; }
    void sleep_for(Clock::duration, std::stop_token const&) {}
    std::uint64_t entropy() { return 0; }
    void notify(Event const&) noexcept {}
};

static_assert(check_environment<EnvironmentArchetype>());

}  // namespace etcdpp
