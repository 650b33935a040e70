// SPDX-License-Identifier: BSL-1.0
//! @file
//! A policy that needs an argument and is not named in the configuration.
// expect: deleted (function|default constructor).*TransportArchetype

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

using TheConfig = Config<TransportArchetype, RoundRobin, Never, CodecArchetype, SystemEnvironment>;

void device()
{
#ifdef GOOD
    auto config = TheConfig{.transport = TransportArchetype{0}, .codec = CodecArchetype{0}};
#else
    auto config = TheConfig{.codec = CodecArchetype{0}};
#endif
    auto client = Client{std::move(config)};
}
