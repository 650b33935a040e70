// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/call_options.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

TEST(CallOptions, leave_everything_to_the_client_by_default)
{
    auto const options = CallOptions{};

    EXPECT_FALSE(options.timeout);
    EXPECT_FALSE(options.stop.stop_possible());
    EXPECT_FALSE(options.attempt_timeout);
    EXPECT_FALSE(options.repeat_overwrites);
}

TEST(CallOptions, are_set_by_name_in_the_order_of_their_declaration)
{
    auto const source = std::stop_source{};
    auto const options = CallOptions{.timeout = 3s,
        .stop = source.get_token(),
        .attempt_timeout = 200ms,
        .repeat_overwrites = true};

    EXPECT_EQ(options.timeout, 3s);
    EXPECT_TRUE(options.stop.stop_possible());
    EXPECT_EQ(options.attempt_timeout, 200ms);
    EXPECT_EQ(options.repeat_overwrites, true);
}

}  // namespace
}  // namespace etcdpp
