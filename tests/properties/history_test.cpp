// SPDX-License-Identifier: BSL-1.0

//! @file
//! What several clients are told at once is linearizable, and what is not is found out.

#include "tests/properties/exploring.hpp"
#include "tests/support/linearizability.hpp"
#include "tests/support/scribe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

std::string tell_apart(sim::Cluster& cluster, bool quorum)
{
    auto history = History{};
    for (auto const* const name : {"x", "y", "z"}) {
        cluster.spawn(name, [&cluster, &history, name, quorum] {
            auto const actor = Actor<>{cluster};
            auto scribe = Scribe{actor.keys, history, name, sim::Dice{cluster.seed()}, quorum};
            for (auto call = 0; call != 15; ++call) {
                scribe.act();
                cluster.sleep_for(scribe.some_of(2s));
            }
        });
    }
    cluster.join();
    return objection(history.deeds());
}

TEST(Histories, are_linearizable_with_quorum_reads_whatever_goes_wrong)
{
    auto const explored = explore_afresh(
        150, [](sim::Cluster& cluster) { return tell_apart(cluster, true); });

    EXPECT_TRUE(explored) << explored;
}

TEST(Histories, are_found_out_where_reads_see_the_past)
{
    auto const explored = sim::explore(
        {.seeds = 100, .chaos = {.harms = {sim::Harm::lag, sim::Harm::partition}}},
        [](sim::Cluster& cluster) { return tell_apart(cluster, false); });

    if (sim::seed_to_repeat()) { return; }
    ASSERT_FALSE(explored);
    EXPECT_THAT(explored.finding->words, HasSubstr("no order explains"));
}

}  // namespace
}  // namespace etcdpp::tests
