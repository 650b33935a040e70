// SPDX-License-Identifier: BSL-1.0

//! @file
//! Chance that repeats.

#include "etcdpp/sim/dice.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace etcdpp::sim {
namespace {

TEST(Dice, draw_the_same_numbers_from_the_same_seed)
{
    static_assert(Dice{7}.next() == Dice{7}.next());

    EXPECT_NE(Dice{7}.next(), Dice{8}.next());
}

TEST(Dice, fork_into_streams_that_do_not_disturb_each_other)
{
    auto dice = Dice{7};
    auto const first = dice.fork("network").next();

    EXPECT_EQ(dice.fork("network").next(), first);
    EXPECT_NE(dice.fork("elections").next(), first);
}

TEST(Dice, stay_below_their_bound)
{
    auto dice = Dice{7};
    auto seen = 0U;
    for (auto i = 0; i != 1000; ++i) {
        auto const drawn = dice.below(6);
        ASSERT_LT(drawn, 6U);
        seen |= 1U << drawn;
    }
    EXPECT_EQ(seen, 63U);
}

}  // namespace
}  // namespace etcdpp::sim
