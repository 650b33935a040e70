// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/selector/random.hpp"

#include "tests/unit/selector/picking.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <type_traits>

namespace etcdpp {
namespace {

using tests::members;

std::size_t pick(std::size_t count, std::initializer_list<std::size_t> tried, std::uint64_t entropy)
{
    auto const endpoints = members(count);
    auto bits = Tried{};
    for (auto const position : tried) { bits.set(position); }
    return Random{}.pick({endpoints, bits, Idempotency::read, {}, entropy});
}

TEST(Random, is_decided_by_the_entropy_alone)
{
    struct Case {
        std::uint64_t entropy;
        std::size_t position;
    };
    for (auto const& [entropy, position] :
        {Case{0, 0}, Case{1, 1}, Case{4, 4}, Case{5, 0}, Case{1'000'003, 3}}) {
        EXPECT_EQ(pick(5, {}, entropy), position);
        EXPECT_EQ(pick(5, {}, entropy), position);
    }
}

TEST(Random, passes_over_what_the_call_has_tried)
{
    struct Case {
        std::uint64_t entropy;
        std::size_t position;
    };
    for (auto const& [entropy, position] : {Case{0, 0}, Case{1, 2}, Case{2, 4}, Case{3, 0}}) {
        EXPECT_EQ(pick(5, {1, 3}, entropy), position);
    }
}

TEST(Random, takes_the_only_one_left)
{
    for (auto const entropy : {std::uint64_t{0}, std::uint64_t{17}, ~std::uint64_t{0}}) {
        EXPECT_EQ(pick(3, {0, 2}, entropy), 1U);
        EXPECT_EQ(pick(1, {}, entropy), 0U);
    }
}

TEST(Random, takes_any_once_all_were_tried)
{
    EXPECT_EQ(pick(3, {0, 1, 2}, 0), 0U);
    EXPECT_EQ(pick(3, {0, 1, 2}, 4), 1U);
    EXPECT_EQ(pick(3, {0, 1, 2}, 5), 2U);
}

// Of 60 000 picks among three, each gets 20 000 give or take 115 (one standard deviation).
TEST(Random, takes_each_untried_member_equally_often)
{
    auto engine = std::mt19937_64{7};
    auto const endpoints = members(5);
    auto tried = Tried{};
    tried.set(0).set(3);
    auto times = std::array<int, 5>{};
    for (auto i = 0; i != 60'000; ++i) {
        ++times[Random{}.pick({endpoints, tried, Idempotency::read, {}, engine()})];
    }

    EXPECT_EQ(times[0], 0);
    EXPECT_EQ(times[3], 0);
    for (auto const position : {1U, 2U, 4U}) { EXPECT_NEAR(times[position], 20'000, 600); }
}

TEST(Random, takes_no_room)
{
    static_assert(std::is_empty_v<Random>);
}

}  // namespace
}  // namespace etcdpp
