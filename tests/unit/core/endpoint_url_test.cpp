// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/endpoint_url.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace etcdpp {
namespace {

using namespace std::string_view_literals;
using testing::AllOf;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;
using tests::HasEffect;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

void expect_refused(std::initializer_list<std::string_view> urls, std::string const& words)
{
    for (auto const url : urls) {
        auto const whole = "endpoint \"" + std::string{url} + "\": " + words;
        EXPECT_THAT(Endpoint::parse(url), AllOf(IsError(Errc::invalid_argument), HasWords(whole)));
    }
}

TEST(EndpointUrl, is_taken_apart_into_scheme_host_and_port)
{
    struct Case {
        std::string_view url;
        Endpoint endpoint;
    };
    for (auto const& [url, endpoint] : {
             Case{"http://127.0.0.1:2379", {Scheme::http, "127.0.0.1", 2379}},
             Case{"https://etcd.example.com:443", {Scheme::https, "etcd.example.com", 443}},
             Case{"http://etcd_1-a:22379", {Scheme::http, "etcd_1-a", 22379}},
             Case{"http://[::1]:2379", {Scheme::http, "::1", 2379}},
             Case{"https://[2001:db8::7]:2379", {Scheme::https, "2001:db8::7", 2379}},
             Case{"http://[::ffff:10.0.0.1]:2379", {Scheme::http, "::ffff:10.0.0.1", 2379}},
         }) {
        EXPECT_THAT(Endpoint::parse(url), IsOkAnd(endpoint)) << url;
    }
}

TEST(EndpointUrl, without_a_port_means_the_client_port_of_etcd)
{
    for (auto const url : {"http://etcd-1", "http://etcd-1/"}) {
        EXPECT_THAT(Endpoint::parse(url), IsOkAnd(Endpoint{Scheme::http, "etcd-1", 2379})) << url;
    }
    EXPECT_THAT(Endpoint::parse("https://[::1]"), IsOkAnd(Endpoint{Scheme::https, "::1", 2379}));
}

TEST(EndpointUrl, may_end_in_one_slash)
{
    EXPECT_THAT(
        Endpoint::parse("http://etcd-1:2379/"), IsOkAnd(Endpoint{Scheme::http, "etcd-1", 2379}));
}

TEST(EndpointUrl, may_be_written_in_upper_case)
{
    auto const lower = Endpoint::parse("https://etcd.example.com:2379").value();

    EXPECT_THAT(Endpoint::parse("https://ETCD.Example.COM:2379"), IsOkAnd(lower));
    EXPECT_THAT(Endpoint::parse("HTTPS://etcd.example.com:2379"), IsOkAnd(lower));
    EXPECT_THAT(Endpoint::parse("http://[2001:DB8::A]"), IsOkAnd(Endpoint{.host = "2001:db8::a"}));
}

TEST(EndpointUrl, may_name_every_port_but_zero)
{
    for (auto const port : {1, 80, 2379, 65535}) {
        auto const endpoint = Endpoint::parse("http://etcd-1:" + std::to_string(port));
        ASSERT_TRUE(endpoint) << port;
        EXPECT_EQ(endpoint->port, port);
    }
}

// RFC 6874: the `%` before a zone is itself escaped in a URL, but not in what a resolver reads.
TEST(EndpointUrl, gives_the_zone_of_an_address_as_a_resolver_reads_it)
{
    auto const endpoint = Endpoint{Scheme::http, "fe80::1%eth0", 2379};

    EXPECT_THAT(Endpoint::parse("http://[fe80::1%25eth0]:2379"), IsOkAnd(endpoint));
    EXPECT_THAT(Endpoint::parse("http://[fe80::1%eth0]:2379"), IsOkAnd(endpoint));
}

TEST(EndpointUrl, keeps_the_case_of_a_zone_which_names_an_interface)
{
    EXPECT_THAT(Endpoint::parse("http://[FE80::1%25enP2p1s0]"),
        IsOkAnd(Endpoint{.host = "fe80::1%enP2p1s0"}));
}

TEST(EndpointUrl, is_read_again_from_what_was_printed)
{
    for (auto const url : {"http://127.0.0.1:2379", "https://etcd.example.com:443",
             "http://[::1]:1", "http://[fe80::1%25eth0]:2379"}) {
        auto const endpoint = Endpoint::parse(url).value();
        EXPECT_THAT(Endpoint::parse(to_string(endpoint)), IsOkAnd(endpoint));
    }
}

TEST(EndpointUrl, without_a_scheme_is_refused)
{
    expect_refused({"", "etcd-1", "etcd-1:2379", "127.0.0.1:2379", "//etcd-1:2379", "http:/etcd-1"},
        "has no scheme; write http://host:port or https://host:port");
}

TEST(EndpointUrl, of_another_scheme_is_refused)
{
    expect_refused({"ftp://etcd-1:2379", "unix://etcd-1:2379", "httpx://etcd-1", "://etcd-1",
                       " http://etcd-1", "\"http://etcd-1"},
        "the scheme must be http or https");
}

TEST(EndpointUrl, without_a_readable_host_is_refused)
{
    expect_refused({"http://", "http:///", "http://:2379", "http://[]:2379", "http://[::1",
                       "http://[::1]2379", "http://[::1]x:2379"},
        "the host is missing or misspelt; an IPv6 address goes in brackets");
}

TEST(EndpointUrl, with_an_address_that_lacks_its_brackets_is_refused)
{
    expect_refused({"http://::1", "http://::1:2379", "http://fe80::1:2379", "http://2001:db8::7"},
        "the host is missing or misspelt; an IPv6 address goes in brackets");
}

TEST(EndpointUrl, with_brackets_around_a_name_is_refused)
{
    expect_refused({"http://[etcd-1]:2379", "http://[127.0.0.1]:2379"},
        "the host is missing or misspelt; an IPv6 address goes in brackets");
}

TEST(EndpointUrl, with_a_character_that_no_host_has_is_refused)
{
    expect_refused(
        {"http://etcd 1:2379", "http://etcd-1 :2379", "http://etcd\t1", "http://etcd\n1",
            "http://etcd\r\n1", "http://etcd\0"sv, "http://\xc3\xa9tcd", "http://etcd,1",
            "http://etcd;1", "http://etcd\\1", "http://<etcd>", "http://]", "http://etcd%201",
            "http://etcd%eth0", "http://[::1 ]:2379", "http://[::1%25eth 0]:2379"},
        "the host holds a character that no host name has");
}

TEST(EndpointUrl, with_a_port_out_of_range_is_refused)
{
    expect_refused({"http://etcd-1:", "http://etcd-1:0", "http://etcd-1:65536",
                       "http://etcd-1:99999999999999999999", "http://etcd-1:-1", "http://etcd-1:+1",
                       "http://etcd-1:client", "http://etcd-1:2379x", "http://etcd-1: 2379",
                       "http://etcd-1:2379 ", "http://etcd-1:0x94b", "http://[::1]:"},
        "the port must be a number from 1 to 65535");
}

TEST(EndpointUrl, with_a_path_or_a_query_is_refused)
{
    expect_refused({"http://etcd-1:2379/v2", "http://etcd-1:2379//", "http://etcd-1/?quorum=true",
                       "http://etcd-1?quorum=true", "http://etcd-1#member", "http:///etcd-1"},
        "a member is named by host and port alone, without path or query");
}

TEST(EndpointUrl, with_a_user_is_refused_without_repeating_it)
{
    for (auto const url :
        {"http://root:hunter2@etcd-1:2379", "https://hunter2@etcd-1", "root:hunter2@etcd-1:2379",
            "http://etcd-1:2379/hunter2@", "ftp://root:hunter2@etcd-1"}) {
        EXPECT_THAT(Endpoint::parse(url),
            AllOf(IsError(Errc::invalid_argument), HasWords(Not(HasSubstr("hunter2"))),
                HasWords("an endpoint holds a user name; credentials belong in "
                         "Config::credentials")));
    }
}

TEST(EndpointUrl, that_is_refused_is_the_fault_of_the_request_and_has_no_effect)
{
    EXPECT_THAT(
        Endpoint::parse("etcd-1"), AllOf(HasFault(Fault::request), HasEffect(Eq(Effect::none))));
}

}  // namespace
}  // namespace etcdpp
