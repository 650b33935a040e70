// SPDX-License-Identifier: BSL-1.0

//! @file
//! Who asks for a member's health, and what the answer means.

#include "etcdpp/v2/watch_health.hpp"

#include "tests/support/matchers.hpp"
#include "tests/support/timed_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::Answer;
using tests::HasFault;
using tests::HasWords;
using tests::IsOk;
using Exchange = tests::TimedTransport::Exchange;

class TheHealth : public testing::Test {
protected:
    static constexpr auto interval = 5s;

    void ask(Answer answer)
    {
        auto exchange = transport.then(std::move(answer)).start(m0, health.question(), {});
        health.asked.begin(std::move(exchange).value(), m0, world.now());
    }

    Result<void> answered(int status)
    {
        ask(Answer::reply({.status = status, .body = "{}"}));
        while (health.asked.hear(health.question(), world.now()).value() != Progress::end) {}
        return health.answered(m0, world.now());
    }

    //! As another watch of the same client sees it.
    bool is_known_to_fail() const { return !another.known(m0, began); }

    tests::ScriptedWorld world;
    tests::TimedTransport transport{world};
    Clock::time_point const began = world.now();
    Endpoint const m0{.host = "m0"};
    Vigil vigil;
    WatchHealth<Exchange> health{vigil, interval};
    WatchHealth<Exchange> another{vigil, interval};
};

TEST_F(TheHealth, is_asked_for_without_credentials)
{
    EXPECT_EQ(health.question(), http::Request{.target = "/health?exclude=NOSPACE"});
}

TEST_F(TheHealth, is_asked_for_once_an_interval_by_one_of_all)
{
    EXPECT_TRUE(health.shall_ask(m0, began));
    EXPECT_FALSE(another.shall_ask(m0, began + 4s));
    EXPECT_TRUE(another.shall_ask(m0, began + interval));
}

TEST_F(TheHealth, is_not_asked_for_while_an_answer_is_awaited)
{
    ask(Answer::silence());

    EXPECT_FALSE(health.shall_ask(m0, began + interval));
}

TEST_F(TheHealth, is_due_within_the_interval_however_it_drips)
{
    EXPECT_EQ(health.due(), Deadline::never());
    ask(Answer::head(1).part("{", 3s));
    world.pass(3s);
    EXPECT_THAT(health.asked.hear(health.question(), world.now()), IsOk());

    EXPECT_EQ(health.due(), Deadline{began + interval});
}

TEST_F(TheHealth, is_bad_if_the_member_says_so)
{
    auto const well = answered(503);

    EXPECT_THAT(well, HasFault(Fault::member));
    EXPECT_THAT(well, HasWords(HasSubstr("cut off from its cluster: HTTP 503")));
    EXPECT_TRUE(is_known_to_fail());
    EXPECT_FALSE(health.asked.is_busy());
}

TEST_F(TheHealth, is_good_again_for_all_once_one_is_told_so)
{
    EXPECT_FALSE(answered(503));

    EXPECT_THAT(answered(200), IsOk());

    EXPECT_FALSE(is_known_to_fail());
}

TEST_F(TheHealth, is_not_in_doubt_where_a_proxy_does_not_know_the_question)
{
    EXPECT_THAT(answered(404), IsOk());
    EXPECT_FALSE(is_known_to_fail());
}

TEST_F(TheHealth, is_bad_if_the_connection_is_lost)
{
    ask(Answer::silence());

    EXPECT_FALSE(health.lost(m0, Error{make_error_code(etcdpp::Errc::unreachable)}, world.now()));

    EXPECT_TRUE(is_known_to_fail());
}

TEST_F(TheHealth, is_not_in_doubt_after_a_redirect_that_may_not_be_followed)
{
    ask(Answer::reply({.status = 302, .headers = {{"Location", "nowhere"}}}));
    auto const heard = health.asked.hear(health.question(), world.now());
    ASSERT_FALSE(heard);

    EXPECT_THAT(health.lost(m0, heard.error(), world.now()), IsOk());

    EXPECT_FALSE(is_known_to_fail());
}

TEST_F(TheHealth, is_not_in_doubt_after_a_redirect_to_one_out_of_reach)
{
    ask(Answer::reply({.status = 302, .headers = {{"Location", "http://m9:2379/health"}}}));
    EXPECT_THAT(health.asked.hear(health.question(), world.now()), IsOk());

    EXPECT_THAT(
        health.lost(m0, Error{make_error_code(etcdpp::Errc::unreachable)}, world.now()), IsOk());
}

}  // namespace
}  // namespace etcdpp::v2
