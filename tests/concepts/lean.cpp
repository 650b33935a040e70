// SPDX-License-Identifier: BSL-1.0
//! @file
//! One file of a program with policies of its own, as a device might have it. What it includes, and
//! how long it compiles, is measured: see lean_includes.py.

#include "tests/concepts/client_over_archetypes.hpp"

int main()
{
    auto client = etcdpp::Client{etcdpp::archetype_config<etcdpp::TransportArchetype>()};
    auto const keys = etcdpp::v2::Keys{client};
    auto const reply = keys.set("/app/mode", "blue");
    return reply || reply.error() == etcdpp::Errc::not_etcd ? 0 : 1;  // an empty reply is no etcd's
}
