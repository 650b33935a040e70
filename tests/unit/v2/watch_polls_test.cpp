// SPDX-License-Identifier: BSL-1.0

//! @file
//! When a poll is asked again, and which of the two goes on.

#include "etcdpp/v2/watch_polls.hpp"

#include "tests/support/timed_transport.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using tests::Answer;
using Exchange = tests::TimedTransport::Exchange;

class ThePolls : public testing::Test {
protected:
    static constexpr auto answer = 1s;
    static constexpr auto whole = 10s;
    static constexpr auto liveness = 5s;

    void begin(WatchExchange<Exchange>& line, Answer meets)
    {
        auto exchange = transport.then(std::move(meets)).start({}, {}, {});
        line.begin(std::move(exchange).value(), {}, world.now());
    }

    //! @returns whether the line is still where it was
    bool hear_head(WatchExchange<Exchange>& line)
    {
        EXPECT_EQ(line.hear({}, world.now()).value(), Progress::head);
        return polls.hear_head(line, world.now(), liveness);
    }

    Deadline in(Clock::duration time) const { return Deadline{world.now() + time}; }

    tests::ScriptedWorld world;
    tests::TimedTransport transport{world};
    WatchPolls<Exchange> polls;
};

TEST_F(ThePolls, owe_nothing_while_nothing_is_asked)
{
    EXPECT_FALSE(polls.owe_a_reply());
    EXPECT_FALSE(polls.is_probe_due(world.now()));
}

TEST_F(ThePolls, owe_a_head_at_once)
{
    begin(polls.poll, Answer::silence());

    EXPECT_TRUE(polls.owe_a_reply());
    EXPECT_EQ(polls.wakes(answer, whole), in(answer));
}

TEST_F(ThePolls, owe_nothing_once_the_head_is_there)
{
    begin(polls.poll, Answer::head(10));

    EXPECT_TRUE(hear_head(polls.poll));

    EXPECT_FALSE(polls.owe_a_reply());
    EXPECT_EQ(polls.wakes(answer, whole), in(liveness));
    EXPECT_FALSE(polls.is_probe_due(world.now()));
    EXPECT_TRUE(polls.is_probe_due(world.now() + liveness));
}

TEST_F(ThePolls, owe_the_head_of_a_probe)
{
    begin(polls.poll, Answer::head(10));
    hear_head(polls.poll);
    world.pass(liveness);

    begin(polls.probe, Answer::silence());

    EXPECT_TRUE(polls.owe_a_reply());
    EXPECT_FALSE(polls.is_probe_due(world.now()));
    EXPECT_EQ(polls.wakes(answer, whole), in(answer));
}

TEST_F(ThePolls, go_on_with_the_probe_once_it_has_its_head)
{
    begin(polls.poll, Answer::head(10));
    hear_head(polls.poll);
    begin(polls.probe, Answer::head(10));

    EXPECT_FALSE(hear_head(polls.probe));

    EXPECT_TRUE(polls.poll.has_head());
    EXPECT_FALSE(polls.probe.is_busy());
    EXPECT_EQ(transport.open(), 1);
}

TEST_F(ThePolls, owe_the_end_of_an_event_that_has_begun)
{
    begin(polls.poll, Answer::head(10).part("{", 0s).part("}", 900ms));
    hear_head(polls.poll);
    EXPECT_EQ(polls.poll.hear({}, world.now()).value(), Progress::more);
    EXPECT_TRUE(polls.owe_a_reply());
    EXPECT_EQ(polls.wakes(answer, whole), in(answer));

    world.pass(900ms);
    EXPECT_EQ(polls.poll.hear({}, world.now()).value(), Progress::more);

    EXPECT_EQ(polls.wakes(answer, whole), in(answer));
    EXPECT_EQ(polls.wakes(answer, 1500ms), in(600ms));
}

TEST_F(ThePolls, can_lose_the_old_one_while_the_probe_is_under_way)
{
    begin(polls.poll, Answer::head(10));
    hear_head(polls.poll);
    begin(polls.probe, Answer::silence());

    EXPECT_TRUE(polls.can_lose(polls.poll));

    EXPECT_TRUE(polls.poll.is_busy());
    EXPECT_FALSE(polls.poll.has_head());
}

TEST_F(ThePolls, can_lose_neither_the_probe_nor_an_only_poll)
{
    begin(polls.poll, Answer::head(10));
    EXPECT_FALSE(polls.can_lose(polls.poll));

    begin(polls.probe, Answer::silence());
    EXPECT_FALSE(polls.can_lose(polls.probe));
}

TEST_F(ThePolls, end_both_when_dropped)
{
    begin(polls.poll, Answer::silence());
    begin(polls.probe, Answer::silence());

    polls.drop();

    EXPECT_EQ(transport.open(), 0);
}

}  // namespace
}  // namespace etcdpp::v2
