// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a simulation tells of itself.

#include "etcdpp/sim/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

std::string printed(Trace const& trace)
{
    return (std::ostringstream{} << trace).str();
}

TEST(Trace, shows_time_request_and_member)
{
    auto trace = Trace{};
    trace.note(Timeline::beginning + 1500us, "kills", 2);
    trace.note(Timeline::beginning + 2s, "PUT", 0, 7, "/v2/keys/app");

    EXPECT_EQ(printed(trace), "1.5 ms: kills m2\n2000 ms: #7 PUT m0: /v2/keys/app\n");
}

TEST(Trace, keeps_the_last_lines_and_says_how_many_went_before)
{
    auto trace = Trace{};
    for (auto i = 0; i != 100; ++i) { trace.note(Timeline::beginning, "GET", 0, 1U, "x"); }

    EXPECT_THAT(printed(trace), testing::StartsWith("... 40 lines before\n"));
    EXPECT_EQ(trace.size(), 100U);
}

TEST(Trace, has_a_fingerprint_of_all_that_was_noted)
{
    auto one = Trace{};
    auto other = Trace{};
    one.note(Timeline::beginning, "kills", 1);
    other.note(Timeline::beginning, "kills", 1);
    EXPECT_EQ(one.fingerprint(), other.fingerprint());

    other.note(Timeline::beginning, "kills", 2);
    one.note(Timeline::beginning, "kills", 1);
    EXPECT_NE(one.fingerprint(), other.fingerprint());
}

}  // namespace
}  // namespace etcdpp::sim
