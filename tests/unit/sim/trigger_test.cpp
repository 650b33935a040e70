// SPDX-License-Identifier: BSL-1.0

//! @file
//! When something goes wrong.

#include "etcdpp/sim/trigger.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

auto const read_mode = http::Request{.target = "/v2/keys/app/mode"};
auto const write_mode = http::Request{.method = http::Method::put, .target = "/v2/keys/app/mode"};

TEST(Trigger, counts_reads_writes_or_both)
{
    EXPECT_TRUE(nth_read(1).counts(read_mode, 0));
    EXPECT_FALSE(nth_read(1).counts(write_mode, 0));
    EXPECT_TRUE(nth_write(1).counts(write_mode, 0));
    EXPECT_FALSE(nth_write(1).counts(read_mode, 0));
    EXPECT_TRUE(every_request().counts(write_mode, 0));
    EXPECT_FALSE(at_time(1s).counts(write_mode, 0));
}

TEST(Trigger, counts_what_one_member_gets_or_what_is_asked_of_one_key)
{
    EXPECT_TRUE(nth_read(1).to(1).counts(read_mode, 1));
    EXPECT_FALSE(nth_read(1).to(1).counts(read_mode, 0));
    EXPECT_TRUE(nth_read(1).of("/app").counts(read_mode, 0));
    EXPECT_FALSE(nth_read(1).of("/lib").counts(read_mode, 0));
}

TEST(Trigger, prints_as_a_schedule_lists_it)
{
    EXPECT_EQ((std::ostringstream{} << nth_write(3)).str(), "write 3");
    EXPECT_EQ((std::ostringstream{} << every_read().to(2)).str(), "every read to m2");
    EXPECT_EQ((std::ostringstream{} << at_time(1500us)).str(), "at 1.5 ms");
}

}  // namespace
}  // namespace etcdpp::sim
