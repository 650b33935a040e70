// SPDX-License-Identifier: BSL-1.0

//! @file
//! The order of RFC 2782, drawn by lots that the test knows.

#include "etcdpp/discovery/srv_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace etcdpp {
namespace {

using testing::AnyOf;
using testing::ElementsAre;
using testing::IsEmpty;

SrvRecord record(std::uint16_t priority, std::uint16_t weight, std::string target)
{
    return {.priority = priority, .weight = weight, .port = 2379, .target = std::move(target)};
}

std::vector<std::string> targets(std::vector<SrvRecord> const& records)
{
    auto result = std::vector<std::string>{};
    for (auto const& each : records) { result.push_back(each.target); }
    return result;
}

//! Draws these lots, and zeros behind them.
auto draws(std::vector<std::uint64_t> lots)
{
    return [lots = std::move(lots), next = std::size_t{0}]() mutable {
        return next < lots.size() ? lots[next++] : std::uint64_t{0};
    };
}

TEST(InOrderOfUse, is_by_priority_whatever_the_weights)
{
    auto const ordered = in_order_of_use(
        {record(20, 100, "last"), record(1, 0, "first"), record(10, 50, "second")}, draws({}));

    EXPECT_THAT(targets(ordered), ElementsAre("first", "second", "last"));
}

TEST(InOrderOfUse, leaves_nothing_out_and_adds_nothing)
{
    EXPECT_THAT(in_order_of_use({}, draws({})), IsEmpty());
    EXPECT_THAT(targets(in_order_of_use({record(0, 0, "only")}, draws({7}))), ElementsAre("only"));
}

//! The running sums of weights 0, 10, 30 are 0, 10, 40: a number from 0 to 40 is drawn.
TEST(InOrderOfUse, takes_the_first_whose_running_sum_reaches_the_number_drawn)
{
    auto const first_of = [](std::uint64_t lot) {
        return targets(
            in_order_of_use({record(1, 30, "heavy"), record(1, 0, "zero"), record(1, 10, "light")},
                draws({lot})))
            .front();
    };

    EXPECT_EQ(first_of(0), "zero");
    EXPECT_EQ(first_of(1), "light");
    EXPECT_EQ(first_of(10), "light");
    EXPECT_EQ(first_of(11), "heavy");
    EXPECT_EQ(first_of(40), "heavy");
    EXPECT_EQ(first_of(41), "zero");
}

TEST(InOrderOfUse, draws_again_among_those_that_are_left)
{
    auto const ordered = in_order_of_use(
        {record(1, 1, "a"), record(1, 2, "b"), record(1, 4, "c")}, draws({7, 1, 0}));

    EXPECT_THAT(targets(ordered), ElementsAre("c", "a", "b"));
}

TEST(InOrderOfUse, spreads_over_those_that_weigh_nothing)
{
    auto const first_of = [](std::uint64_t lot) {
        return targets(in_order_of_use(
                           {record(1, 0, "a"), record(1, 0, "b"), record(1, 0, "c")}, draws({lot})))
            .front();
    };

    auto firsts = std::vector{first_of(0), first_of(1), first_of(2)};
    std::ranges::sort(firsts);
    EXPECT_THAT(firsts, ElementsAre("a", "b", "c"));
}

TEST(InOrderOfUse, puts_each_first_as_often_as_it_weighs)
{
    auto engine = std::mt19937_64{20'231'117};
    auto firsts = std::map<std::string, int>{};
    for (auto i = 0; i != 4000; ++i) {
        auto const ordered = in_order_of_use(
            {record(1, 100, "a"), record(1, 300, "b"), record(2, 500, "c")},
            [&] { return std::uint64_t{engine()}; });
        ++firsts[ordered.front().target];
        ASSERT_EQ(ordered.back().target, "c");
    }

    EXPECT_NEAR(firsts["a"], 1000, 120);
    EXPECT_NEAR(firsts["b"], 3000, 120);
}

TEST(InOrderOfUse, bears_the_largest_weights)
{
    auto const many = std::vector(1000, record(0, 65535, "x"));

    EXPECT_EQ(in_order_of_use(many, draws({~std::uint64_t{0}})).size(), 1000U);
}

}  // namespace
}  // namespace etcdpp
