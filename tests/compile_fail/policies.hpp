// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a case needs beside its one mistake: policies that are none, and a client of them.

#include "etcdpp/client.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "tests/archetypes/codec.hpp"
#include "tests/archetypes/transport.hpp"

namespace etcdpp {

using SomeClient = Client<TransportArchetype, RoundRobin, Never, CodecArchetype, SystemEnvironment>;

}  // namespace etcdpp
