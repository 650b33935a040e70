// SPDX-License-Identifier: BSL-1.0

//! @file
//! What the simulated members agree on, and when.

#include "etcdpp/sim/raft.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

class RaftTest : public testing::Test {
protected:
    using Words = std::vector<std::string>;

    explicit RaftTest(std::size_t members = 3) : topology{members}, applied(members)
    {
        for (auto i = std::size_t{0}; i != members; ++i) { raft.topology_changed(); }
        raft.elect(0);
        pass(10ms);
    }

    void pass(Clock::duration time)
    {
        auto const until = timeline.now() + time;
        while (timeline.next_at() <= until) { timeline.step(); }
        timeline.pass(until);
    }

    void propose(std::size_t member, std::string word)
    {
        raft.propose(member, std::make_shared<std::string const>(std::move(word)));
    }

    template <class Change>
    void change(Change what)
    {
        what(topology);
        raft.topology_changed();
    }

    Timeline timeline;
    Topology topology;
    std::vector<Words> applied;
    Raft<std::string> raft{topology.size(), 7, {}, Dice{1}, timeline, topology,
        {.apply =
                [this](std::size_t member, auto const& entry) {
                    if (!entry.payload->empty()) { applied[member].push_back(*entry.payload); }
                },
            .install = [this](std::size_t to, std::size_t from) { applied[to] = applied[from]; },
            .turn = [](std::size_t, bool) {}}};
};

class RaftOfFive : public RaftTest {
protected:
    RaftOfFive() : RaftTest{5} {}
};

TEST_F(RaftTest, begins_with_an_entry_of_the_new_leader)
{
    EXPECT_EQ(raft.acting_leader(), 0U);
    EXPECT_EQ(raft.leader(2), 0U);
    EXPECT_EQ(raft.applied(2), 8U);
    EXPECT_EQ(raft.term(2), 2U);
}

TEST_F(RaftTest, carries_out_at_all_members_what_any_of_them_proposed)
{
    propose(0, "a");
    propose(2, "b");
    pass(10ms);

    for (auto const& words : applied) { EXPECT_EQ(words, (Words{"a", "b"})); }
}

TEST_F(RaftTest, carries_out_at_the_leader_first)
{
    propose(0, "a");
    pass(200us);

    EXPECT_EQ(applied[0], Words{"a"});
    EXPECT_EQ(applied[1], Words{});
    pass(100us);
    EXPECT_EQ(applied[1], Words{"a"});
}

TEST_F(RaftTest, elects_another_leader_within_two_election_timeouts)
{
    change([](Topology& of) { of.kill(0); });

    pass(999ms);
    EXPECT_EQ(raft.acting_leader(), std::nullopt);
    pass(1002ms);
    EXPECT_NE(raft.acting_leader(), std::nullopt);
    EXPECT_NE(raft.acting_leader(), 0U);
}

TEST_F(RaftTest, keeps_what_was_proposed_without_a_leader_until_there_is_one)
{
    change([](Topology& of) { of.kill(0); });
    pass(2s);
    auto const follower = raft.acting_leader() == 1U ? 2U : 1U;
    change([](Topology& of) { of.kill(0); });
    propose(follower, "a");
    pass(10ms);

    EXPECT_EQ(applied[follower], Words{"a"});
}

TEST_F(RaftTest, commits_nothing_without_a_majority_and_everything_once_it_is_back)
{
    change([](Topology& of) { of.pause(1); });
    change([](Topology& of) { of.pause(2); });
    propose(0, "a");
    pass(500ms);
    EXPECT_EQ(applied[0], Words{});

    pass(5s);
    EXPECT_FALSE(raft.leads(0)) << "a leader without a majority gives up";
    change([](Topology& of) { of.run(1); });
    change([](Topology& of) { of.run(2); });
    pass(10s);
    EXPECT_EQ(applied[0], Words{"a"}) << "only who holds the entry can be elected";
    EXPECT_EQ(applied[2], Words{"a"});
}

TEST_F(RaftTest, loses_what_only_a_cut_off_leader_held)
{
    change([](Topology& of) { of.partition({{1, 2}}); });
    propose(0, "lost");
    pass(5s);
    propose(raft.acting_leader().value(), "kept");
    pass(10ms);
    change([](Topology& of) { of.heal(); });
    pass(10s);

    for (auto const& words : applied) { EXPECT_EQ(words, Words{"kept"}); }
}

