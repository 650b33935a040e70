// SPDX-License-Identifier: BSL-1.0

//! @file
//! What holds of a watch of which nothing is said.

#include "etcdpp/v2/watch_options.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace etcdpp::v2 {
namespace {

TEST(WatchOptions, begin_now_with_one_key_and_an_interval_of_five_seconds)
{
    constexpr auto options = WatchOptions{};

    EXPECT_EQ(options.after_index, Index{});
    EXPECT_FALSE(options.recursive);
    EXPECT_EQ(options.liveness, std::chrono::seconds{5});
}

}  // namespace
}  // namespace etcdpp::v2
