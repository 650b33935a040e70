// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/retry_policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace etcdpp::mocks {
namespace {

using namespace std::chrono_literals;
using testing::Field;
using testing::Return;

auto const refused = Error{Errc::unreachable, {.effect = Effect::none}};
auto const first = Failure{
    .error = refused, .attempt = 1, .elapsed = 1ms, .remaining = 10s, .members = 3, .untried = 2};

TEST(RetryPolicyMock, pauses_as_the_test_says_in_whatever_call)
{
    auto const policy = RetryPolicy{};
    EXPECT_CALL(*policy, next(Field(&Failure::attempt, 1), 17))
        .WillOnce(Return(0ms))
        .WillOnce(Return(25ms));

    EXPECT_EQ(policy.begin().next(first, 17), 0ms);
    EXPECT_EQ(policy.begin().next(first, 17), 25ms);
}

TEST(RetryPolicyMock, gives_up_where_nothing_is_said)
{
    EXPECT_EQ(RetryPolicy{}.begin().next(first, 17), std::nullopt);
}

TEST(RetryPolicyMock, sees_each_call_begin)
{
    auto const kept = RetryPolicy{};
    auto const given = kept;
    EXPECT_CALL(*kept, begin).Times(2);

    given.begin();
    given.begin();
}

}  // namespace
}  // namespace etcdpp::mocks
