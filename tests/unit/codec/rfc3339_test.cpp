// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/rfc3339.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <ostream>
#include <string>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

constexpr auto epoch = Time{};
constexpr auto noon = Time{std::chrono::sys_days{2026y / 11 / 21} + 12h};

//! As a count, which a failed test can print.
std::optional<long long> count(std::optional<Time> time)
{
    return time ? std::optional<long long>{time->time_since_epoch().count()} : std::nullopt;
}

std::optional<long long> parsed(std::string const& text)
{
    return count(parse_rfc3339(text));
}

TEST(Rfc3339, reads_the_expiration_of_a_node)
{
    EXPECT_EQ(parsed("2026-11-21T00:21:22.609836832Z"),
        count(Time{std::chrono::sys_days{2026y / 11 / 21} + 21min + 22s + 609'836'832ns}));
}

TEST(Rfc3339, reads_a_fraction_of_one_to_nine_digits)
{
    EXPECT_EQ(parsed("2026-11-21T12:00:00Z"), count(noon));
    EXPECT_EQ(parsed("2026-11-21T12:00:00.5Z"), count(noon + 500ms));
    EXPECT_EQ(parsed("2026-11-21T12:00:00.050Z"), count(noon + 50ms));
    EXPECT_EQ(parsed("2026-11-21T12:00:00.000000001Z"), count(noon + 1ns));
    EXPECT_EQ(parsed("2026-11-21T12:00:00.999999999Z"), count(noon + 1s - 1ns));
}

TEST(Rfc3339, subtracts_the_offset_of_local_time)
{
    EXPECT_EQ(parsed("2026-11-21T13:00:00+01:00"), count(noon));
    EXPECT_EQ(parsed("2026-11-21T06:30:00.25-05:30"), count(noon + 250ms));
    EXPECT_EQ(parsed("2026-11-22T11:59:00+23:59"), count(noon));
    EXPECT_EQ(parsed("2026-11-21T12:00:00-00:00"), count(noon));
}

TEST(Rfc3339, reads_lower_case_letters_too)
{
    EXPECT_EQ(parsed("2026-11-21t12:00:00z"), count(noon));
}

TEST(Rfc3339, knows_leap_years)
{
    EXPECT_EQ(parsed("2028-02-29T00:00:00Z"), count(Time{std::chrono::sys_days{2028y / 2 / 29}}));
    EXPECT_EQ(parsed("2000-02-29T00:00:00Z"), count(Time{std::chrono::sys_days{2000y / 2 / 29}}));
    EXPECT_FALSE(parsed("2026-02-29T00:00:00Z"));
    EXPECT_FALSE(parsed("1900-02-29T00:00:00Z"));
}

TEST(Rfc3339, reads_times_before_1970)
{
    EXPECT_EQ(parsed("1969-12-31T23:59:59.999999999Z"), -1);
    EXPECT_EQ(parsed("1969-12-31T23:59:58.5Z"), -1'500'000'000);
}

TEST(Rfc3339, reaches_to_both_ends_of_the_range_and_no_further)
{
    EXPECT_EQ(parsed("2262-04-11T23:47:16.854775807Z"), count(Time::max()));
    EXPECT_EQ(parsed("1677-09-21T00:12:43.145224192Z"), count(Time::min()));
    EXPECT_FALSE(parsed("2262-04-11T23:47:16.854775808Z"));
    EXPECT_FALSE(parsed("1677-09-21T00:12:43.145224191Z"));
    EXPECT_FALSE(parsed("2262-04-11T23:47:17Z"));
    EXPECT_FALSE(parsed("1677-09-21T00:12:42.999999999Z"));
    EXPECT_FALSE(parsed("0000-01-01T00:00:00Z"));
    EXPECT_FALSE(parsed("9999-12-31T23:59:59Z"));
}

TEST(Rfc3339, refuses_what_no_clock_shows)
{
    for (auto const* const text :
        {"2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-04-00T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T23:60:00Z",
            "2026-12-31T23:59:60Z", "2026-11-21T12:00:00+24:00", "2026-11-21T12:00:00+00:60"}) {
        EXPECT_FALSE(parsed(text)) << text;
    }
}

TEST(Rfc3339, refuses_what_is_written_otherwise)
{
    for (auto const* const text : {"", "Z", "tomorrow", "2026-11-21", "2026-11-21T12:00:00",
             "2026-11-21 12:00:00Z", "2026-11-21T12:00Z", "2026-11-21T12:00:00.Z",
             "2026-11-21T12:00:00.0000000001Z", "2026-11-21T12:00:00,5Z", "2026-11-21T12:00:00ZZ",
             "2026-11-21T12:00:00+0100", "2026-11-21T12:00:00+1:00", " 2026-11-21T12:00:00Z",
             "2026-11-21T12:00:00Z ", "+026-11-21T12:00:00Z", "2026-1-21T12:00:00Z",
             "2026-11-21T-1:00:00Z", "20261121T120000Z", "2026-11-21T12:00:00.5"}) {
        EXPECT_FALSE(parsed(text)) << text;
    }
}

TEST(Rfc3339, writes_as_many_digits_as_the_fraction_needs)
{
    EXPECT_EQ(print_rfc3339(noon), "2026-11-21T12:00:00Z");
    EXPECT_EQ(print_rfc3339(noon + 500ms), "2026-11-21T12:00:00.5Z");
    EXPECT_EQ(print_rfc3339(noon + 1ns), "2026-11-21T12:00:00.000000001Z");
    EXPECT_EQ(print_rfc3339(epoch - 1ns), "1969-12-31T23:59:59.999999999Z");
}

TEST(Rfc3339, reads_back_what_it_writes)
{
    for (auto const time : {epoch, noon, epoch - 1ns, epoch - 1s, epoch + 1ns, Time::min(),
             Time::max(), Time::min() + 1s, Time::max() - 1s, noon - 90'061'001'002'003ns}) {
        EXPECT_EQ(parsed(print_rfc3339(time)), count(time)) << print_rfc3339(time);
    }
}

TEST(Rfc3339, is_the_text_form_of_a_moment_of_the_system_clock)
{
    using TimeForm = TextForm<std::chrono::system_clock::time_point>;

    EXPECT_EQ(TimeForm::print({}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(TimeForm::parse("1970-01-01T00:00:00Z"), std::chrono::system_clock::time_point{});
    EXPECT_EQ(TimeForm::parse("1970"), std::nullopt);
}

}  // namespace
}  // namespace etcdpp
