// SPDX-License-Identifier: BSL-1.0

//! @file
//! A simulation whose time somebody else keeps, and requests that come over his connections.

#include "etcdpp/sim/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class WorldTest : public testing::Test {
protected:
    Talk ask(std::size_t member, std::string target = "/version")
    {
        return world.accept(member, {.target = std::move(target)});
    }

    void pass(Clock::duration time) { world.run_until(world.now() + time); }

    World world{Options{.wall = std::chrono::sys_days{std::chrono::year{2026} / 11 / 21},
        .endpoints = {{.port = 4001}, {.port = 4002}}}};
};

TEST_F(WorldTest, answers_a_request_that_found_its_way_once_the_time_for_that_has_passed)
{
    auto const talk = ask(1);
    EXPECT_TRUE(talk->arrived.empty());

    pass(1ms);

    ASSERT_EQ(talk->arrived.size(), 3U);
    EXPECT_EQ(talk->arrived[0].part.status, 200);
    EXPECT_EQ(talk->arrived[2].progress, Progress::end);
}

TEST_F(WorldTest, resets_the_connection_of_a_request_to_a_dead_member)
{
    world.fleet().befall({Harm::kill, 1});
    auto const talk = ask(1);

    pass(1ms);

    ASSERT_EQ(talk->arrived.size(), 1U);
    EXPECT_TRUE(talk->arrived[0].loss);
}

TEST_F(WorldTest, lets_what_befalls_a_connection_not_befall_one_that_is_made)
{
    world.arm({nth_request(1), {Harm::refuse}});
    auto const talk = ask(0);

    pass(1ms);

    EXPECT_EQ(talk->arrived.size(), 3U);
}

TEST_F(WorldTest, says_when_something_happens_next_and_is_then_where_it_was_let_run_to)
{
    auto const began = world.now();
    auto const talk = ask(0);
    EXPECT_EQ(world.next_at(), began + world.options().hop);

    world.run_until(world.next_at());
    EXPECT_EQ(world.now(), began + world.options().hop);
    EXPECT_TRUE(talk->arrived.empty());  // there, and the reply on its way

    world.run_until(began + 1h);
    EXPECT_EQ(world.now(), began + 1h);
    EXPECT_FALSE(talk->arrived.empty());
}

TEST_F(WorldTest, has_members_that_say_where_they_were_told_to_serve)
{
    auto const talk = ask(0, "/v2/machines");

    pass(1ms);

    EXPECT_EQ(talk->arrived.at(1).part.body,
        "http://127.0.0.1:4001, http://127.0.0.1:4002, http://m2:2379");
}

TEST_F(WorldTest, begins_at_the_time_of_day_that_it_was_told)
{
    auto const talk = ask(0, "/v2/stats/self");

    pass(1ms);

    EXPECT_THAT(talk->arrived.at(1).part.body, HasSubstr("\"startTime\":\"2026-11-21T00:00:00"));
}

}  // namespace
}  // namespace etcdpp::sim
