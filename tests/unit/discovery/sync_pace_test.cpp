// SPDX-License-Identifier: BSL-1.0

//! @file
//! A member that failed is looked after soon, and one that stays away ever more rarely.

#include "etcdpp/discovery/sync_pace.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace etcdpp::detail {
namespace {

using namespace std::chrono_literals;

struct SyncPaceTest : testing::Test {
    SyncPace pace{10s, 1s};

    void expect(SyncPace::Wait const& wait, Clock::duration rest, Clock::duration watch)
    {
        EXPECT_EQ(wait.rest, rest);
        EXPECT_EQ(wait.watch, watch);
    }
};

TEST_F(SyncPaceTest, waits_for_an_interval_in_all_and_sleeps_lightly_behind_a_rest)
{
    for (auto i = 0; i != 3; ++i) { expect(pace.after({}), 1s, 9s); }
}

TEST_F(SyncPaceTest, rests_ever_longer_after_early_syncs_that_bring_nothing)
{
    auto const in_vain = SyncPace::Sync{.was_early = true};
    pace.after({});

    expect(pace.after(in_vain), 2s, 8s);
    expect(pace.after(in_vain), 4s, 6s);
    expect(pace.after(in_vain), 8s, 2s);
    expect(pace.after(in_vain), 10s, 0s);
    expect(pace.after(in_vain), 10s, 0s);
}

TEST_F(SyncPaceTest, is_quick_again_once_something_came_of_it)
{
    auto const in_vain = SyncPace::Sync{.was_early = true};
    for (auto i = 0; i != 4; ++i) { pace.after(in_vain); }

    expect(pace.after({.was_early = true, .brought_news = true}), 1s, 9s);
}

TEST_F(SyncPaceTest, is_quick_again_once_all_was_calm)
{
    auto const in_vain = SyncPace::Sync{.was_early = true};
    for (auto i = 0; i != 4; ++i) { pace.after(in_vain); }

    expect(pace.after({}), 1s, 9s);
}

TEST_F(SyncPaceTest, tries_again_after_a_rest_where_a_sync_went_wrong)
{
    auto const wrong = SyncPace::Sync{.went_wrong = true};

    expect(pace.after(wrong), 1s, 0s);
    expect(pace.after(wrong), 2s, 0s);
    expect(pace.after(wrong), 4s, 0s);
    expect(pace.after(wrong), 8s, 0s);
    expect(pace.after(wrong), 10s, 0s);
}

TEST_F(SyncPaceTest, never_syncs_more_often_than_it_may_rest)
{
    auto hasty = SyncPace{0s, 1s};

    expect(hasty.after({}), 1s, 0s);
    expect(hasty.after({.was_early = true}), 1s, 0s);
}

TEST_F(SyncPaceTest, bears_the_longest_interval_there_is)
{
    auto lazy = SyncPace{Clock::duration::max(), 1h};
    for (auto i = 0; i != 100; ++i) {
        auto const wait = lazy.after({.was_early = true});
        EXPECT_GE(wait.rest, 1h);
        EXPECT_GE(wait.watch, 0h);
    }
}

}  // namespace
}  // namespace etcdpp::detail
