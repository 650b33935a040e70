// SPDX-License-Identifier: BSL-1.0
//! @file
//! PocoTransport on plain connections: framing, reuse, and what becomes of a request that fails.

#include "etcdpp/transport/poco.hpp"

#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr auto blue = std::string_view{
    "HTTP/1.1 200 OK\r\nX-Etcd-Index: 7\r\nContent-Length: 4\r\n\r\nblue"};

//! Answers every request of every connection with `blue`.
void answer_blue(Peer& peer)
{
    while (peer.request()) { peer.say(blue); }
}

http::Request get(std::string target = "/v2/keys/app/mode")
{
    return {.target = std::move(target)};
}

Limits patient()
{
    return {.connect = 10s, .silence = 10s};
}

// Framing.

TEST(PocoTransport, writes_the_request_as_http_and_reads_the_reply)
{
    auto server = LoopbackServer{answer_blue};
    auto transport = PocoTransport{};
    auto const request = http::Request{.method = http::Method::put,
        .target = "/v2/keys/app/mode",
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = "value=blue"};

    auto const reply = transport.send(server.endpoint(), request, patient());

    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->headers.find("x-etcd-index"), "7");
    EXPECT_EQ(reply->body, "blue");
    EXPECT_EQ(server.requests().at(0),
        "PUT /v2/keys/app/mode HTTP/1.1\r\nHost: " + authority(server.endpoint())
            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n"
              "value=blue");
}

TEST(PocoTransport, takes_every_status_for_a_success)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        peer.request();
        peer.say("HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    }};
    auto transport = PocoTransport{};

    EXPECT_EQ(transport.send(server.endpoint(), get(), patient())->status, 503);
    EXPECT_EQ(transport.send(server.endpoint(), get(), patient())->status, 301);
}

TEST(PocoTransport, reads_a_chunked_reply_that_arrives_byte_by_byte)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        for (auto const byte :
            std::string_view{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "2\r\nbl\r\n2\r\nue\r\n0\r\n\r\n"}) {
            peer.say({&byte, 1});
        }
        peer.keep_silent();
    }};

    auto const reply = PocoTransport{}.send(server.endpoint(), get(), patient());

    EXPECT_THAT(reply, IsOk());
    EXPECT_EQ(reply->body, "blue");
}

TEST(PocoTransport, reads_a_body_that_ends_with_the_connection)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.0 200 OK\r\n\r\nblue");
    }};

    EXPECT_EQ(PocoTransport{}.send(server.endpoint(), get(), patient())->body, "blue");
}

TEST(PocoTransport, carries_ten_megabytes_both_ways)
{
    auto const value = std::string(10 * 1024 * 1024, 'v');
    auto server = LoopbackServer{[](Peer& peer) {
        auto const request = peer.request();
        auto const body = request->substr(request->find("\r\n\r\n") + 4);
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n"
            + body);
        peer.request();
    }};

    auto const reply = PocoTransport{}.send(
        server.endpoint(), {.method = http::Method::put, .body = value}, patient());

    ASSERT_THAT(reply, IsOk());
    EXPECT_TRUE(reply->body == value);
}

// Connections.

TEST(PocoTransport, sends_the_next_request_on_the_same_connection)
{
    auto server = LoopbackServer{answer_blue};
    auto transport = PocoTransport{};

    for (auto i = 0; i != 3; ++i) {
        EXPECT_THAT(transport.send(server.endpoint(), get(), patient()), IsOk());
    }

    EXPECT_EQ(server.connections(), 1U);
}

TEST(PocoTransport, keeps_a_connection_that_had_trailers)
{
    auto server = LoopbackServer{[](Peer& peer) {
        while (peer.request()) {
            peer.say("HTTP/1.1 400 Bad Request\r\nTrailer: Grpc-Trailer\r\n"
                     "Transfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n"
                     "0\r\nGrpc-Trailer: application/grpc\r\n\r\n");
        }
    }};
    auto transport = PocoTransport{};

    EXPECT_EQ(transport.send(server.endpoint(), get(), patient())->body, "four");
    EXPECT_EQ(transport.send(server.endpoint(), get(), patient())->body, "four");

    EXPECT_EQ(server.connections(), 1U);
}

