// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/selector/round_robin.hpp"

#include "tests/unit/selector/picking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using testing::ElementsAre;
using tests::answered_call;
using tests::Call;
using tests::members;

TEST(RoundRobin, takes_the_members_in_turn)
{
    auto selector = RoundRobin{};
    auto const endpoints = members(3);
    auto picked = std::vector<std::size_t>{};
    for (auto i = 0; i != 7; ++i) { picked.push_back(answered_call(selector, endpoints)); }

    EXPECT_THAT(picked, ElementsAre(0, 1, 2, 0, 1, 2, 0));
}

TEST(RoundRobin, does_not_depend_on_entropy)
{
    auto selector = RoundRobin{};

    EXPECT_EQ(answered_call(selector, members(3), 2), 0U);
    EXPECT_EQ(answered_call(selector, members(3), 2), 1U);
}

TEST(RoundRobin, moves_on_within_a_call_that_fails)
{
    auto selector = RoundRobin{};
    auto call = Call{members(3)};

    EXPECT_EQ(call.failed_attempt(selector), 0U);
    EXPECT_EQ(call.failed_attempt(selector), 1U);
    EXPECT_EQ(call.failed_attempt(selector), 2U);
    EXPECT_EQ(call.failed_attempt(selector), 0U);
}

TEST(RoundRobin, skips_what_the_call_has_tried)
{
    auto selector = RoundRobin{};
    auto const endpoints = members(3);
    auto call = Call{endpoints};

    EXPECT_EQ(call.attempt(selector), 0U);
    EXPECT_EQ(answered_call(selector, endpoints), 1U);  // other calls take their turns meanwhile
    EXPECT_EQ(answered_call(selector, endpoints), 2U);
    EXPECT_EQ(call.attempt(selector), 1U);
    EXPECT_EQ(answered_call(selector, endpoints), 1U);
    EXPECT_EQ(call.attempt(selector), 2U);
}

TEST(RoundRobin, keeps_a_turn_for_a_member_that_failed)
{
    auto selector = RoundRobin{};
    auto const endpoints = members(2);

    EXPECT_EQ(Call{endpoints}.failed_attempt(selector), 0U);
    EXPECT_EQ(answered_call(selector, endpoints), 1U);
    EXPECT_EQ(answered_call(selector, endpoints), 0U);
}

TEST(RoundRobin, goes_on_with_a_list_of_another_length)
{
    auto selector = RoundRobin{};
    for (auto i = 0; i != 4; ++i) { answered_call(selector, members(5)); }

    EXPECT_EQ(answered_call(selector, members(3)), 1U);
}

TEST(RoundRobin, keeps_its_turn_when_it_is_moved)
{
    auto original = RoundRobin{};
    answered_call(original, members(3));
    auto moved = std::move(original);
    EXPECT_EQ(answered_call(moved, members(3)), 1U);

    auto assigned = RoundRobin{};
    assigned = std::move(moved);
    EXPECT_EQ(answered_call(assigned, members(3)), 2U);
}

TEST(RoundRobin, spreads_the_calls_of_several_threads_evenly)
{
    auto selector = RoundRobin{};
    auto const endpoints = members(4);
    auto picked = std::array<std::atomic<int>, 4>{};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i != 4; ++i) {
            threads.emplace_back([&] {
                for (auto n = 0; n != 1000; ++n) { ++picked[answered_call(selector, endpoints)]; }
            });
        }
    }
    for (auto const& times : picked) { EXPECT_EQ(times, 1000); }
}

}  // namespace
}  // namespace etcdpp
