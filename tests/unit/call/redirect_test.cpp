// SPDX-License-Identifier: BSL-1.0

//! @file
//! Where a Location leads, and where a request does not follow it.

#include "etcdpp/call/redirect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace etcdpp {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<Hop> follow(
    std::string_view from, std::string_view location, http::Request const& request = {})
{
    return redirect(Endpoint::parse(from).value(), request, {307, {{"Location", location}}});
}

//! Endpoint and target of the next hop in one line, or the words of the refusal.
std::string where(
    std::string_view from, std::string_view location, http::Request const& request = {})
{
    auto const hop = follow(from, location, request);
    return hop ? to_string(hop->to) + ' ' + hop->target : hop.error().words();
}

http::Request with_credentials()
{
    return {.headers = {{"Authorization", "Basic cm9vdDpzZWNyZXQ="}}};
}

TEST(Redirect, is_what_keeps_method_and_body)
{
    for (auto const status : {301, 302, 307, 308}) { EXPECT_TRUE(is_redirect(status)) << status; }
    for (auto const status : {200, 201, 300, 303, 304, 305, 400, 404, 500}) {
        EXPECT_FALSE(is_redirect(status)) << status;
    }
}

TEST(Redirect, to_a_path_stays_at_the_member)
{
    EXPECT_EQ(where("http://etcd-a:2379", "/v2/keys/app/mode?quorum=true"),
        "http://etcd-a:2379 /v2/keys/app/mode?quorum=true");
}

TEST(Redirect, to_a_path_that_contains_a_url_stays_at_the_member)
{
    EXPECT_EQ(where("http://etcd-a:2379", "/v2/keys/http://etcd-b:1"),
        "http://etcd-a:2379 /v2/keys/http://etcd-b:1");
}

TEST(Redirect, to_a_url_goes_to_its_member)
{
    EXPECT_EQ(where("http://etcd-a:2379", "http://etcd-b:22379/v2/keys/app/mode"),
        "http://etcd-b:22379 /v2/keys/app/mode");
}

TEST(Redirect, to_a_url_without_port_goes_to_the_port_of_its_scheme)
{
    EXPECT_EQ(where("http://etcd-a:2379", "http://etcd-b/v2/keys"), "http://etcd-b:80 /v2/keys");
    EXPECT_EQ(where("http://etcd-a:2379", "https://etcd-b/v2/keys"), "https://etcd-b:443 /v2/keys");
}

TEST(Redirect, to_a_url_without_path_goes_to_the_root)
{
    EXPECT_EQ(where("http://etcd-a:2379", "http://etcd-b:2379"), "http://etcd-b:2379 /");
    EXPECT_EQ(where("http://etcd-a:2379", "http://etcd-b:2379?wait=true"),
        "http://etcd-b:2379 /?wait=true");
}

TEST(Redirect, understands_ipv6_addresses)
{
    EXPECT_EQ(where("http://etcd-a:2379", "http://[2001:db8::7]:22379/v2/keys"),
        "http://[2001:db8::7]:22379 /v2/keys");
    EXPECT_EQ(where("http://etcd-a:2379", "https://[2001:db8::7]/v2/keys"),
        "https://[2001:db8::7]:443 /v2/keys");
    EXPECT_EQ(where("http://etcd-a:2379", "http://[::1]"), "http://[::1]:80 /");
}

TEST(Redirect, leaves_a_fragment_behind)
{
    EXPECT_EQ(where("http://etcd-a:2379", "/v2/keys/app#top"), "http://etcd-a:2379 /v2/keys/app");
    EXPECT_EQ(where("http://etcd-a:2379", "http://etcd-b:2379#top"), "http://etcd-b:2379 /");
}

TEST(Redirect, goes_from_http_to_https)
{
    EXPECT_EQ(where("http://etcd-a:2379", "https://etcd-a:2380/v2"), "https://etcd-a:2380 /v2");
}

