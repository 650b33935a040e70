// SPDX-License-Identifier: BSL-1.0
//! @file
//! A simulated transport whose calls would wait in real time.
// expect: this transport brings its own clock: leave Config::environment at its default

#include "tests/archetypes/environment.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Simulation : TransportArchetype {
    using TransportArchetype::TransportArchetype;

    struct Environment : EnvironmentArchetype {
        Environment() : EnvironmentArchetype{0} {}
    };
};

void simulate()
{
    auto client = Client{Config{.transport = Simulation{0},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = CodecArchetype{0},
#ifdef GOOD
        .environment = Simulation::Environment{}}};
#else
        .environment = SystemEnvironment{}}};
#endif
}
