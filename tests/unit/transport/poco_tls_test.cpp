// SPDX-License-Identifier: BSL-1.0
//! @file
//! PocoTransport over TLS: whom it trusts, who it is, and that OpenSSL never harms the process.

#include "etcdpp/transport/poco.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/tls_server.hpp"

#include <Poco/Net/IPAddress.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include <signal.h>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

void say_blue(Peer& peer)
{
    while (peer.request()) { peer.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nblue"); }
}

class PocoTls : public testing::Test {
protected:
    //! Sends one request over a new transport.
    Result<http::Response> send(
        LoopbackServer const& server, TlsOptions tls, http::Request request = {})
    {
        return PocoTransport{{.tls = std::move(tls)}}.send(
            server.endpoint(), request, {.connect = 10s, .silence = 10s});
    }

    TlsOptions trusting() const { return {.ca_file = made().authority.file()}; }

    std::string path(std::string const& name) const { return folder_.path() / name; }

    //! Made once: each certificate takes two runs of the openssl program.
    struct Made {
        Authority authority{"cluster"};
        Authority stranger{"somebody else"};
        Certificate member = authority.for_server("member", "DNS:member.example,IP:127.0.0.1");
        Certificate elsewhere = authority.for_server(
            "elsewhere", "DNS:elsewhere.example,IP:127.0.0.9");
        Certificate client = authority.for_client("client");
    };

    static Made const& made()
    {
        static auto const all = [] {
            auto fresh = std::make_unique<Made>();
            encrypt(fresh->client.key, "passphrase");
            return fresh;
        }();
        return *all;
    }

    TemporaryFolder folder_;
};

// The member's identity.

TEST_F(PocoTls, talks_to_a_member_of_the_trusted_authority)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};

    auto const reply = send(server, trusting());

    ASSERT_THAT(reply, IsOk());
    EXPECT_EQ(reply->body, "blue");
}

TEST_F(PocoTls, reuses_a_connection)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};
    auto const transport = PocoTransport{{.tls = trusting()}};

    for (auto i = 0; i != 3; ++i) {
        EXPECT_THAT(transport.send(server.endpoint(), {}, {}), IsOk());
    }

    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(PocoTls, does_not_trust_an_authority_it_was_not_told_of)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};

    auto const reply = send(server, {});

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none), HasFault(Fault::member),
            HasWords(StartsWith("TLS: the member's certificate is not accepted: "))));
    EXPECT_THAT(server.requests(), testing::IsEmpty());
}

TEST_F(PocoTls, does_not_trust_another_authority)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};

    EXPECT_THAT(send(server, {.ca_file = made().stranger.file()}), IsError(Errc::unreachable));
}

TEST_F(PocoTls, does_not_take_another_hosts_certificate_for_the_members)
{
    auto server = LoopbackServer{say_blue, server_context(made().elsewhere)};

    auto const reply = send(server, trusting());

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none),
            HasWords("TLS: the member's certificate is not accepted: "
                     "IP address mismatch")));
}

TEST_F(PocoTls, compares_the_certificate_with_the_host_name_asked_for)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};
    auto const here = [](std::string const&) {
        return Addresses{Poco::Net::IPAddress{"127.0.0.1"}};
    };
    auto const transport = PocoTransport{{.tls = trusting(), .lookup = here}};
    auto named = server.endpoint();

    named.host = "member.example";
    EXPECT_THAT(transport.send(named, {}, {}), IsOk());
    named.host = "stranger.example";
    EXPECT_THAT(transport.send(named, {}, {}),
        HasWords("TLS: the member's certificate is not accepted: hostname mismatch"));
}

TEST_F(PocoTls, expects_the_server_name_it_was_given_instead_of_the_host)
{
    auto server = LoopbackServer{say_blue, server_context(made().elsewhere)};
    auto options = trusting();
    options.server_name = "elsewhere.example";

    EXPECT_THAT(send(server, options), IsOk());
}

