// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/selector/sticky.hpp"

#include "tests/unit/selector/picking.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using tests::answered_call;
using tests::Call;
using tests::members;

Endpoints listed(std::initializer_list<char const*> hosts)
{
    auto list = std::vector<Endpoint>{};
    for (auto const* const host : hosts) { list.push_back({.host = host}); }
    return Endpoints::of(std::move(list)).value();
}

TEST(Sticky, starts_at_a_random_member)
{
    for (auto entropy = std::uint64_t{0}; entropy != 6; ++entropy) {
        auto selector = Sticky{};
        EXPECT_EQ(answered_call(selector, members(3), entropy), entropy % 3);
    }
}

TEST(Sticky, starts_at_the_member_it_is_told_to)
{
    auto selector = Sticky::starting_at(2);

    EXPECT_EQ(answered_call(selector, members(3), 1), 2U);
}

TEST(Sticky, counts_a_start_behind_the_end_round_it)
{
    auto selector = Sticky::starting_at(4);

    EXPECT_EQ(answered_call(selector, members(3)), 1U);
}

TEST(Sticky, stays_while_the_member_works)
{
    auto selector = Sticky::starting_at(1);
    for (auto entropy = std::uint64_t{0}; entropy != 20; ++entropy) {
        EXPECT_EQ(answered_call(selector, members(3), entropy), 1U);
    }
}

TEST(Sticky, stays_while_nothing_is_reported)
{
    auto selector = Sticky::starting_at(1);
    for (auto entropy = std::uint64_t{0}; entropy != 20; ++entropy) {
        EXPECT_EQ(Call{members(3)}.attempt(selector, entropy), 1U);
    }
}

TEST(Sticky, moves_to_the_next_member_when_one_fails)
{
    auto selector = Sticky::starting_at(1);
    auto call = Call{members(3)};

    EXPECT_EQ(call.failed_attempt(selector), 1U);
    EXPECT_EQ(call.attempt(selector), 2U);
}

TEST(Sticky, moves_round_the_end)
{
    auto selector = Sticky::starting_at(2);
    auto call = Call{members(3)};

    EXPECT_EQ(call.failed_attempt(selector), 2U);
    EXPECT_EQ(call.attempt(selector), 0U);
}

TEST(Sticky, stays_where_it_moved_to)
{
    auto selector = Sticky::starting_at(1);
    auto call = Call{members(3)};
    call.failed_attempt(selector);
    call.attempt(selector);
    call.ended(selector, Outcome::answered);

    EXPECT_EQ(answered_call(selector, members(3), 1), 2U);
}

TEST(Sticky, moves_for_the_next_call_too_when_the_one_that_failed_gives_up)
{
    auto selector = Sticky::starting_at(1);
    Call{members(3)}.failed_attempt(selector);

    EXPECT_EQ(answered_call(selector, members(3)), 2U);
}

TEST(Sticky, tries_all_before_it_tries_one_again)
{
    auto selector = Sticky::starting_at(1);
    auto call = Call{members(4)};
    auto picked = std::vector<std::size_t>{};
    for (auto i = 0; i != 6; ++i) { picked.push_back(call.failed_attempt(selector, 3)); }

    EXPECT_EQ(picked, (std::vector<std::size_t>{1, 2, 3, 0, 1, 2}));
}

TEST(Sticky, moves_once_when_several_calls_report_the_same_failure)
{
    auto selector = Sticky::starting_at(0);
    auto one = Call{members(3)};
    auto other = Call{members(3)};
    auto third = Call{members(3)};
    for (auto* const call : {&one, &other, &third}) { ASSERT_EQ(call->attempt(selector), 0U); }
    for (auto* const call : {&one, &other, &third}) { call->ended(selector, Outcome::failed); }

    for (auto* const call : {&one, &other, &third}) { EXPECT_EQ(call->attempt(selector), 1U); }
}

TEST(Sticky, moves_once_when_a_failure_is_reported_after_the_move)
{
    auto selector = Sticky::starting_at(0);
    auto quick = Call{members(3)};
    auto slow = Call{members(3)};
    quick.attempt(selector);
    slow.attempt(selector);
    quick.ended(selector, Outcome::failed);
    ASSERT_EQ(quick.attempt(selector), 1U);
    slow.ended(selector, Outcome::failed);

    EXPECT_EQ(slow.attempt(selector), 1U);
    EXPECT_EQ(answered_call(selector, members(3)), 1U);
}

//! A call whose attempt at the first member failed, while another call was answered there.
Call unlucky_call(Sticky& selector)
{
    auto unlucky = Call{members(3)};
    auto lucky = Call{members(3)};
    unlucky.attempt(selector);
    lucky.attempt(selector);
    unlucky.ended(selector, Outcome::failed);
    lucky.ended(selector, Outcome::answered);
    return unlucky;
}

TEST(Sticky, stays_when_another_call_is_answered_after_the_failure)
{
    auto selector = Sticky::starting_at(0);
    unlucky_call(selector);

    EXPECT_EQ(answered_call(selector, members(3)), 0U);
}

TEST(Sticky, only_visits_another_member_when_the_call_has_tried_the_one_it_stays_at)
{
    auto selector = Sticky::starting_at(0);
    auto unlucky = unlucky_call(selector);

    EXPECT_EQ(unlucky.attempt(selector), 1U);
    EXPECT_EQ(answered_call(selector, members(3)), 0U);
}

