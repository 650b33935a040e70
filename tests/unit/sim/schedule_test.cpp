// SPDX-License-Identifier: BSL-1.0

//! @file
//! How faults print.

#include "etcdpp/sim/schedule.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

std::string printed(Rule const& rule)
{
    return (std::ostringstream{} << rule).str();
}

TEST(Schedule, prints_each_rule_as_a_sentence)
{
    EXPECT_EQ(printed({nth_write(3), {Harm::kill_after, the_leader}}),
        "write 3 kills after it was carried out the leader");
    EXPECT_EQ(printed({at_time(2s), {Harm::pause, 1}}), "at 2000 ms pauses m1");
    EXPECT_EQ(printed({nth_read(1), {.harm = Harm::delay_reply, .time = 50ms}}),
        "read 1 gets its reply late 50 ms");
    EXPECT_EQ(printed({at_time(1s), {.harm = Harm::partition, .groups = {{0, 1}, {2}}}}),
        "at 1000 ms partitions {m0 m1} {m2}");
    EXPECT_EQ(printed({nth_request(1), {.harm = Harm::answer, .response = {.status = 503}}}),
        "request 1 is answered by another, with 503");
}

}  // namespace
}  // namespace etcdpp::sim
