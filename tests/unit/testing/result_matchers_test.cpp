// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/result_matchers.hpp"

#include "tests/unit/testing/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::mocks {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<std::string> const blue{std::string{"blue"}};
Result<std::string> const silent_member{unexpected(Error{
    Errc::timed_out, {.effect = Effect::unknown, .fault = Fault::member, .words = "no bytes"}})};

TEST(FailsWith, compares_the_code)
{
    EXPECT_THAT(silent_member, FailsWith(Errc::timed_out));
    EXPECT_THAT(silent_member, Not(FailsWith(Errc::exhausted)));
    EXPECT_THAT(silent_member.error(), FailsWith(Errc::timed_out));
}

TEST(FailsWith, asks_the_portable_question)
{
    EXPECT_THAT(silent_member, FailsWith(Condition::timed_out));
    EXPECT_THAT(silent_member, Not(FailsWith(Condition::not_found)));
}

TEST(FailsWith, is_not_content_with_a_success)
{
    EXPECT_THAT(blue, Not(FailsWith(Errc::timed_out)));
    EXPECT_EQ(explanation(blue, FailsWith(Errc::timed_out)), "which is no error");
}

TEST(ResultMatchers, look_at_the_parts_of_an_error)
{
    EXPECT_THAT(silent_member, HasEffect(Effect::unknown));
    EXPECT_THAT(silent_member, HasFault(Fault::member));
    EXPECT_THAT(silent_member, HasWords(HasSubstr("bytes")));
    EXPECT_THAT(silent_member, Not(HasEffect(Effect::none)));
    EXPECT_THAT(blue, Not(HasEffect(Effect::none)));
}

TEST(ResultMatchers, look_at_the_value)
{
    EXPECT_THAT(blue, IsOk());
    EXPECT_THAT(blue, IsOkAnd("blue"));
    EXPECT_THAT(blue, Not(IsOkAnd("red")));
    EXPECT_THAT(silent_member, Not(IsOk()));
    EXPECT_THAT(silent_member, Not(IsOkAnd("blue")));
}

TEST(ResultMatchers, print_the_error_where_a_value_was_wanted)
{
    EXPECT_THAT(explanation(silent_member, IsOk()), HasSubstr("timed out: no bytes"));
}

}  // namespace
}  // namespace etcdpp::mocks
