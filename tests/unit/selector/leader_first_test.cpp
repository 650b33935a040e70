// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/selector/leader_first.hpp"

#include "tests/unit/selector/picking.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using tests::answered_call;
using tests::Call;
using tests::members;

LeaderFirst led_by(Endpoint const& leader)
{
    auto selector = LeaderFirst{};
    selector.leader(&leader);
    return selector;
}

TEST(LeaderFirst, is_sticky_until_it_is_told_who_leads)
{
    for (auto entropy = std::uint64_t{0}; entropy != 6; ++entropy) {
        auto selector = LeaderFirst{};
        EXPECT_EQ(answered_call(selector, members(3), entropy), entropy % 3);
        EXPECT_EQ(answered_call(selector, members(3), entropy + 1), entropy % 3);
    }
}

TEST(LeaderFirst, asks_the_leader_whatever_it_asked_before)
{
    auto selector = LeaderFirst{};
    ASSERT_EQ(answered_call(selector, members(3), 0), 0U);
    auto const endpoints = members(3);

    selector.leader(&endpoints[2]);

    EXPECT_EQ(answered_call(selector, endpoints, 0), 2U);
    EXPECT_EQ(answered_call(selector, endpoints, 1), 2U);
}

TEST(LeaderFirst, follows_from_one_leader_to_the_next)
{
    auto const endpoints = members(3);
    auto selector = led_by(endpoints[2]);
    ASSERT_EQ(answered_call(selector, endpoints), 2U);

    selector.leader(&endpoints[1]);

    EXPECT_EQ(answered_call(selector, endpoints), 1U);
}

TEST(LeaderFirst, finds_the_leader_wherever_it_stands_in_a_new_list)
{
    auto selector = led_by(Endpoint{.host = "etcd-2"});
    auto const shuffled = Endpoints::of({{.host = "etcd-2"}, {.host = "etcd-0"}}).value();

    EXPECT_EQ(answered_call(selector, members(3)), 2U);
    EXPECT_EQ(answered_call(selector, shuffled), 0U);
}

TEST(LeaderFirst, is_sticky_while_nobody_leads)
{
    auto const endpoints = members(3);
    auto selector = led_by(endpoints[2]);
    ASSERT_EQ(answered_call(selector, endpoints), 2U);

    selector.leader(nullptr);

    EXPECT_EQ(answered_call(selector, endpoints, 0), 0U);
    EXPECT_EQ(answered_call(selector, endpoints, 1), 0U);
}

TEST(LeaderFirst, is_sticky_where_the_leader_is_not_listed)
{
    auto selector = led_by(Endpoint{.host = "etcd-9"});

    EXPECT_EQ(answered_call(selector, members(3), 1), 1U);
    EXPECT_EQ(answered_call(selector, members(3), 2), 1U);
}

TEST(LeaderFirst, asks_another_when_the_leader_fails)
{
    auto const endpoints = members(3);
    auto selector = led_by(endpoints[1]);
    auto call = Call{endpoints};

    EXPECT_EQ(call.failed_attempt(selector), 1U);
    EXPECT_NE(call.attempt(selector), 1U);
}

TEST(LeaderFirst, stays_with_that_other_until_it_is_told_anew)
{
    auto const endpoints = members(3);
    auto selector = led_by(endpoints[0]);
    Call{endpoints}.failed_attempt(selector);
    auto const other = answered_call(selector, endpoints, 0);
    ASSERT_NE(other, 0U);

    for (auto entropy = std::uint64_t{0}; entropy != 20; ++entropy) {
        EXPECT_EQ(answered_call(selector, endpoints, entropy), other);
    }

    selector.leader(&endpoints[0]);

    EXPECT_EQ(answered_call(selector, endpoints), 0U);
}

TEST(LeaderFirst, goes_back_to_a_leader_that_failed_only_when_all_others_were_tried)
{
    auto const endpoints = members(4);
    auto selector = led_by(endpoints[1]);
    Call{endpoints}.failed_attempt(selector);

    auto call = Call{endpoints};
    for (auto i = 0; i != 3; ++i) { EXPECT_NE(call.failed_attempt(selector), 1U); }

    EXPECT_EQ(call.attempt(selector), 1U);
}

TEST(LeaderFirst, returns_to_a_leader_that_answers_again)
{
    auto const endpoints = members(2);
    auto selector = led_by(endpoints[1]);
    Call{endpoints}.failed_attempt(selector);
    auto call = Call{endpoints};
    ASSERT_EQ(call.failed_attempt(selector), 0U);
    ASSERT_EQ(call.attempt(selector), 1U);
    call.ended(selector, Outcome::answered);

    EXPECT_EQ(answered_call(selector, endpoints), 1U);
}

TEST(LeaderFirst, does_not_move_when_somebody_else_fails)
{
    auto const endpoints = members(3);
    auto selector = led_by(endpoints[1]);
    for (auto const position : {0U, 2U}) {
        selector.report({endpoints[position], Outcome::failed, {}, {}});
    }

    EXPECT_EQ(answered_call(selector, endpoints), 1U);
}

TEST(LeaderFirst, goes_on_with_a_leader_that_is_the_only_member)
{
    auto const endpoints = members(1);
    auto selector = led_by(endpoints[0]);
    auto call = Call{endpoints};
    for (auto i = 0; i != 3; ++i) { EXPECT_EQ(call.failed_attempt(selector, 5), 0U); }
}

TEST(LeaderFirst, keeps_what_it_knows_when_it_is_moved)
{
    auto const endpoints = members(3);
    auto moved = led_by(endpoints[2]);
    EXPECT_EQ(answered_call(moved, endpoints), 2U);

    Call{endpoints}.failed_attempt(moved);
    auto const other = answered_call(moved, endpoints);
    auto assigned = LeaderFirst{};
    assigned = std::move(moved);

    EXPECT_EQ(answered_call(assigned, endpoints), other);
}

TEST(LeaderFirst, hears_of_leaders_while_other_threads_pick)
{
    auto const endpoints = members(3);
    auto selector = LeaderFirst{};
    auto const use = [&] {
        for (auto n = 0; n != 500; ++n) { ASSERT_LT(answered_call(selector, endpoints), 3U); }
    };
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i != 3; ++i) { threads.emplace_back(use); }
        for (auto n = std::size_t{0}; n != 500; ++n) {
            selector.leader(n % 4 == 3 ? nullptr : &endpoints[n % 4]);
        }
    }
    selector.leader(&endpoints[1]);

    EXPECT_EQ(answered_call(selector, endpoints), 1U);
}

}  // namespace
}  // namespace etcdpp
