// SPDX-License-Identifier: BSL-1.0

//! @file
//! Who belongs to the cluster.

#include "etcdpp/sim/roster.hpp"

#include <gtest/gtest.h>

namespace etcdpp::sim {
namespace {

TEST(Roster, counts_only_members_that_have_started)
{
    auto const roster = Roster{.members = {{.id = 1, .name = "a"}, {.id = 2}}};

    EXPECT_EQ(roster.started(), 1U);
}

TEST(Roster, knows_peer_urls_of_other_members)
{
    auto const roster = Roster{.members = {{.id = 1, .peer_urls = {"http://a:1", "http://b:1"}}}};

    EXPECT_TRUE(roster.knows({"http://b:1"}, 2));
    EXPECT_FALSE(roster.knows({"http://b:1"}, 1));
    EXPECT_FALSE(roster.knows({"http://c:1"}, 2));
}

TEST(Roster, derives_ids_from_peer_urls)
{
    EXPECT_EQ(id_of({"http://a:1"}), id_of({"http://a:1"}));
    EXPECT_NE(id_of({"http://a:1"}), id_of({"http://b:1"}));
}

}  // namespace
}  // namespace etcdpp::sim