TEST(PocoTransport, opens_a_new_connection_when_the_idle_one_was_closed)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say(blue);
        peer.hang_up();
    }};
    auto transport = PocoTransport{};
    ASSERT_THAT(transport.send(server.endpoint(), get(), patient()), IsOk());
    server.await_played(1);

    auto const reply = transport.send(server.endpoint(), get(), patient());

    EXPECT_THAT(reply, IsOk());
    EXPECT_EQ(server.connections(), 2U);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(PocoTransport, does_not_reuse_a_connection_that_is_to_be_closed_or_says_too_much)
{
    for (auto const* const reply :
        {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nblue",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nblue, and more than was announced"}) {
        auto server = LoopbackServer{[reply](Peer& peer) {
            while (peer.request()) { peer.say(reply); }
        }};
        auto transport = PocoTransport{};

        EXPECT_EQ(transport.send(server.endpoint(), get(), patient())->body, "blue");
        EXPECT_EQ(transport.send(server.endpoint(), get(), patient())->body, "blue");

        EXPECT_EQ(server.connections(), 2U) << reply;
    }
}

TEST(PocoTransport, keeps_no_more_idle_connections_than_it_was_told)
{
    auto server = LoopbackServer{answer_blue};
    auto transport = PocoTransport{{.connections_per_member = 0}};

    for (auto i = 0; i != 3; ++i) {
        EXPECT_THAT(transport.send(server.endpoint(), get(), patient()), IsOk());
    }

    EXPECT_EQ(server.connections(), 3U);
}

TEST(PocoTransport, can_be_moved_with_its_connections)
{
    auto server = LoopbackServer{answer_blue};
    auto first = PocoTransport{};
    ASSERT_THAT(first.send(server.endpoint(), get(), patient()), IsOk());

    auto second = std::move(first);

    EXPECT_THAT(second.send(server.endpoint(), get(), patient()), IsOk());
    EXPECT_EQ(server.connections(), 1U);
}

// The first line of a plaintext connection.

TEST(PocoTransport, warms_a_fresh_connection_before_a_request_line_over_4096_bytes)
{
    auto server = LoopbackServer{answer_blue};
    auto const exactly = std::string(4096 - std::string_view{"GET  HTTP/1.1\r\n"}.size(), 'k');

    auto const fits = PocoTransport{}.send(server.endpoint(), get(exactly), patient());
    auto const long_one = PocoTransport{}.send(server.endpoint(), get(exactly + 'k'), patient());

    EXPECT_THAT(fits, IsOk());
    EXPECT_THAT(long_one, IsOk());
    EXPECT_THAT(server.requests(),
        testing::ElementsAre(
            StartsWith("GET kkk"), StartsWith("GET /version HTTP/1.1\r\n"), StartsWith("GET kkk")));
    EXPECT_EQ(server.connections(), 2U);
}

TEST(PocoTransport, sends_a_long_request_line_at_once_on_a_connection_in_use)
{
    auto server = LoopbackServer{answer_blue};
    auto transport = PocoTransport{};
    ASSERT_THAT(transport.send(server.endpoint(), get(), patient()), IsOk());

    EXPECT_THAT(transport.send(server.endpoint(), get(std::string(5000, 'k')), patient()), IsOk());

    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(PocoTransport, has_sent_nothing_of_a_request_whose_warming_up_fails)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.request(); }};

    auto const reply = PocoTransport{}.send(
        server.endpoint(), get(std::string(5000, 'k')), patient());

    EXPECT_THAT(reply, IsError(Errc::unreachable));
    EXPECT_THAT(reply, HasEffect(Effect::none));
}

// Failures.

TEST(PocoTransport, reports_a_refused_connection_as_without_effect)
{
    auto nobody = Endpoint{};
    {
        auto server = LoopbackServer{answer_blue};
        nobody = server.endpoint();
    }

    auto const reply = PocoTransport{}.send(nobody, get(), patient());

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none), HasFault(Fault::member),
            HasWords("connection refused")));
}

