// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/retry/never.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

TEST(Never, gives_up_even_where_members_are_left)
{
    auto const error = Error{Errc::unreachable, {.effect = Effect::none}};
    for (auto const untried : {2U, 0U}) {
        EXPECT_EQ(Never{}.begin().next({.error = error,
                                           .attempt = 1,
                                           .elapsed = 1ms,
                                           .remaining = 10s,
                                           .members = 3,
                                           .untried = untried},
                      0),
            std::nullopt);
    }
}

}  // namespace
}  // namespace etcdpp
