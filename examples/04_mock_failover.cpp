// SPDX-License-Identifier: BSL-1.0
// How a program is tested against failing members: deterministic, without socket or sleep.

#include <etcdpp/client.hpp>
#include <etcdpp/codec/poco_json.hpp>
#include <etcdpp/environment/system.hpp>
#include <etcdpp/retry/backoff.hpp>
#include <etcdpp/selector/sticky.hpp>
#include <etcdpp/testing/replies.hpp>
#include <etcdpp/testing/request_matchers.hpp>
#include <etcdpp/testing/result_matchers.hpp>
#include <etcdpp/testing/transport.hpp>
#include <etcdpp/v2/keys.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace e = etcdpp;
using namespace etcdpp::mocks;
using testing::_;
using testing::AllOf;
using testing::InSequence;
using testing::Return;

TEST(Service, reads_its_mode_from_the_second_member_when_the_first_is_down)
{
    auto transport = Transport{};
    auto const in_this_order = InSequence{};
    EXPECT_CALL(*transport, send(ToEndpoint(1), IsGet("/app/mode"), _)).WillOnce(Return(refused()));
    EXPECT_CALL(*transport, send(ToEndpoint(2), IsGet("/app/mode"), _))
        .WillOnce(Return(found("/app/mode", "blue")));
    auto client = e::Client{e::Config{
        .endpoints = members(2), .transport = transport, .selector = e::Sticky::starting_at(0)}};

    auto const mode = e::v2::Keys{client}.get("/app/mode");

    ASSERT_THAT(mode, IsOk());
    EXPECT_EQ(mode->node.value, "blue");
}

TEST(Service, does_not_take_a_lock_twice_when_the_reply_to_the_first_try_is_lost)
{
    auto transport = Transport{};
    EXPECT_CALL(*transport, send(_, AllOf(IsPut("/app/lock"), HasForm("prevExist", "false")), _))
        .WillOnce(Return(lost()));  // and nothing else: once is enough
    auto client = e::Client{e::Config{.endpoints = members(2), .transport = transport}};

    auto const lock = e::v2::Keys{client}.create("/app/lock", "me");

    EXPECT_THAT(lock, HasEffect(e::Effect::unknown));
}
