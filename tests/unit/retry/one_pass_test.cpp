// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/retry/one_pass.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

Pause after_failure(std::size_t untried)
{
    auto const error = Error{Errc::unreachable};
    return OnePass{}.begin().next({.error = error,
                                      .attempt = 1,
                                      .elapsed = 1ms,
                                      .remaining = 10s,
                                      .members = 3,
                                      .untried = untried},
        0);
}

TEST(OnePass, goes_to_the_next_member_at_once)
{
    EXPECT_EQ(after_failure(2), 0ms);
    EXPECT_EQ(after_failure(1), 0ms);
}

TEST(OnePass, gives_up_once_each_member_was_tried)
{
    EXPECT_EQ(after_failure(0), std::nullopt);
}

}  // namespace
}  // namespace etcdpp
