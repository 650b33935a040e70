// SPDX-License-Identifier: BSL-1.0
// How a program is tested against a failing member: deterministic, without socket or sleep.

#include <etcdpp/client.hpp>
#include <etcdpp/codec/poco_json.hpp>
#include <etcdpp/environment/system.hpp>
#include <etcdpp/retry/backoff.hpp>
#include <etcdpp/selector/sticky.hpp>
#include <etcdpp/testing/transport.hpp>
#include <etcdpp/v2/keys.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace e = etcdpp;
using testing::_;
using testing::Field;
using testing::InSequence;
using testing::Return;

TEST(Service, reads_its_mode_from_the_second_member_when_the_first_is_down)
{
    auto const members = e::Endpoints::parse("http://one:2379,http://two:2379").value();
    auto const refused = e::Error{e::Errc::unreachable, {.effect = e::Effect::none}};
    auto const found = e::http::Response{
        .status = 200, .body = R"({"action":"get","node":{"key":"/app/mode","value":"blue"}})"};

    auto transport = e::mocks::Transport{};
    {
        auto const in_this_order = InSequence{};
        EXPECT_CALL(
            *transport, send(members[0], Field(&e::http::Request::target, "/v2/keys/app/mode"), _))
            .WillOnce(Return(e::unexpected(refused)));
        EXPECT_CALL(*transport, send(members[1], _, _)).WillOnce(Return(found));
    }
    auto client = e::Client{e::Config{
        .endpoints = members, .transport = transport, .selector = e::Sticky::starting_at(0)}};

    auto const mode = e::v2::Keys{client}.get("/app/mode");

    ASSERT_TRUE(mode);
    EXPECT_EQ(mode->node.value, "blue");
}
