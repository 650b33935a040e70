// SPDX-License-Identifier: BSL-1.0

//! @file
//! The system's resolver asks the nameserver it is given, and that alone.

#include "etcdpp/discovery/dns_query.hpp"

#include "tests/support/dns_server.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::detail {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::dns_header;
using tests::dns_is_cut;
using tests::dns_is_reply;
using tests::dns_question;
using tests::dns_reply;
using tests::DnsServer;
using tests::HasEffect;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

std::string const service_name = "_etcd-client._tcp.example.com";

std::vector<SrvRecord> const two = {
    {10, 5, 2379, "etcd-1.example.com"}, {10, 5, 2379, "etcd-2.example.com"}};

//! Asks that server alone.
auto ask(DnsServer const& server)
{
    auto dns = DnsQuery{0s};
    EXPECT_TRUE(dns.ask_only(server.nameserver()));
    return dns.query(service_name);
}

TEST(DnsQuery, asks_for_srv_records)
{
    auto const server = DnsServer{
        [](std::string const& asked, bool) { return dns_reply(asked, two); }};

    EXPECT_THAT(ask(server), IsOkAnd(ElementsAreArray(two)));
    EXPECT_THAT(server.asked(), ElementsAre(service_name));
}

TEST(DnsQuery, asks_a_nameserver_with_an_ipv6_address)
{
    if (!DnsServer::can_use_ipv6()) { GTEST_SKIP() << "this system has no IPv6 loopback"; }
    auto const server = DnsServer{
        [](std::string const& asked, bool) { return dns_reply(asked, two); }, true};

    EXPECT_THAT(ask(server), IsOkAnd(ElementsAreArray(two)));
}

TEST(DnsQuery, asks_again_over_tcp_where_a_reply_did_not_fit)
{
    auto const server = DnsServer{[](std::string const& asked, bool over_tcp) {
        return over_tcp ? dns_reply(asked, std::vector(200, two[0]))
                        : dns_header(dns_is_reply | dns_is_cut, 1, 0) + dns_question(asked);
    }};

    EXPECT_THAT(ask(server), IsOkAnd(testing::SizeIs(200)));
}

TEST(DnsQuery, finds_nothing_where_the_name_does_not_exist)
{
    auto const server = DnsServer{[](std::string const& asked, bool) {
        return dns_header(dns_is_reply | 3U, 1, 0) + dns_question(asked);
    }};

    EXPECT_THAT(ask(server), IsOkAnd(IsEmpty()));
}

TEST(DnsQuery, finds_nothing_where_the_name_has_no_such_record)
{
    auto const server = DnsServer{
        [](std::string const& asked, bool) { return dns_reply(asked, {}); }};

    EXPECT_THAT(ask(server), IsOkAnd(IsEmpty()));
}

TEST(DnsQuery, tells_when_the_nameserver_cannot_answer)
{
    auto const server = DnsServer{[](std::string const& asked, bool) {
        return dns_header(dns_is_reply | 2U, 1, 0) + dns_question(asked);
    }};

    auto const failed = ask(server);

    EXPECT_THAT(failed, IsError(Errc::unreachable));
    EXPECT_THAT(failed, HasEffect(Effect::none));
    EXPECT_THAT(failed, HasWords(HasSubstr("no nameserver answers: ")));
}

TEST(DnsQuery, tells_when_the_nameserver_is_silent)
{
    auto const server = DnsServer{[](std::string const&, bool) { return std::string{}; }};

    EXPECT_THAT(ask(server), IsError(Errc::unreachable));
}

TEST(DnsQuery, asks_again_when_a_datagram_was_lost)
{
    auto questions = std::atomic{0};
    auto const server = DnsServer{[&](std::string const& asked, bool) {
        return ++questions == 1 ? std::string{} : dns_reply(asked, two);
    }};
    auto dns = DnsQuery{10s};
    ASSERT_TRUE(dns.ask_only(server.nameserver()));

    EXPECT_THAT(dns.query(service_name), IsOkAnd(ElementsAreArray(two)));
}

TEST(DnsQuery, refuses_a_reply_that_it_cannot_read)
{
    auto const server = DnsServer{[](std::string const& asked, bool) {
        auto reply = dns_reply(asked, two);
        reply.resize(reply.size() - 3);
        return reply;
    }};

    EXPECT_THAT(ask(server), IsError(Errc::malformed_reply));
}

TEST(DnsQuery, knows_an_address_when_it_sees_one)
{
    for (auto const* const text : {"127.0.0.1", "::1", "2001:db8::53"}) {
        EXPECT_TRUE(DnsQuery{0s}.ask_only({text})) << text;
    }
    for (auto const* const text : {"", "localhost", "127.0.0.1:53", "[::1]", "256.0.0.1"}) {
        EXPECT_FALSE(DnsQuery{0s}.ask_only({text})) << text;
    }
}

TEST(DnsQuery, shares_nothing_with_those_of_other_threads)
{
    auto zones = std::vector<std::jthread>{};
    for (auto i = 0; i != 4; ++i) {
        zones.emplace_back([i] {
            auto const own = SrvRecord{.port = static_cast<std::uint16_t>(i), .target = "host"};
            auto const server = DnsServer{
                [&](std::string const& asked, bool) { return dns_reply(asked, {own}); }};
            for (auto n = 0; n != 25; ++n) { EXPECT_THAT(ask(server), IsOkAnd(ElementsAre(own))); }
        });
    }
}

}  // namespace
}  // namespace etcdpp::detail
