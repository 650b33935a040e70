// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/selector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace etcdpp::mocks {
namespace {

using namespace std::chrono_literals;
using testing::Field;
using testing::Return;

auto const endpoints = Endpoints::parse("http://etcd-1,http://etcd-2,http://etcd-3").value();

TEST(SelectorMock, picks_what_the_test_says)
{
    auto const kept = Selector{};
    auto given = kept;
    EXPECT_CALL(*kept, pick(Field(&Pick::entropy, 17))).WillOnce(Return(2));

    EXPECT_EQ(given.pick({endpoints, Tried{}, Idempotency::read, {}, 17}), 2U);
}

TEST(SelectorMock, picks_the_first_untried_member_where_nothing_is_said)
{
    auto selector = Selector{};

    EXPECT_EQ(selector.pick({endpoints, Tried{}, Idempotency::read, {}, 17}), 0U);
    EXPECT_EQ(selector.pick({endpoints, Tried{0b011}, Idempotency::read, {}, 17}), 2U);
}

TEST(SelectorMock, hears_what_became_of_an_attempt)
{
    auto const kept = Selector{};
    auto given = kept;
    EXPECT_CALL(*kept, report(Field(&Report::outcome, Outcome::failed)));

    given.report({endpoints[0], Outcome::failed, 3ms, {}});
}

}  // namespace
}  // namespace etcdpp::mocks
