// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/duration_text.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using Form = TextForm<std::chrono::nanoseconds>;

static_assert(has_text_form<std::chrono::nanoseconds>);

TEST(DurationText, is_read_in_every_unit)
{
    EXPECT_EQ(Form::parse("2h"), 2h);
    EXPECT_EQ(Form::parse("3m"), 3min);
    EXPECT_EQ(Form::parse("1s"), 1s);
    EXPECT_EQ(Form::parse("2500ms"), 2500ms);
    EXPECT_EQ(Form::parse("7us"), 7us);
    EXPECT_EQ(Form::parse("7ns"), 7ns);
    EXPECT_EQ(Form::parse("0s"), 0s);
    EXPECT_EQ(Form::parse("-1s"), -1s);
}

TEST(DurationText, is_refused_where_it_is_none)
{
    for (auto const* const text : {"", "1", "s", "1 s", "1.5s", "1sec", "+1s", "1s ", " 1s", "1S",
             "99999999999h", "9223372036854775808ns", "--1s"}) {
        EXPECT_EQ(Form::parse(text), std::nullopt) << text;
    }
}

TEST(DurationText, is_printed_in_the_largest_unit_that_is_exact)
{
    EXPECT_EQ(Form::print(0s), "0s");
    EXPECT_EQ(Form::print(1s), "1s");
    EXPECT_EQ(Form::print(2500ms), "2500ms");
    EXPECT_EQ(Form::print(2h), "7200s");
    EXPECT_EQ(Form::print(1ms + 1us), "1001us");
    EXPECT_EQ(Form::print(1ns), "1ns");
    EXPECT_EQ(Form::print(-1500ms), "-1500ms");
}

TEST(DurationText, reads_back_as_it_was)
{
    for (auto const duration : {0ns, 1ns, std::chrono::nanoseconds{25ms},
             std::chrono::nanoseconds{10s}, std::chrono::nanoseconds{-3h},
             std::chrono::nanoseconds::max(), -std::chrono::nanoseconds::max()}) {
        EXPECT_EQ(Form::parse(Form::print(duration)), duration);
    }
}

}  // namespace
}  // namespace etcdpp