TEST(Redirect, never_goes_from_https_to_http)
{
    EXPECT_THAT(where("https://etcd-a:2379", "http://etcd-a:2379/v2/keys"),
        HasSubstr("from https to http://etcd-a:2379 is not followed"));
}

TEST(Redirect, never_takes_credentials_to_another_host)
{
    EXPECT_THAT(where("http://etcd-a:2379", "http://etcd-b:2379/v2/keys", with_credentials()),
        HasSubstr("credentials do not go to another host"));
}

TEST(Redirect, never_takes_a_password_in_a_body_to_another_host)
{
    auto const request = http::Request{.body = "sesame", .is_confidential = true};

    EXPECT_THAT(where("http://etcd-a:2379", "http://etcd-b:2379/v2/auth/users/root", request),
        HasSubstr("credentials do not go to another host"));
    EXPECT_EQ(where("http://etcd-a:2379", "/v2/auth", request), "http://etcd-a:2379 /v2/auth");
}

TEST(Redirect, never_shows_the_credentials_it_keeps)
{
    EXPECT_THAT(where("http://etcd-a:2379", "http://etcd-b:2379/v2/keys", with_credentials()),
        Not(HasSubstr("cm9vdDpzZWNyZXQ")));
}

TEST(Redirect, takes_credentials_to_another_port_or_path_of_the_same_host)
{
    EXPECT_EQ(where("http://etcd-a:2379", "http://ETCD-A:22379/v2", with_credentials()),
        "http://etcd-a:22379 /v2");
    EXPECT_EQ(where("http://etcd-a:2379", "/v2", with_credentials()), "http://etcd-a:2379 /v2");
}

TEST(Redirect, takes_a_request_without_credentials_to_another_host)
{
    EXPECT_TRUE(follow("http://etcd-a:2379", "http://etcd-b:2379/v2"));
}

TEST(Redirect, without_a_location_is_refused)
{
    auto const hop = redirect(Endpoint{}, {}, {307});

    ASSERT_FALSE(hop);
    EXPECT_EQ(hop.error().words(), "a redirect without Location");
    EXPECT_EQ(where("http://etcd-a:2379", ""), "a redirect without Location");
    EXPECT_EQ(where("http://etcd-a:2379", "#top"), "a redirect without Location");
}

TEST(Redirect, to_what_is_no_url_is_refused)
{
    for (auto const* const location :
        {"elsewhere", "v2/keys/app", "//etcd-b:2379/v2", "ftp://etcd-b/v2", "http://", "http:///v2",
            "://etcd-b", "http://etcd-b:0/v2", "http://etcd-b:99999/v2", "http://etcd-b:/v2",
            "http://etcd-b:2379:2380/v2", "http://[::1/v2", "http://::1:2379/v2",
            "http://root@etcd-b:2379/v2", "elsewhere?to=http://etcd-b:2379"}) {
        EXPECT_THAT(where("http://etcd-a:2379", location), HasSubstr("which is no URL"))
            << location;
    }
}

TEST(Redirect, to_what_would_break_the_request_line_is_refused)
{
    for (auto const* const location : {"/v2/keys/a b", "/v2/keys/a\tb", "/v2\r/keys", "/v2/\x7f",
             "/v2/keys/caf\xc3\xa9", "http://etcd-b:2379/v2 HTTP/1.1"}) {
        EXPECT_THAT(where("http://etcd-a:2379", location), HasSubstr("blank or control character"))
            << location;
    }
}

TEST(Redirect, that_is_refused_is_the_members_fault_and_had_no_effect)
{
    auto const error = follow("https://etcd-a:2379", "http://etcd-a:2379/v2").error();

    EXPECT_EQ(error, Errc::not_etcd);
    EXPECT_EQ(error.fault(), Fault::member);
    EXPECT_EQ(error.effect(), Effect::none);
    EXPECT_EQ(error.status(), 307);
}

}  // namespace
}  // namespace etcdpp
