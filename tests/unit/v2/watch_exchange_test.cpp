// SPDX-License-Identifier: BSL-1.0

//! @file
//! One question, byte by byte, and where redirects lead it.

#include "etcdpp/v2/watch_exchange.hpp"

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
using testing::AllOf;
using testing::HasSubstr;
using tests::Answer;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

class OneExchange : public testing::Test {
protected:
    void begin(Answer answer, Endpoint to = {.host = "m0"})
    {
        auto exchange = transport.then(std::move(answer)).start(to, question, {});
        line.begin(std::move(exchange).value(), std::move(to), world.now());
    }

    void redirect_to(std::string location, int status = 307)
    {
        begin(Answer::reply({.status = status, .headers = {{"Location", std::move(location)}}}));
    }

    Result<Progress> hear() { return line.hear(question, world.now()); }

    tests::ScriptedWorld world;
    tests::TimedTransport transport{world};
    http::Request question{.target = "/v2/keys/app"};
    WatchExchange<tests::TimedTransport::Exchange> line;
    Clock::time_point const began = world.now();
};

TEST_F(OneExchange, is_not_busy_before_it_begins_and_after_it_is_dropped)
{
    EXPECT_FALSE(line.is_busy());
    EXPECT_EQ(line.waited_for(), nullptr);

    begin(Answer::silence());
    EXPECT_TRUE(line.is_busy());
    EXPECT_NE(line.waited_for(), nullptr);

    line.drop();
    EXPECT_FALSE(line.is_busy());
    EXPECT_EQ(transport.open(), 0);
}

TEST_F(OneExchange, tells_of_its_head_before_it_tells_of_its_end)
{
    begin(Answer::head(10).body("blue"));

    EXPECT_THAT(hear(), IsOkAnd(Progress::head));
    EXPECT_TRUE(line.has_head());
    EXPECT_THAT(hear(), IsOkAnd(Progress::end));
    EXPECT_EQ(line.response().body, "blue");
}

TEST_F(OneExchange, tells_of_no_bytes_alone)
{
    begin(Answer::head(10).part("bl", 1s).part("ue", 2s));
    world.pass(3s);

    EXPECT_THAT(hear(), IsOkAnd(Progress::head));
    EXPECT_THAT(hear(), IsOkAnd(Progress::more));
}

TEST_F(OneExchange, is_silent_since_its_last_byte)
{
    begin(Answer::head(10).part("bl", 2s));
    EXPECT_EQ(line.silent_until(5s), Deadline{began + 5s});
    world.pass(2s);

    EXPECT_THAT(hear(), IsOkAnd(Progress::head));
    EXPECT_THAT(hear(), IsOkAnd(Progress::more));

    EXPECT_EQ(line.silent_until(5s), Deadline{began + 7s});
    EXPECT_EQ(line.whole_until(5s), Deadline{began + 5s});
}

TEST_F(OneExchange, owes_its_end_from_the_first_byte_of_a_body)
{
    begin(Answer::head(10).part("bl", 2s));
    EXPECT_THAT(hear(), IsOkAnd(Progress::head));
    EXPECT_FALSE(line.owes_its_end());
    world.pass(2s);

    EXPECT_THAT(hear(), IsOkAnd(Progress::more));

    EXPECT_TRUE(line.owes_its_end());
    EXPECT_EQ(line.end_due(3s), Deadline{began + 5s});
}

TEST_F(OneExchange, owes_its_end_from_the_head_of_a_refusal)
{
    begin(Answer::refusing(503));

    EXPECT_THAT(hear(), IsOkAnd(Progress::head));

    EXPECT_TRUE(line.owes_its_end());
}

TEST_F(OneExchange, reports_a_lost_connection)
{
    begin(Answer::head(10).lost());

    EXPECT_THAT(hear(), IsOkAnd(Progress::head));
    EXPECT_THAT(hear(), IsError(etcdpp::Errc::unreachable));
}

TEST_F(OneExchange, waits_to_be_sent_on_once_it_was_redirected)
{
    redirect_to("http://m1:2379/etcd/app");

    EXPECT_THAT(hear(), IsOkAnd(Progress::more));

    EXPECT_TRUE(line.is_busy());
    EXPECT_EQ(line.waited_for(), nullptr);
    ASSERT_NE(line.hop(), nullptr);
    EXPECT_EQ(line.hop()->to.host, "m1");
    EXPECT_EQ(line.hop()->target, "/etcd/app");
    EXPECT_EQ(transport.open(), 0);
}

TEST_F(OneExchange, waits_for_a_head_anew_where_it_was_sent_on_to)
{
    redirect_to("http://m1:2379/etcd/app");
    world.pass(2s);
    EXPECT_THAT(hear(), IsOkAnd(Progress::more));

    begin(Answer::silence(), line.hop()->to);

    EXPECT_EQ(line.hop(), nullptr);
    EXPECT_FALSE(line.has_head());
    EXPECT_EQ(line.at().host, "m1");
    EXPECT_EQ(line.silent_until(1s), Deadline{began + 3s});
    EXPECT_EQ(line.age(world.now()), 2s);
}

TEST_F(OneExchange, follows_ten_redirects_and_no_more)
{
    for (auto hops = 0; hops != 10; ++hops) {
        redirect_to("/");
        EXPECT_THAT(hear(), IsOkAnd(Progress::more));
    }
    redirect_to("/");

    EXPECT_THAT(
        hear(), AllOf(IsError(etcdpp::Errc::not_etcd), HasWords("redirected more than 10 times")));
}

TEST_F(OneExchange, takes_no_credentials_to_another_host)
{
    question.headers.add("Authorization", "Basic cm9vdDpzZWNyZXQ=");
    redirect_to("http://m1:2379/");

    EXPECT_THAT(
        hear(), AllOf(HasFault(Fault::member), HasWords(HasSubstr("credentials do not go"))));
}

TEST_F(OneExchange, begins_anew_with_no_redirects_behind_it)
{
    for (auto question_number = 0; question_number != 2; ++question_number) {
        for (auto hops = 0; hops != 10; ++hops) {
            redirect_to("/");
            EXPECT_THAT(hear(), IsOkAnd(Progress::more));
        }
        line.drop();
    }
}

}  // namespace
}  // namespace etcdpp::v2