TEST(PocoTransport, cannot_know_the_effect_once_the_request_was_sent)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.request(); }};

    auto const reply = PocoTransport{}.send(server.endpoint(), get(), patient());

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::unknown), HasFault(Fault::member),
            HasWords("the connection was closed before the reply began")));
}

TEST(PocoTransport, tells_a_reset_from_an_end)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        if (peer.number() == 1) { peer.say(blue.substr(0, 20)); }
        peer.reset();
    }};

    auto const before = PocoTransport{}.send(server.endpoint(), get(), patient());
    auto const amid = PocoTransport{}.send(server.endpoint(), get(), patient());

    EXPECT_THAT(before,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::unknown),
            HasWords("the connection was lost before the reply began: "
                     "connection reset by peer")));
    EXPECT_THAT(amid,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::unknown),
            HasWords(HasSubstr("in the middle of the reply"))));
}

TEST(PocoTransport, reports_a_reply_cut_short)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say(blue.substr(0, blue.size() - 1));
    }};

    auto const reply = PocoTransport{}.send(server.endpoint(), get(), patient());

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::unknown),
            HasWords("the connection was closed in the middle of the reply")));
}

TEST(PocoTransport, recognises_a_server_that_does_not_speak_http)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.say("SSH-2.0-OpenSSH_9.2\r\n");
        peer.keep_silent();
    }};

    auto const reply = PocoTransport{}.send(server.endpoint(), get(), patient());

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::not_etcd), HasFault(Fault::member),
            HasWords("the reply does not begin with HTTP/1")));
}

TEST(PocoTransport, refuses_an_endless_head)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\n");
        for (auto i = 0; i != 10'000; ++i) { peer.say("X-Header: and another one\r\n"); }
        peer.keep_silent();
    }};

    auto const reply = PocoTransport{}.send(server.endpoint(), get(), patient());

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::malformed_reply), HasEffect(Effect::unknown),
            HasWords(HasSubstr("exceeds its limit"))));
}

TEST(PocoTransport, takes_a_head_of_almost_its_limit)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX: " + std::string(60'000, 'x')
            + "\r\n\r\nblue");
        peer.keep_silent();
    }};

    auto const reply = PocoTransport{}.send(server.endpoint(), get(), patient());

    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->headers.find("X")->size(), 60'000U);
    EXPECT_EQ(reply->body, "blue");
}

TEST(PocoTransport, refuses_an_endless_body)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\n\r\n");
        for (auto i = 0; i != 100; ++i) { peer.say(std::string(1000, 'x')); }
        peer.keep_silent();
    }};
    auto transport = PocoTransport{{.max_body = 10'000}};

    auto const reply = transport.send(server.endpoint(), get(), patient());

    EXPECT_THAT(
        reply, AllOf(IsError(Errc::malformed_reply), HasWords("the body exceeds its limit")));
}

TEST(PocoTransport, reads_a_reply_that_comes_before_the_request_was_sent_to_its_end)
{
    auto const beyond_all_buffers = std::string(32 * 1024 * 1024, 'v');
    auto server = LoopbackServer{[](Peer& peer) {
        peer.bytes(1000);
        peer.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\ntoo large");
        if (peer.number() == 0) { peer.hang_up(); }
        peer.bytes(1'000'000'000);
    }};
    auto const too_large = http::Request{.method = http::Method::put, .body = beyond_all_buffers};
    auto transport = PocoTransport{};

    auto const and_closed = transport.send(server.endpoint(), too_large, patient());
    auto const and_open = transport.send(server.endpoint(), too_large, patient());

    ASSERT_THAT(and_closed, IsOk());
    EXPECT_EQ(and_closed->body, "too large");
    ASSERT_THAT(and_open, IsOk());
    EXPECT_EQ(server.connections(), 2U);
}

TEST(PocoTransport, reads_a_reply_that_a_reset_follows)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.bytes(1000);
        peer.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\ntoo large");
        peer.reset();
    }};

    auto const reply = PocoTransport{}.send(server.endpoint(),
        {.method = http::Method::put, .body = std::string(32 * 1024 * 1024, 'v')}, patient());

    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->status, 400);
}

}  // namespace
}  // namespace etcdpp::tests