TEST(Sticky, does_not_move_for_what_happens_on_a_visit)
{
    auto selector = Sticky::starting_at(0);
    auto unlucky = unlucky_call(selector);

    EXPECT_EQ(unlucky.failed_attempt(selector), 1U);
    EXPECT_EQ(answered_call(selector, members(3)), 0U);
    EXPECT_EQ(unlucky.attempt(selector), 2U);
    unlucky.ended(selector, Outcome::answered);
    EXPECT_EQ(answered_call(selector, members(3)), 0U);
}

TEST(Sticky, returns_from_a_visit_to_a_member_that_is_answering_again)
{
    auto selector = Sticky::starting_at(0);
    auto unlucky = unlucky_call(selector);
    ASSERT_EQ(unlucky.failed_attempt(selector), 1U);
    auto slow = Call{members(3)};
    ASSERT_EQ(slow.attempt(selector), 0U);
    ASSERT_EQ(Call{members(3)}.failed_attempt(selector), 0U);
    ASSERT_EQ(unlucky.attempt(selector), 2U);
    slow.ended(selector, Outcome::answered);

    EXPECT_EQ(answered_call(selector, members(3)), 0U);
}

TEST(Sticky, keeps_its_member_when_the_list_is_replaced_and_still_has_it)
{
    auto selector = Sticky::starting_at(2);
    ASSERT_EQ(answered_call(selector, members(3)), 2U);

    EXPECT_EQ(answered_call(selector, listed({"etcd-2", "etcd-7", "etcd-8"}), 1), 0U);
    EXPECT_EQ(answered_call(selector, listed({"etcd-7", "etcd-8", "etcd-9", "etcd-2"}), 1), 3U);
}

TEST(Sticky, starts_anew_when_the_list_lost_its_member)
{
    auto at_random = Sticky{};
    ASSERT_EQ(answered_call(at_random, members(3), 0), 0U);
    EXPECT_EQ(answered_call(at_random, listed({"etcd-7", "etcd-8", "etcd-9"}), 5), 2U);

    auto at_one = Sticky::starting_at(1);
    ASSERT_EQ(answered_call(at_one, members(3)), 1U);
    EXPECT_EQ(answered_call(at_one, listed({"etcd-7", "etcd-8", "etcd-9"}), 5), 1U);
}

TEST(Sticky, forgets_a_failure_of_a_member_that_the_list_lost)
{
    auto selector = Sticky::starting_at(1);
    Call{members(3)}.failed_attempt(selector);

    EXPECT_EQ(answered_call(selector, listed({"etcd-7", "etcd-8", "etcd-9"})), 1U);
}

TEST(Sticky, moves_on_in_the_order_of_the_new_list)
{
    auto selector = Sticky::starting_at(0);
    Call{members(3)}.failed_attempt(selector);

    EXPECT_EQ(answered_call(selector, listed({"etcd-7", "etcd-0", "etcd-9"})), 2U);
}

TEST(Sticky, ignores_reports_about_members_it_does_not_stay_at)
{
    auto selector = Sticky::starting_at(0);
    ASSERT_EQ(answered_call(selector, members(3)), 0U);
    for (auto const* const host : {"etcd-1", "etcd-2", "etcd-9"}) {
        auto const stranger = Endpoint{.host = host};
        selector.report({stranger, Outcome::failed, {}, {}});
    }

    EXPECT_EQ(answered_call(selector, members(3)), 0U);
}

TEST(Sticky, goes_on_with_the_only_member_there_is)
{
    auto selector = Sticky{};
    auto call = Call{members(1)};
    for (auto i = 0; i != 3; ++i) { EXPECT_EQ(call.failed_attempt(selector, 5), 0U); }
}

TEST(Sticky, keeps_its_choice_when_it_is_moved)
{
    auto original = Sticky{};
    ASSERT_EQ(answered_call(original, members(3), 2), 2U);
    auto moved = std::move(original);
    EXPECT_EQ(answered_call(moved, members(3), 0), 2U);

    Call{members(3)}.failed_attempt(moved);
    auto assigned = Sticky{};
    assigned = std::move(moved);
    EXPECT_EQ(answered_call(assigned, members(3), 1), 0U);
}

TEST(Sticky, keeps_its_start_when_it_is_moved)
{
    auto original = Sticky::starting_at(2);
    auto moved = std::move(original);

    EXPECT_EQ(answered_call(moved, members(3), 1), 2U);
}

TEST(Sticky, moves_all_threads_to_the_same_member)
{
    auto selector = Sticky::starting_at(0);
    auto const endpoints = members(3);
    auto strayed = std::array<int, 4>{};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto& each : strayed) {
            threads.emplace_back([&] {
                for (auto n = 0; n != 500; ++n) {  // the first member is down, the others work
                    auto call = Call{endpoints};
                    if (call.attempt(selector) == 0) {
                        call.ended(selector, Outcome::failed);
                        call.attempt(selector);
                    }
                    call.ended(selector, Outcome::answered);
                    if (!call.tried()[1]) { ++each; }
                }
            });
        }
    }
    EXPECT_EQ(strayed, (std::array<int, 4>{}));
    EXPECT_EQ(answered_call(selector, endpoints), 1U);
}

}  // namespace
}  // namespace etcdpp
