// SPDX-License-Identifier: BSL-1.0

//! @file
//! What is particular to a transport made of HTTPClientSessions: its proxy, and Poco's gaps.

#include "etcdpp/transport/poco_session.hpp"

#include "etcdpp/core/endpoint_url.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/tls_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr auto blue_reply = std::string_view{"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nblue"};

//! Answers each request with the same bytes.
auto saying(std::string bytes)
{
    return [bytes = std::move(bytes)](Peer& peer) {
        while (peer.request()) { peer.say(bytes); }
    };
}

struct PocoSession : testing::Test {
    Result<http::Response> send(Endpoint const& to, http::Request const& request = get) const
    {
        return transport.send(to, request, {.connect = 10s, .silence = 10s});
    }

    static inline auto const get = http::Request{.target = "/v2/keys/app/mode"};

    PocoSessionTransport transport;
};

TEST_F(PocoSession, keeps_a_connection_for_the_next_request)
{
    auto const server = LoopbackServer{saying(std::string{blue_reply})};

    for (auto turn = 0; turn != 3; ++turn) { EXPECT_EQ(send(server.endpoint())->body, "blue"); }

    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(PocoSession, reads_a_reply_in_chunks_and_keeps_its_connection)
{
    auto const server = LoopbackServer{
        saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "3\r\nblu\r\n1\r\ne\r\n0\r\n\r\n")};

    for (auto turn = 0; turn != 3; ++turn) { EXPECT_EQ(send(server.endpoint())->body, "blue"); }

    EXPECT_EQ(server.connections(), 1U);
}

//! Poco 1.11 reads the first trailer and leaves the rest to be taken for the next reply (WIRE 0.1).
TEST_F(PocoSession, keeps_no_connection_on_which_trailers_came)
{
    auto const server = LoopbackServer{
        saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: One, Two\r\n\r\n"
               "4\r\nblue\r\n0\r\nOne: 1\r\nTwo: 2\r\n\r\n")};

    for (auto turn = 0; turn != 3; ++turn) {
        auto const response = send(server.endpoint());
        ASSERT_THAT(response, IsOk());
        EXPECT_EQ(response->body, "blue");
    }

    EXPECT_EQ(server.connections(), 3U);
}

TEST_F(PocoSession, takes_no_broken_chunk_for_the_end_of_a_reply)
{
    auto const server = LoopbackServer{
        saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "4\r\nblue\r\nnonsense\r\n\r\n")};

    auto const response = send(server.endpoint());

    EXPECT_THAT(response, IsError(Errc::malformed_reply));
    EXPECT_THAT(response, HasEffect(Effect::unknown));
}

TEST_F(PocoSession, reads_a_reply_that_ends_with_its_connection)
{
    auto const server = LoopbackServer{[](Peer& peer) {
        if (!peer.request()) { return; }
        peer.say("HTTP/1.0 200 OK\r\n\r\nblue");
        peer.close();
    }};

    EXPECT_EQ(send(server.endpoint()).value().body, "blue");
    EXPECT_EQ(send(server.endpoint()).value().body, "blue");
    EXPECT_EQ(server.connections(), 2U);
}

TEST_F(PocoSession, reads_no_body_after_a_head_request)
{
    auto const server = LoopbackServer{saying("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")};

    auto const response = send(server.endpoint(), {.method = http::Method::head, .target = "/"});

    ASSERT_THAT(response, IsOk());
    EXPECT_EQ(response->body, "");
}

TEST_F(PocoSession, passes_over_a_100_continue)
{
    auto const server = LoopbackServer{
        saying("HTTP/1.1 100 Continue\r\n\r\n" + std::string{blue_reply})};

    EXPECT_EQ(send(server.endpoint()).value().body, "blue");
}

