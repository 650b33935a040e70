// SPDX-License-Identifier: BSL-1.0

//! @file
//! What the errors of a watch say, and whose they are.

#include "etcdpp/v2/watch_error.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace etcdpp::v2 {
namespace {

using testing::AllOf;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;

TEST(WatchError, changes_nothing_at_the_server)
{
    EXPECT_EQ(watch_cancelled().effect(), Effect::none);
    EXPECT_EQ(no_event_in_time().effect(), Effect::none);
    EXPECT_EQ(member_was_silent("").effect(), Effect::none);
    EXPECT_EQ(member_was_slow("").effect(), Effect::none);
}

TEST(WatchError, of_a_stop_or_of_time_is_the_callers)
{
    EXPECT_THAT(watch_cancelled(), AllOf(IsError(Condition::cancelled), HasFault(Fault::caller)));
    EXPECT_THAT(no_event_in_time(), AllOf(IsError(Condition::timed_out), HasFault(Fault::caller)));
}

TEST(WatchError, of_silence_is_the_members)
{
    EXPECT_THAT(member_was_silent("to a watch"),
        AllOf(HasFault(Fault::member), HasWords("the member was silent to a watch")));
    EXPECT_THAT(member_was_slow("a listing"),
        AllOf(HasFault(Fault::member), HasWords("the member did not end a listing in time")));
}

TEST(WatchError, of_time_names_what_the_last_member_did)
{
    auto const trouble = member_was_silent("to a watch");

    EXPECT_THAT(no_event_in_time(&trouble),
        HasWords("no event came in time; the last member failed: " + trouble.code().message()
            + ": the member was silent to a watch"));
    EXPECT_THAT(no_event_in_time(), HasWords("no event came in time"));
}

}  // namespace
}  // namespace etcdpp::v2