TEST_F(PocoTls, can_do_without_the_host_name_but_not_without_the_authority)
{
    auto server = LoopbackServer{say_blue, server_context(made().elsewhere)};
    auto options = trusting();
    options.verify_host_name = false;

    EXPECT_THAT(send(server, options), IsOk());
    EXPECT_THAT(send(server, {.verify_host_name = false}), IsError(Errc::unreachable));
}

TEST_F(PocoTls, trusts_everyone_if_it_is_told_to)
{
    auto server = LoopbackServer{say_blue, server_context(made().elsewhere)};

    EXPECT_THAT(send(server, {.insecure_trust_everyone = true}), IsOk());
}

TEST_F(PocoTls, speaks_no_version_before_1_2)
{
    auto const old = server_context(made().member);
    SSL_CTX_set_security_level(old.get(), 0);
    SSL_CTX_set_min_proto_version(old.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(old.get(), TLS1_1_VERSION);
    auto server = LoopbackServer{say_blue, old};

    EXPECT_THAT(
        send(server, trusting()), AllOf(IsError(Errc::unreachable), HasEffect(Effect::none)));
}

TEST_F(PocoTls, speaks_1_2)
{
    auto const old = server_context(made().member);
    SSL_CTX_set_max_proto_version(old.get(), TLS1_2_VERSION);
    auto server = LoopbackServer{say_blue, old};

    EXPECT_THAT(send(server, trusting()), IsOk());
}

// The client's identity.

TEST_F(PocoTls, shows_its_certificate_to_a_member_that_asks)
{
    auto server = LoopbackServer{say_blue, server_context(made().member, made().authority.file())};
    auto options = trusting();
    options.certificate_file = made().client.certificate;
    options.key_file = made().client.key;
    options.key_passphrase = Secret{"passphrase"};

    EXPECT_THAT(send(server, options), IsOk());
    EXPECT_THAT(send(server, trusting()), IsError(Errc::unreachable));
}

TEST_F(PocoTls, names_the_file_that_it_cannot_use)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};
    std::ofstream{path("nonsense.pem")} << "not a certificate";
    auto wrong_passphrase = trusting();
    wrong_passphrase.certificate_file = made().client.certificate;
    wrong_passphrase.key_file = made().client.key;
    auto const refusal = [](std::string const& words) {
        return AllOf(IsError(Errc::invalid_argument), HasEffect(Effect::none),
            HasFault(Fault::request), HasWords(StartsWith(words)));
    };

    EXPECT_THAT(send(server, {.ca_file = "/nowhere/ca.pem"}),
        refusal("TLS: ca_file \"/nowhere/ca.pem\" cannot be used: "));
    EXPECT_THAT(send(server, {.ca_path = "/nowhere"}),
        refusal("TLS: ca_path \"/nowhere\" cannot be used: No such file or directory"));
    EXPECT_THAT(send(server, {.ca_file = path("nonsense.pem")}),
        refusal("TLS: ca_file \"" + path("nonsense.pem") + "\" cannot be used: "));
    EXPECT_THAT(send(server, {.certificate_file = "/nowhere/client.pem"}),
        refusal("TLS: certificate_file \"/nowhere/client.pem\" cannot be used: "));
    EXPECT_THAT(send(server, wrong_passphrase),
        refusal("TLS: key_file \"" + made().client.key.string() + "\" cannot be used: "));
    EXPECT_EQ(server.connections(), 0U);
}

TEST_F(PocoTls, reads_a_file_again_after_it_was_put_right)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};
    auto const transport = PocoTransport{{.tls = {.ca_file = path("late.pem")}}};

    EXPECT_THAT(transport.send(server.endpoint(), {}, {}), IsError(Errc::invalid_argument));
    std::filesystem::copy_file(made().authority.file(), path("late.pem"));
    EXPECT_THAT(transport.send(server.endpoint(), {}, {}), IsOk());
}

// Framing and limits.

