// SPDX-License-Identifier: BSL-1.0

//! @file
//! Who reaches whom.

#include "etcdpp/sim/topology.hpp"

#include <gtest/gtest.h>

namespace etcdpp::sim {
namespace {

TEST(Topology, links_all_members_at_first)
{
    auto const topology = Topology{3};

    EXPECT_TRUE(topology.are_linked(0, 2));
    EXPECT_TRUE(topology.is_reachable(1));
}

TEST(Topology, links_only_members_that_run)
{
    auto topology = Topology{3};
    topology.kill(0);
    topology.pause(1);

    EXPECT_FALSE(topology.are_linked(0, 2));
    EXPECT_FALSE(topology.are_linked(1, 2));
    EXPECT_TRUE(topology.is_alive(1));

    topology.run(1);
    EXPECT_TRUE(topology.are_linked(1, 2));
}

TEST(Topology, parts_groups_and_leaves_alone_whom_none_names)
{
    auto topology = Topology{4};
    topology.partition({{0, 1}, {2}});

    EXPECT_TRUE(topology.are_linked(0, 1));
    EXPECT_FALSE(topology.are_linked(1, 2));
    EXPECT_FALSE(topology.are_linked(2, 3));

    topology.heal();
    EXPECT_TRUE(topology.are_linked(0, 3));
}

TEST(Topology, cuts_clients_off_until_healed)
{
    auto topology = Topology{2};
    topology.cut_off(1);
    EXPECT_FALSE(topology.is_reachable(1));
    EXPECT_TRUE(topology.are_linked(0, 1));

    topology.heal();
    EXPECT_TRUE(topology.is_reachable(1));
}

}  // namespace
}  // namespace etcdpp::sim
