// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/request_text.hpp"

#include "etcdpp/core/endpoint.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace etcdpp::http {
namespace {

using namespace std::string_view_literals;

std::string text_of(Request const& request, std::string_view authority = "etcd-1:2379")
{
    auto text = std::string{};
    append_request_text(text, request, behind_target(authority));
    return text;
}

TEST(RequestText, of_a_get_has_no_length_and_no_body)
{
    EXPECT_EQ(text_of({.target = "/v2/keys/app?recursive=true"}),
        "GET /v2/keys/app?recursive=true HTTP/1.1\r\n"
        "Host: etcd-1:2379\r\n"
        "\r\n");
}

TEST(RequestText, of_a_put_has_its_headers_its_length_and_its_body)
{
    EXPECT_EQ(text_of({.method = Method::put,
                  .target = "/v2/keys/app/mode",
                  .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                      {"Authorization", "Basic eDp5"}},
                  .body = "value=blue"}),
        "PUT /v2/keys/app/mode HTTP/1.1\r\n"
        "Host: etcd-1:2379\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        "Authorization: Basic eDp5\r\n"
        "Content-Length: 10\r\n"
        "\r\n"
        "value=blue");
}

TEST(RequestText, says_the_length_of_a_body_that_may_be_empty)
{
    EXPECT_EQ(text_of({.method = Method::put, .target = "/v2/keys/app?dir=true"}),
        "PUT /v2/keys/app?dir=true HTTP/1.1\r\nHost: etcd-1:2379\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(text_of({.method = Method::post, .target = "/v2/keys/jobs"}),
        "POST /v2/keys/jobs HTTP/1.1\r\nHost: etcd-1:2379\r\nContent-Length: 0\r\n\r\n");
}

TEST(RequestText, says_no_length_where_no_body_is_expected)
{
    EXPECT_EQ(text_of({.method = Method::del, .target = "/v2/keys/app"}),
        "DELETE /v2/keys/app HTTP/1.1\r\nHost: etcd-1:2379\r\n\r\n");
    EXPECT_EQ(text_of({.method = Method::head, .target = "/v2/keys/app"}),
        "HEAD /v2/keys/app HTTP/1.1\r\nHost: etcd-1:2379\r\n\r\n");
}

TEST(RequestText, says_the_length_of_every_body_there_is)
{
    EXPECT_EQ(text_of({.method = Method::del, .target = "/v2/members/1", .body = "{}"}),
        "DELETE /v2/members/1 HTTP/1.1\r\nHost: etcd-1:2379\r\nContent-Length: 2\r\n\r\n{}");
}

TEST(RequestText, counts_the_bytes_of_a_body_and_not_its_characters)
{
    auto const text = text_of(
        {.method = Method::post, .body = std::string{"\xe2\x82\xac\0\r\n"sv}});

    EXPECT_TRUE(text.ends_with("Content-Length: 6\r\n\r\n\xe2\x82\xac\0\r\n"sv));
}

TEST(RequestText, names_an_ipv6_host_in_brackets)
{
    auto const endpoint = Endpoint{.host = "::1", .port = 22379};

    EXPECT_EQ(text_of({.target = "/version"}, authority(endpoint)),
        "GET /version HTTP/1.1\r\nHost: [::1]:22379\r\n\r\n");
}

TEST(RequestText, goes_behind_what_is_there)
{
    auto text = std::string{"earlier"};
    append_request_text(text, {.target = "/version"}, behind_target("etcd-1:2379"));

    EXPECT_EQ(text, "earlierGET /version HTTP/1.1\r\nHost: etcd-1:2379\r\n\r\n");
}

TEST(RequestLineSize, is_the_length_of_the_real_line_with_its_end)
{
    for (auto const method : {Method::get, Method::head, Method::put, Method::post, Method::del}) {
        for (auto const& target : {std::string{"/"}, "/v2/keys/" + std::string(5000, 'a')}) {
            auto const request = Request{.method = method, .target = target};
            EXPECT_EQ(request_line_size(request), text_of(request).find("\r\n") + 2);
        }
    }
}

}  // namespace
}  // namespace etcdpp::http