TEST_F(PocoTls, carries_ten_megabytes_both_ways)
{
    auto const value = std::string(10 * 1024 * 1024, 'v');
    auto server = LoopbackServer{
        [](Peer& peer) {
            auto const request = peer.request();
            auto const body = request->substr(request->find("\r\n\r\n") + 4);
            peer.say(
                "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
            peer.say(body);
            peer.keep_silent();
        },
        server_context(made().member)};

    auto const reply = send(server, trusting(), {.method = http::Method::put, .body = value});

    ASSERT_THAT(reply, IsOk());
    EXPECT_TRUE(reply->body == value);
}

TEST_F(PocoTls, needs_no_warming_up_for_a_long_request_line)
{
    auto server = LoopbackServer{say_blue, server_context(made().member)};

    EXPECT_THAT(send(server, trusting(), {.target = std::string(5000, 'k')}), IsOk());
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(PocoTls, does_not_take_a_cut_connection_for_the_end_of_a_body)
{
    auto server = LoopbackServer{[](Peer& peer) {
                                     peer.request();
                                     peer.say("HTTP/1.1 200 OK\r\n\r\nblue");
                                     peer.number() == 0 ? peer.close() : peer.hang_up();
                                 },
        server_context(made().member)};

    EXPECT_EQ(send(server, trusting())->body, "blue");
    EXPECT_THAT(send(server, trusting()),
        AllOf(IsError(Errc::unreachable), HasWords(HasSubstr("in the middle of the reply"))));
}

TEST_F(PocoTls, ends_a_handshake_that_does_not_come_to_its_end)
{
    auto mute = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto secure = mute.endpoint();
    secure.scheme = Scheme::https;
    auto const transport = PocoTransport{{.tls = trusting()}};

    EXPECT_THAT(transport.send(secure, {}, {.connect = 60ms, .silence = 10s}),
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::none),
            HasWords("60 ms for connecting passed during the TLS handshake")));
    EXPECT_THAT(transport.send(secure, {}, {.connect = 10s, .silence = 60ms}),
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::none),
            HasWords("no bytes for 60 ms during the TLS handshake")));
}

TEST_F(PocoTls, recognises_a_server_without_tls)
{
    auto plain = LoopbackServer{[](Peer& peer) {
        peer.say("HTTP/1.0 400 Bad Request\r\n\r\n");
        peer.keep_silent();
    }};
    auto secure = plain.endpoint();
    secure.scheme = Scheme::https;

    auto const reply = PocoTransport{{.tls = trusting()}}.send(secure, {}, {});

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none), HasWords(StartsWith("TLS: "))));
}

TEST_F(PocoTls, streams)
{
    auto server = LoopbackServer{[](Peer& peer) {
                                     peer.request();
                                     peer.say(
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                                     peer.bytes(1);  // until the client closes
                                 },
        server_context(made().member)};
    auto const transport = PocoTransport{{.tls = trusting()}};
    auto exchange = transport.start(server.endpoint(), {}, {}).value();
    auto const all = std::array{&exchange};

    auto progress = Progress::more;
    while (progress == Progress::more) {
        EXPECT_EQ(transport.wait(all, Deadline::never(), {}), Ready{Ready::Kind::exchange});
        progress = exchange.advance().value();
    }
    EXPECT_EQ(progress, Progress::head);
    EXPECT_EQ(transport.wait(all, Deadline::after(Clock::now(), 20ms), {}),
        Ready{Ready::Kind::timed_out});
}

//! Poco blocks SIGPIPE in the thread that loads it; a thread may well have it unblocked. What
//! raises it is a peer that says goodbye and then refuses what still comes: if it did, this program
//! would end.
TEST_F(PocoTls, survives_writing_to_a_peer_that_has_left)
{
    auto pipe = sigset_t{};
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_UNBLOCK, &pipe, nullptr);
    auto server = LoopbackServer{[](Peer& peer) { peer.hang_up(); }, server_context(made().member)};
    auto const large = http::Request{
        .method = http::Method::put, .body = std::string(10'000'000, 'v')};

    for (auto i = 0; i != 20; ++i) {
        EXPECT_THAT(send(server, trusting(), large), IsError(Errc::unreachable));
    }
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

}  // namespace
}  // namespace etcdpp::tests
