// SPDX-License-Identifier: BSL-1.0
//! @file
//! Who watches nothing need not compile what does, so who watches includes it.
// expect: (incomplete type|undefined template) .*Watch<

#include "etcdpp/v2/keys.hpp"
#include "tests/archetypes/streaming_transport.hpp"
#include "tests/compile_fail/policies.hpp"
#ifdef GOOD
#include "etcdpp/v2/watch.hpp"
#endif

using namespace etcdpp;

using WatchingClient =
    Client<StreamingTransportArchetype, RoundRobin, Never, CodecArchetype, SystemEnvironment>;

std::string look(WatchingClient& client)
{
    return v2::Keys{client}.watch("/app/mode").key();
}
