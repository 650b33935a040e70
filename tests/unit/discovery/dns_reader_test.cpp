// SPDX-License-Identifier: BSL-1.0

//! @file
//! Names and numbers of DNS messages: whole, compressed, cut short, and made to lead astray.

#include "etcdpp/discovery/dns_reader.hpp"

#include "tests/support/dns_message.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace etcdpp::detail {
namespace {

using namespace std::string_literals;
using tests::dns_name;
using tests::dns_number;
using tests::dns_pointer;

//! What is read at a place of a message; "failed" if nothing can be.
std::string name_at(std::size_t position, std::string_view message)
{
    auto reader = DnsReader{message};
    reader.skip(position);
    auto name = reader.name();
    return reader.has_failed() ? "failed" + name : name;
}

TEST(DnsReader, reads_numbers_and_passes_over_bytes)
{
    auto const message = "\x12\x34---\xff\xfe"s;
    auto reader = DnsReader{message};

    EXPECT_EQ(reader.number(), 0x1234);
    reader.skip(3);
    EXPECT_EQ(reader.number(), 0xfffe);
    EXPECT_EQ(reader.position(), message.size());
    EXPECT_FALSE(reader.has_failed());
}

TEST(DnsReader, fails_at_the_end_and_reads_nothing_from_then_on)
{
    auto reader = DnsReader{"\x12"};

    EXPECT_EQ(reader.number(), 0);
    EXPECT_TRUE(reader.has_failed());
    EXPECT_EQ(reader.number(), 0);
    EXPECT_EQ(reader.name(), "");
    EXPECT_EQ(reader.position(), 1U);
}

TEST(DnsReader, does_not_pass_over_more_than_there_is)
{
    auto reader = DnsReader{"abc"};

    reader.skip(static_cast<std::size_t>(-1));

    EXPECT_TRUE(reader.has_failed());
}

TEST(DnsReader, reads_a_name)
{
    EXPECT_EQ(name_at(0, dns_name("etcd-1.example.com")), "etcd-1.example.com");
    EXPECT_EQ(name_at(0, dns_name("_etcd-client-ssl._tcp.example.com")),
        "_etcd-client-ssl._tcp.example.com");
}

TEST(DnsReader, reads_the_root_as_nothing)
{
    EXPECT_EQ(name_at(0, dns_name("")), "");
}

TEST(DnsReader, reads_a_name_that_goes_on_elsewhere)
{
    auto const message = dns_name("example.com")
        + "\x06"
          "etcd-1"
        + dns_pointer(0) + "rest";
    auto reader = DnsReader{message};
    reader.skip(13);

    EXPECT_EQ(reader.name(), "etcd-1.example.com");
    EXPECT_EQ(reader.position(), message.size() - 4);
}

TEST(DnsReader, reads_a_name_that_goes_on_elsewhere_twice)
{
    auto const message = dns_name("com")
        + "\x07"
          "example"
        + dns_pointer(0)
        + "\x01"
          "a"
        + dns_pointer(5) + "rest";
    auto reader = DnsReader{message};
    reader.skip(15);

    EXPECT_EQ(reader.name(), "a.example.com");
    EXPECT_EQ(reader.position(), message.size() - 4);
}

TEST(DnsReader, reads_a_name_that_is_nothing_but_a_pointer)
{
    EXPECT_EQ(name_at(13, dns_name("example.com") + dns_pointer(0)), "example.com");
    EXPECT_EQ(name_at(13, dns_name("example.com") + dns_pointer(12)), "");
}

TEST(DnsReader, refuses_a_name_that_goes_round)
{
    EXPECT_EQ(name_at(0, dns_pointer(0)), "failed");
    EXPECT_EQ(name_at(0,
                  "\x01"
                  "a" + dns_pointer(0)),
        "failed");
    EXPECT_EQ(name_at(2, dns_pointer(2) + dns_pointer(0)), "failed");
    EXPECT_EQ(name_at(4,
                  "\x01"
                  "a" + dns_pointer(4)
                      + dns_pointer(0)),
        "failed");
}

TEST(DnsReader, refuses_a_name_that_goes_on_further_behind)
{
    EXPECT_EQ(name_at(0, dns_pointer(2) + dns_name("example.com")), "failed");
    EXPECT_EQ(name_at(0, dns_pointer(500)), "failed");
}

TEST(DnsReader, refuses_a_chain_of_pointers_without_a_name)
{
    auto chain = dns_name("a");
    for (auto i = std::size_t{0}; i != 1000; ++i) { chain += dns_pointer(i == 0 ? 0 : 2 * i + 1); }

    EXPECT_EQ(name_at(chain.size() - 2, chain), "failed");
}

TEST(DnsReader, refuses_a_name_that_is_cut_short)
{
    auto const whole = dns_name("etcd-1.example.com");
    for (auto size = std::size_t{0}; size != whole.size(); ++size) {
        EXPECT_EQ(name_at(0, whole.substr(0, size)), "failed") << size;
    }
    EXPECT_EQ(name_at(2, "\0\0\xc0"s), "failed");
}

TEST(DnsReader, refuses_labels_that_are_none)
{
    EXPECT_EQ(name_at(0, "\x40" + std::string(64, 'a') + '\0'), "failed") << "too long";
    EXPECT_EQ(name_at(0, "\x80" + std::string(128, 'a') + '\0'), "failed") << "a kind unknown";
    EXPECT_EQ(name_at(0, dns_name(std::string(63, 'a'))), std::string(63, 'a'));
}

TEST(DnsReader, refuses_a_name_that_is_too_long)
{
    auto const label = std::string(49, 'a') + '.';  // 50 bytes each
    auto const longest = label + label + label + label + label + "aaa";
    ASSERT_EQ(longest.size(), 253U);

    EXPECT_EQ(name_at(0, dns_name(longest)), longest);
    EXPECT_EQ(name_at(0, dns_name(longest + "a")), "failed");
}

TEST(DnsReader, refuses_what_a_text_could_not_show)
{
    EXPECT_EQ(name_at(0,
                  "\x03"
                  "a.b\0"s),
        "failed");
    EXPECT_EQ(name_at(0,
                  "\x03"
                  "a b\0"s),
        "failed");
    EXPECT_EQ(name_at(0,
                  "\x03"
                  "a\nb\0"s),
        "failed");
    EXPECT_EQ(name_at(0, "\x02\xc3\xb6\0"s), "failed");
    EXPECT_EQ(name_at(0,
                  "\x03"
                  "a\0b\0"s),
        "failed");
}

}  // namespace
}  // namespace etcdpp::detail