TEST_F(RaftTest, loses_what_is_passed_on_to_a_leader_out_of_reach)
{
    change([](Topology& of) { of.partition({{0, 1}}); });
    propose(2, "a");
    change([](Topology& of) { of.heal(); });
    pass(10s);

    EXPECT_EQ(applied[2], Words{});
}

TEST_F(RaftTest, carries_out_late_what_was_passed_on_to_a_paused_leader)
{
    change([](Topology& of) { of.pause(0); });
    propose(1, "early");
    pass(5s);
    propose(1, "late");
    pass(10ms);
    EXPECT_EQ(applied[1], Words{"late"});

    change([](Topology& of) { of.run(0); });
    pass(1s);
    EXPECT_EQ(applied[2], (Words{"late", "early"}));
}

TEST_F(RaftTest, is_disturbed_by_a_member_that_comes_back_with_a_newer_term)
{
    change([](Topology& of) { of.partition({{0, 1}}); });
    pass(10s);
    EXPECT_EQ(raft.acting_leader(), 0U);
    EXPECT_GT(raft.term(2), raft.term(0));

    change([](Topology& of) { of.heal(); });
    EXPECT_EQ(raft.acting_leader(), std::nullopt) << "there is no pre-vote in etcd 3.4";
    pass(10s);
    EXPECT_TRUE(raft.acting_leader());
}

TEST_F(RaftTest, hands_the_leadership_over)
{
    raft.elect(2);
    pass(10ms);

    EXPECT_EQ(raft.acting_leader(), 2U);
    EXPECT_EQ(raft.leader(0), 2U);
}

TEST_F(RaftTest, has_one_leader_a_term_whoever_is_told_to_lead)
{
    change([](Topology& of) { of.pause(0); });
    raft.elect(0);
    pass(5s);
    propose(raft.acting_leader().value(), "kept");
    pass(10ms);
    change([](Topology& of) { of.run(0); });
    pass(10ms);

    EXPECT_FALSE(raft.leads(0));
    EXPECT_EQ(applied[0], Words{"kept"});
}

TEST_F(RaftTest, lets_a_member_lag_and_catch_up)
{
    raft.hold(2, true);
    propose(0, "a");
    pass(10ms);
    EXPECT_EQ(applied[2], Words{});

    raft.hold(2, false);
    EXPECT_EQ(applied[2], Words{"a"});
}

TEST_F(RaftTest, gives_a_member_far_behind_what_the_leader_holds)
{
    change([](Topology& of) { of.kill(2); });
    for (auto i = 0; i != 12'000; ++i) {
        propose(0, "a");
        pass(1ms);
    }
    change([](Topology& of) { of.run(2); });
    pass(10s);

    EXPECT_EQ(applied[2].size(), 12'000U);
    EXPECT_EQ(raft.applied(2), raft.applied(0));
}

TEST_F(RaftOfFive, keeps_what_a_majority_holds_whoever_dies)
{
    propose(0, "a");
    pass(200us);
    ASSERT_EQ(applied[0], Words{"a"});
    change([](Topology& of) { of.kill(0); });
    change([](Topology& of) { of.kill(1); });
    pass(10s);

    EXPECT_EQ(applied[4], Words{"a"});
}

TEST_F(RaftTest, elects_no_member_that_is_paused_so_that_no_term_has_two_leaders)
{
    change([](Topology& links) { links.pause(0); });
    raft.elect(0);
    pass(5s);
    change([](Topology& links) { links.run(0); });
    pass(5s);

    EXPECT_NE(raft.leads(0) + raft.leads(1) + raft.leads(2), 2);
    propose(0, "a");
    pass(10ms);
    EXPECT_EQ(applied, (std::vector<Words>{{"a"}, {"a"}, {"a"}}));
}

TEST_F(RaftTest, leaves_the_term_to_a_leader_that_is_to_be_elected_again)
{
    auto const term = raft.term(0);
    raft.elect(0);

    EXPECT_EQ(raft.term(0), term);
    EXPECT_TRUE(raft.leads(0));
}

}  // namespace
}  // namespace etcdpp::sim
