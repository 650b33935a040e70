// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/environment.hpp"

#include "etcdpp/http/request.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <variant>

namespace etcdpp::mocks {
namespace {

using namespace std::chrono_literals;
using testing::_;
using testing::Eq;
using testing::Return;
using testing::VariantWith;

TEST(EnvironmentMock, stands_still_but_for_sleeps)
{
    auto world = Environment{};
    auto const began = world.now();
    EXPECT_EQ(world.now(), began);

    world.sleep_for(25ms, {});
    world.sleep_for(1h, {});
    EXPECT_EQ(world.now(), began + 25ms + 1h);
}

TEST(EnvironmentMock, does_not_sleep_after_a_stop)
{
    auto world = Environment{};
    auto source = std::stop_source{};
    source.request_stop();
    auto const began = world.now();
    world.sleep_for(1h, source.get_token());

    EXPECT_EQ(world.now(), began);
}

TEST(EnvironmentMock, draws_the_same_numbers_in_every_run)
{
    auto one = Environment{};
    auto other = Environment{};
    auto const first = one.entropy();

    EXPECT_EQ(other.entropy(), first);
    EXPECT_NE(one.entropy(), first);
}

TEST(EnvironmentMock, says_what_the_test_says)
{
    auto world = Environment{};
    EXPECT_CALL(*world, now).WillOnce(Return(Clock::time_point{7s}));
    EXPECT_CALL(*world, entropy).WillOnce(Return(17));
    EXPECT_CALL(*world, sleep_for(Eq(25ms), _));

    EXPECT_EQ(world.now(), Clock::time_point{7s});
    EXPECT_EQ(world.entropy(), 17U);
    world.sleep_for(25ms, {});
}

TEST(EnvironmentMock, hears_events)
{
    auto const kept = Environment{};
    auto given = kept;
    auto const etcd_1 = Endpoint{.host = "etcd-1"};
    auto const get = http::Request{.target = "/v2/keys/app/mode"};
    EXPECT_CALL(*kept, notify(VariantWith<Redirected>(_)));

    given.notify(Redirected{etcd_1, etcd_1, RequestToPrint{get}});
}

}  // namespace
}  // namespace etcdpp::mocks
