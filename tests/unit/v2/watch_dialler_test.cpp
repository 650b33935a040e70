// SPDX-License-Identifier: BSL-1.0

//! @file
//! Whose fault it is that there is no connection.

#include "etcdpp/v2/watch_dialler.hpp"

#include "tests/support/matchers.hpp"
#include "tests/support/timed_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using tests::Answer;
using tests::HasFault;
using tests::IsError;

class ADialler : public testing::Test {
protected:
    //! With so much time in this call, where a connection may take a second.
    auto dial(Clock::duration time)
    {
        return dialler.start(transport, world, {}, {},
            {.by = Deadline{world.now() + time}, .connect = 1s, .stop = stop.get_token()});
    }

    tests::ScriptedWorld world;
    tests::TimedTransport transport{world};
    std::stop_source stop;
    WatchDialler dialler;
};

TEST_F(ADialler, brings_a_connection)
{
    transport.then(Answer::silence());

    EXPECT_TRUE(dial(1h));
}

TEST_F(ADialler, blames_a_member_that_refuses)
{
    transport.then(Answer::refused());

    EXPECT_THAT(
        dial(1h).error(), AllOf(IsError(etcdpp::Errc::unreachable), HasFault(Fault::member)));
}

TEST_F(ADialler, blames_a_member_that_had_its_time)
{
    transport.then(Answer::refused(1s, etcdpp::Errc::timed_out));

    EXPECT_THAT(dial(1h).error(), HasFault(Fault::member));
}

TEST_F(ADialler, blames_no_member_for_a_caller_in_a_hurry)
{
    transport.then(Answer::refused(1s, etcdpp::Errc::timed_out));

    EXPECT_THAT(dial(300ms).error(), AllOf(IsError(Condition::timed_out), HasFault(Fault::caller)));
}

TEST_F(ADialler, blames_a_member_that_had_its_time_in_several_calls)
{
    transport.then(Answer::refused(1h, etcdpp::Errc::timed_out));

    for (auto call = 0; call != 3; ++call) {
        EXPECT_THAT(dial(300ms).error(), HasFault(Fault::caller));
    }
    EXPECT_THAT(dial(300ms).error(), HasFault(Fault::member));
}

TEST_F(ADialler, gives_the_next_member_a_time_of_its_own)
{
    transport.then(Answer::refused(1h, etcdpp::Errc::timed_out));
    for (auto call = 0; call != 3; ++call) { dial(300ms).error(); }

    dialler.forget();

    EXPECT_THAT(dial(300ms).error(), HasFault(Fault::caller));
}

TEST_F(ADialler, passes_on_that_its_caller_was_stopped)
{
    stop.request_stop();

    EXPECT_THAT(dial(1h).error(), AllOf(IsError(Condition::cancelled), HasFault(Fault::caller)));
}

}  // namespace
}  // namespace etcdpp::v2