TEST_F(PocoSession, refuses_a_head_without_bounds)
{
    auto const server = LoopbackServer{[](Peer& peer) {
        if (!peer.request()) { return; }
        peer.say("HTTP/1.1 200 OK\r\n");
        for (auto line = 0; line != 10'000; ++line) { peer.say("X-More: and more\r\n"); }
    }};

    EXPECT_THAT(send(server.endpoint()), IsError(Errc::malformed_reply));
}

TEST_F(PocoSession, refuses_a_stream_of_interim_replies)
{
    auto const server = LoopbackServer{[](Peer& peer) {
        if (!peer.request()) { return; }
        for (auto turn = 0; turn != 100'000; ++turn) { peer.say("HTTP/1.1 100 Continue\r\n\r\n"); }
    }};

    auto const response = send(server.endpoint());

    EXPECT_THAT(response, IsError(Errc::malformed_reply));
    EXPECT_THAT(response, HasWords(HasSubstr("too large")));
}

TEST_F(PocoSession, refuses_a_body_beyond_its_bound)
{
    auto const chunked = LoopbackServer{
        saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
               "8\r\nblueblue\r\n0\r\n\r\n")};
    auto const narrow = PocoSessionTransport{{.connection = {.max_body = 7}}};

    auto const response = narrow.send(chunked.endpoint(), get, {.connect = 10s, .silence = 10s});

    EXPECT_THAT(response, IsError(Errc::malformed_reply));
    EXPECT_THAT(response, HasWords(HasSubstr("exceeds 7 bytes")));
}

TEST_F(PocoSession, refuses_a_length_that_is_no_length)
{
    for (auto const* const length : {"-4", "four", "99999999999999999999999"}) {
        auto const server = LoopbackServer{
            saying("HTTP/1.1 200 OK\r\nContent-Length: " + std::string{length} + "\r\n\r\nblue")};

        EXPECT_THAT(send(server.endpoint()), IsError(Errc::malformed_reply)) << length;
    }
}

//! etcd resets a connection whose first line is longer than 4096 bytes (WIRE 0.2).
TEST_F(PocoSession, begins_a_connection_with_something_small_before_a_long_line)
{
    auto const server = LoopbackServer{saying(std::string{blue_reply})};
    auto const long_target = "/v2/keys/" + std::string(5000, 'x');

    EXPECT_THAT(send(server.endpoint(), {.target = long_target}), IsOk());

    EXPECT_THAT(server.requests(),
        ElementsAre(StartsWith("GET /version HTTP/1.1\r\n"), StartsWith("GET " + long_target)));
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(PocoSession, does_not_go_through_a_proxy_that_the_program_set_for_others)
{
    auto const server = LoopbackServer{saying(std::string{blue_reply})};
    auto others = Poco::Net::HTTPClientSession::ProxyConfig{};
    others.host = "proxy.example";
    Poco::Net::HTTPClientSession::setGlobalProxyConfig(others);

    auto const response = send(server.endpoint());
    Poco::Net::HTTPClientSession::setGlobalProxyConfig({});

    EXPECT_THAT(response, IsOk());
    EXPECT_THAT(server.requests(), ElementsAre(StartsWith("GET /v2/keys/app/mode HTTP/1.1\r\n")));
}

struct PocoSessionThroughProxy : testing::Test {
    //! A transport whose proxy is this server.
    static PocoSessionTransport through(LoopbackServer const& proxy, HttpProxy options = {})
    {
        options.host = proxy.endpoint().host;
        options.port = proxy.endpoint().port;
        return PocoSessionTransport{
            {.connection = {.tls = {.ca_file = made().authority.file()}}, .proxy = options}};
    }

    static Limits patient() { return {.connect = 10s, .silence = 10s}; }

    struct Made {
        Authority authority{"cluster"};
        Certificate member = authority.for_server("member", "DNS:etcd-a");
    };

    static Made const& made()
    {
        static auto const all = Made{};
        return all;
    }

    Endpoint const member = Endpoint::parse("http://etcd-a:2379").value();
    Endpoint const secure_member = Endpoint::parse("https://etcd-a:2379").value();
    http::Request const get{.target = "/v2/keys/app/mode?quorum=true"};
};

TEST_F(PocoSessionThroughProxy, asks_for_the_whole_url)
{
    auto const proxy = LoopbackServer{saying(std::string{blue_reply})};
    auto const transport = through(proxy);

    EXPECT_EQ(transport.send(member, get, patient()).value().body, "blue");
    EXPECT_EQ(transport.send(member, get, patient()).value().body, "blue");

    EXPECT_THAT(proxy.requests(),
        ElementsAre(StartsWith("GET http://etcd-a:2379/v2/keys/app/mode?quorum=true HTTP/1.1\r\n"),
            AllOf(HasSubstr("\r\nHost: etcd-a:2379\r\n"), Not(HasSubstr("Authorization")))));
    EXPECT_EQ(proxy.connections(), 1U);
}

TEST_F(PocoSessionThroughProxy, introduces_itself_to_the_proxy)
{
    auto const proxy = LoopbackServer{saying(std::string{blue_reply})};
    auto const transport = through(
        proxy, {.host = {}, .credentials = Credentials{"alice", Secret{"rabbit"}}});

    transport.send(member, get, patient()).value();

    EXPECT_THAT(proxy.requests(),
        ElementsAre(HasSubstr("\r\nProxy-Authorization: Basic YWxpY2U6cmFiYml0\r\n")));
}

TEST_F(PocoSessionThroughProxy, asks_some_members_directly)
{
    auto const proxy = LoopbackServer{saying(std::string{blue_reply})};
    auto const server = LoopbackServer{saying(std::string{blue_reply})};
    auto const transport = through(proxy, {.host = {}, .direct = {".internal", "127.0.0.1"}});

    transport.send(server.endpoint(), get, patient()).value();

    EXPECT_THAT(proxy.requests(), SizeIs(0));
    EXPECT_THAT(server.requests(), ElementsAre(StartsWith("GET /v2/keys/app/mode")));
}

TEST_F(PocoSessionThroughProxy, speaks_tls_through_a_tunnel_and_tells_the_proxy_nothing)
{
    auto const tls = server_context(made().member);
    auto const proxy = LoopbackServer{[tls](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 Connection established\r\n\r\n");
        if (!peer.secure(tls.get())) { return; }
        while (peer.request()) { peer.say(blue_reply); }
    }};
    auto const transport = through(
        proxy, {.host = {}, .credentials = Credentials{"alice", Secret{"rabbit"}}});

    EXPECT_EQ(transport.send(secure_member, get, patient()).value().body, "blue");
    EXPECT_EQ(transport.send(secure_member, get, patient()).value().body, "blue");

    auto const proxy_authorization = HasSubstr("Proxy-Authorization: Basic YWxpY2U6cmFiYml0\r\n");
    auto const in_tunnel = AllOf(
        StartsWith("GET /v2/keys/app/mode?quorum=true HTTP/1.1\r\n"), Not(proxy_authorization));
    EXPECT_THAT(proxy.requests(),
        ElementsAre(AllOf(StartsWith("CONNECT etcd-a:2379 HTTP/1.1\r\n"), proxy_authorization),
            in_tunnel, in_tunnel));
    EXPECT_EQ(proxy.connections(), 1U);
}

TEST_F(PocoSessionThroughProxy, sends_nothing_where_the_proxy_opens_no_tunnel)
{
    auto const proxy = LoopbackServer{
        saying("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")};

    auto const response = through(proxy).send(secure_member, get, patient());

    EXPECT_THAT(response, IsError(Errc::unreachable));
    EXPECT_THAT(response, HasEffect(Effect::none));
    EXPECT_THAT(response, HasFault(Fault::member));
    EXPECT_THAT(response, HasWords(HasSubstr("HTTP 407")));
}

TEST_F(PocoSessionThroughProxy, trusts_no_member_at_the_end_of_a_tunnel_that_has_another_name)
{
    auto const tls = server_context(made().member);
    auto const proxy = LoopbackServer{[tls](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\n\r\n");
        peer.secure(tls.get());
    }};

    auto const response = through(proxy).send(
        Endpoint::parse("https://etcd-b:2379").value(), get, patient());

    EXPECT_THAT(response, IsError(Errc::unreachable));
    EXPECT_THAT(response, HasEffect(Effect::none));
}

TEST_F(PocoSessionThroughProxy, waits_for_a_tunnel_no_longer_than_for_a_connection)
{
    auto const proxy = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};

    auto const response = through(proxy).send(
        secure_member, get, {.connect = 50ms, .silence = 10s});

    EXPECT_THAT(response, IsError(Errc::timed_out));
    EXPECT_THAT(response, HasEffect(Effect::none));
}

TEST(HttpProxy, serves_all_but_those_who_are_asked_directly)
{
    auto const proxy = HttpProxy{.host = "proxy", .direct = {".internal", "etcd-a"}};

    EXPECT_TRUE(proxy.serves("etcd-b"));
    EXPECT_TRUE(proxy.serves("internal"));
    EXPECT_TRUE(proxy.serves("my-etcd-a"));
    EXPECT_FALSE(proxy.serves("etcd-a"));
    EXPECT_FALSE(proxy.serves("etcd-b.internal"));
}

}  // namespace
}  // namespace etcdpp::tests
