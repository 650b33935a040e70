// SPDX-License-Identifier: BSL-1.0

//! @file
//! SRV records out of replies: those of nameservers, and what else may come.

#include "etcdpp/discovery/dns_reply.hpp"

#include "tests/support/dns_message.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace etcdpp::detail {
namespace {

using namespace std::string_literals;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::dns_answer;
using tests::dns_header;
using tests::dns_is_cut;
using tests::dns_is_reply;
using tests::dns_name;
using tests::dns_number;
using tests::dns_pointer;
using tests::dns_question;
using tests::dns_question_at;
using tests::dns_reply;
using tests::dns_srv_data;
using tests::HasEffect;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

std::string const srv_name = "_etcd-client._tcp.example.com";

std::vector<SrvRecord> const three = {{10, 5, 2379, "etcd-1.example.com"},
    {10, 0, 2380, "etcd-2.example.com"}, {65535, 65535, 65535, "etcd-3.example.com"}};

TEST(ReadSrvReply, gives_the_records_as_they_stand)
{
    EXPECT_THAT(read_srv_reply(dns_reply(srv_name, three)), IsOkAnd(ElementsAreArray(three)));
}

TEST(ReadSrvReply, gives_none_where_there_are_none)
{
    EXPECT_THAT(read_srv_reply(dns_reply(srv_name, {})), IsOkAnd(IsEmpty()));
}

TEST(ReadSrvReply, gives_none_of_a_name_that_does_not_exist)
{
    EXPECT_THAT(read_srv_reply(dns_header(dns_is_reply | 3U, 1, 0) + dns_question(srv_name)),
        IsOkAnd(IsEmpty()));
}

TEST(ReadSrvReply, reads_a_target_that_is_compressed_against_the_rules)
{
    auto const domain_at = dns_question_at + dns_name("_etcd-client._tcp").size() - 1;
    auto const target = "\x06"
                        "etcd-1"
        + dns_pointer(domain_at);
    auto const message = dns_header(dns_is_reply, 1, 2) + dns_question(srv_name)
        + dns_answer(33, dns_number(1) + dns_number(2) + dns_number(3) + target)
        + dns_answer(33, dns_srv_data(three[0]));

    EXPECT_THAT(read_srv_reply(message),
        IsOkAnd(ElementsAreArray({SrvRecord{1, 2, 3, "etcd-1.example.com"}, three[0]})));
}

TEST(ReadSrvReply, passes_over_other_records)
{
    constexpr auto alias = 5U;
    constexpr auto address = 1U;
    auto const message = dns_header(dns_is_reply, 1, 3) + dns_question(srv_name)
        + dns_answer(alias, dns_name("srv.example.com")) + dns_answer(33, dns_srv_data(three[0]))
        + dns_answer(address, "\x7f\0\0\x01"s);

    EXPECT_THAT(read_srv_reply(message), IsOkAnd(ElementsAreArray({three[0]})));
}

TEST(ReadSrvReply, gives_a_target_that_is_no_host_as_empty)
{
    EXPECT_THAT(read_srv_reply(dns_reply(srv_name, {{0, 0, 0, ""}})),
        IsOkAnd(ElementsAreArray({SrvRecord{}})));
}

TEST(ReadSrvReply, tells_what_a_nameserver_could_not_do)
{
    auto const refused = read_srv_reply(
        dns_header(dns_is_reply | 2U, 1, 0) + dns_question(srv_name));

    EXPECT_THAT(refused, IsError(Errc::unreachable));
    EXPECT_THAT(refused, HasEffect(Effect::none));
    EXPECT_THAT(refused, HasFault(Fault::member));
    EXPECT_THAT(refused, HasWords("the nameserver cannot answer: DNS error 2"));
}

TEST(ReadSrvReply, refuses_what_is_no_whole_reply)
{
    auto const question = dns_header(0x0100, 1, 0) + dns_question(srv_name);
    auto const cut = dns_header(dns_is_reply | dns_is_cut, 1, 0) + dns_question(srv_name);

    for (auto const& message : {""s, "\x12\x34\x81\x80"s, question, cut, "HTTP/1.1 400 Bad Req"s}) {
        EXPECT_THAT(read_srv_reply(message), IsError(Errc::malformed_reply)) << message.size();
    }
}

TEST(ReadSrvReply, refuses_every_beginning_of_a_reply)
{
    auto const whole = dns_reply(srv_name, three);
    for (auto size = std::size_t{0}; size != whole.size(); ++size) {
        EXPECT_THAT(read_srv_reply(whole.substr(0, size)), IsError(Errc::malformed_reply)) << size;
    }
}

TEST(ReadSrvReply, does_not_mind_what_follows_the_answers)
{
    EXPECT_THAT(
        read_srv_reply(dns_reply(srv_name, three) + "\x01\x02"), IsOkAnd(testing::SizeIs(3)));
}

TEST(ReadSrvReply, refuses_a_record_whose_target_does_not_end_with_it)
{
    for (auto const* const padding : {"x", "xx"}) {
        auto const too_long = dns_header(dns_is_reply, 1, 1) + dns_question(srv_name)
            + dns_answer(33, dns_srv_data(three[0]) + padding);
        EXPECT_THAT(read_srv_reply(too_long), IsError(Errc::malformed_reply));
    }
    auto too_short = dns_reply(srv_name, {three[0]});
    too_short[dns_question_at + dns_question(srv_name).size() + 11] -= 1;
    EXPECT_THAT(read_srv_reply(too_short), IsError(Errc::malformed_reply));
}

TEST(ReadSrvReply, refuses_more_answers_than_there_are)
{
    auto message = dns_reply(srv_name, three);
    message[7] = 4;

    EXPECT_THAT(read_srv_reply(message), IsError(Errc::malformed_reply));
}

TEST(ReadSrvReply, refuses_a_target_that_goes_round)
{
    auto const target_at = dns_question_at + dns_question(srv_name).size() + 12 + 6;
    auto const message = dns_header(dns_is_reply, 1, 1) + dns_question(srv_name)
        + dns_answer(33, std::string(6, '\0') + dns_pointer(target_at));

    EXPECT_THAT(read_srv_reply(message), IsError(Errc::malformed_reply));
}

//! Any bytes at all: it comes to an end, and what it gives are names as names are.
TEST(ReadSrvReply, survives_a_hundred_thousand_broken_replies)
{
    auto engine = std::mt19937_64{20'231'117};
    auto const draw = [&](std::size_t below) { return engine() % below; };
    auto read = 0;
    for (auto i = 0; i != 100'000; ++i) {
        auto message = dns_reply(srv_name, three);
        for (auto changes = draw(4) + 1; changes != 0; --changes) {
            switch (draw(4)) {
            case 0: message[draw(message.size())] = static_cast<char>(draw(256)); break;
            case 1: message[draw(message.size())] = '\xc0'; break;
            case 2: message.erase(draw(message.size()), draw(8)); break;
            default: message.insert(draw(message.size()), 1, static_cast<char>(draw(256))); break;
            }
        }
        auto const records = read_srv_reply(message);
        if (!records) { continue; }
        ++read;
        for (auto const& each : *records) {
            ASSERT_LE(each.target.size(), 253U);
            ASSERT_EQ(each.target.find_first_of(" \n"s + '\0'), std::string::npos) << i;
        }
    }
    EXPECT_GT(read, 1000) << "some changes leave a reply whole, else this would prove little";
}

//! The most that a reply of 64 KiB can make a reader do: pointers to pointers, over and over.
TEST(ReadSrvReply, is_not_kept_busy_by_pointers)
{
    auto message = dns_header(dns_is_reply, 0, 0xffff) + dns_name("a");
    auto last = dns_question_at;
    while (message.size() < 16'000) {
        auto const next = message.size();
        message += dns_pointer(last);
        last = next;
    }
    while (message.size() < 65'000) {
        message += dns_pointer(last) + dns_number(1) + dns_number(1) + std::string(6, '\0');
    }

    EXPECT_THAT(read_srv_reply(message), IsError(Errc::malformed_reply));
}

}  // namespace
}  // namespace etcdpp::detail
