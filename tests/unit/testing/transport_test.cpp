// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/transport.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace etcdpp::mocks {
namespace {

using namespace std::chrono_literals;
using testing::_;
using testing::AllOf;
using testing::Field;
using testing::InSequence;
using testing::Return;
using tests::IsError;
using tests::IsOkAnd;

auto const etcd_1 = Endpoint{.host = "etcd-1"};
auto const etcd_2 = Endpoint{.host = "etcd-2"};

TEST(TransportMock, hands_over_endpoint_request_and_limits)
{
    auto const kept = Transport{};
    auto given = kept;
    auto const version = http::Request{.target = "/version"};
    EXPECT_CALL(*kept, send(etcd_1, version, Field(&Limits::silence, 3s)))
        .WillOnce(Return(http::Response{.status = 200, .body = "{}"}));

    EXPECT_THAT(given.send(etcd_1, version, {.silence = 3s}),
        IsOkAnd(http::Response{.status = 200, .body = "{}"}));
}

TEST(TransportMock, fails_one_member_and_answers_for_the_next)
{
    auto transport = Transport{};
    {
        auto const in_order = InSequence{};
        EXPECT_CALL(*transport, send(etcd_1, _, _))
            .WillOnce(Return(unexpected(Error{Errc::unreachable, {.effect = Effect::none}})));
        EXPECT_CALL(*transport, send(etcd_2, _, _)).WillOnce(Return(http::Response{.status = 200}));
    }

    EXPECT_THAT(transport.send(etcd_1, {}, {}), IsError(Errc::unreachable));
    EXPECT_THAT(transport.send(etcd_2, {}, {}), tests::IsOk());
}

TEST(TransportMock, answers_with_a_response_of_no_status_where_nothing_is_said)
{
    EXPECT_THAT(Transport{}.send(etcd_1, {}, {}), IsOkAnd(http::Response{}));
}

}  // namespace
}  // namespace etcdpp::mocks
