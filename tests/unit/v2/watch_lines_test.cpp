// SPDX-License-Identifier: BSL-1.0

//! @file
//! What is waited for, and what is said of a member that keeps silent.

#include "etcdpp/v2/watch_lines.hpp"

#include "tests/support/matchers.hpp"
#include "tests/support/timed_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::Answer;
using tests::HasWords;
using tests::IsOk;
using Exchange = tests::TimedTransport::Exchange;

class TheLines : public testing::Test {
protected:
    static constexpr auto patience = WatchPatience{
        .commit = 2s, .answer = 1s, .listing = 10s, .event = 10s};
    static constexpr auto liveness = 5s;

    void begin(WatchExchange<Exchange>& line, Answer meets)
    {
        auto exchange = transport.then(std::move(meets)).start({}, {}, {});
        line.begin(std::move(exchange).value(), {}, world.now());
    }

    void hear(WatchExchange<Exchange>& line) { EXPECT_THAT(line.hear({}, world.now()), IsOk()); }

    auto spoke_in_time() const { return lines.spoke_in_time(patience, world.now()); }
    Deadline in(Clock::duration time) const { return Deadline{world.now() + time}; }

    tests::ScriptedWorld world;
    tests::TimedTransport transport{world};
    Vigil vigil;
    WatchLines<Exchange> lines{vigil, liveness};
    std::array<Exchange*, WatchLines<Exchange>::max_exchanges> waiting{};
};

TEST_F(TheLines, never_wake_while_nothing_is_asked)
{
    EXPECT_FALSE(lines.is_asking());
    EXPECT_EQ(lines.exchanges(waiting), 0U);
    EXPECT_EQ(lines.wakes(patience), Deadline::never());
    EXPECT_THAT(spoke_in_time(), IsOk());
}

TEST_F(TheLines, are_all_waited_for_at_once)
{
    begin(lines.polls.poll, Answer::silence());
    begin(lines.polls.probe, Answer::silence());
    begin(lines.health.asked, Answer::silence());

    ASSERT_EQ(lines.exchanges(waiting), 3U);

    EXPECT_EQ(lines.find(*waiting[0]), &lines.polls.poll);
    EXPECT_EQ(lines.find(*waiting[1]), &lines.polls.probe);
    EXPECT_EQ(lines.find(*waiting[2]), &lines.health.asked);
}

TEST_F(TheLines, do_not_know_a_stranger)
{
    auto const stranger = transport.then(Answer::silence()).start({}, {}, {});

    EXPECT_EQ(lines.find(*stranger), nullptr);
}

TEST_F(TheLines, do_not_ask_for_news_with_a_question_for_health)
{
    begin(lines.health.asked, Answer::silence());

    EXPECT_FALSE(lines.is_asking());
}

TEST_F(TheLines, wait_for_a_listing_as_long_as_raft_may_take)
{
    begin(lines.listing, Answer::silence());
    EXPECT_EQ(lines.wakes(patience), in(2s));
    EXPECT_THAT(spoke_in_time(), IsOk());

    world.pass(2s);

    EXPECT_THAT(spoke_in_time(), HasWords("the member was silent while a listing was awaited"));
}

TEST_F(TheLines, wait_for_a_listing_that_drips_no_longer_than_for_a_whole_reply)
{
    auto dripping = Answer::head(10);
    for (auto second = 1; second != 10; ++second) { dripping = dripping.part("x", 1s * second); }
    begin(lines.listing, dripping);
    for (auto second = 0; second != 9; ++second) {
        world.pass(1s);
        hear(lines.listing);
    }
    EXPECT_EQ(lines.wakes(patience), in(1s));

    world.pass(1s);

    EXPECT_THAT(spoke_in_time(), HasWords("the member did not end a listing in time"));
}

TEST_F(TheLines, blame_a_member_for_a_head_that_does_not_come)
{
    begin(lines.polls.poll, Answer::silence());
    world.pass(1s);

    EXPECT_THAT(spoke_in_time(), HasWords(HasSubstr("should have sent the head at once")));
}

TEST_F(TheLines, blame_a_member_for_an_event_without_an_end)
{
    begin(lines.polls.poll, Answer::refusing(500));
    hear(lines.polls.poll);
    world.pass(1s);

    EXPECT_THAT(spoke_in_time(), HasWords("the member did not end the reply to a watch in time"));
}

TEST_F(TheLines, blame_nobody_for_a_quiet_poll)
{
    begin(lines.polls.poll, Answer::head(10));
    hear(lines.polls.poll);
    lines.polls.hear_head(lines.polls.poll, world.now(), liveness);
    world.pass(liveness);

    EXPECT_TRUE(lines.wakes(patience).passed(world.now()));
    EXPECT_THAT(spoke_in_time(), IsOk());
}

TEST_F(TheLines, blame_a_member_that_does_not_tell_its_health)
{
    begin(lines.health.asked, Answer::silence());
    EXPECT_EQ(lines.wakes(patience), in(liveness));
    world.pass(liveness);

    EXPECT_THAT(spoke_in_time(), HasWords("the member was silent to a question for its health"));
}

TEST_F(TheLines, name_the_question_that_was_redirected)
{
    begin(lines.listing, Answer::silence());
    EXPECT_EQ(lines.redirected(), nullptr);
    begin(lines.health.asked, Answer::reply({.status = 307, .headers = {{"Location", "/well"}}}));

    hear(lines.health.asked);

    EXPECT_EQ(lines.redirected(), &lines.health.asked);
    EXPECT_EQ(lines.exchanges(waiting), 1U);
}

TEST_F(TheLines, end_everything_when_dropped)
{
    begin(lines.listing, Answer::silence());
    begin(lines.health.asked, Answer::silence());

    lines.drop();

    EXPECT_EQ(transport.open(), 0);
    EXPECT_FALSE(lines.is_asking());
}

}  // namespace
}  // namespace etcdpp::v2
