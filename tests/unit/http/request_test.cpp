// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/request.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace etcdpp::http {
namespace {

TEST(Request, asks_for_the_root_by_default)
{
    EXPECT_EQ(Request{}, (Request{.method = Method::get, .target = "/"}));
}

TEST(Request, prints_its_method_and_target)
{
    EXPECT_EQ((std::ostringstream{} << Request{.target = "/v2/keys/app?wait=true"}).str(),
        "GET /v2/keys/app?wait=true");
}

TEST(Request, prints_its_body_where_there_is_one)
{
    auto const request = Request{
        .method = Method::put, .target = "/v2/keys/app/mode", .body = "value=blue"};

    EXPECT_EQ((std::ostringstream{} << request).str(), "PUT /v2/keys/app/mode value=blue");
}

TEST(Request, prints_no_body_that_is_confidential)
{
    auto const request = Request{.method = Method::put,
        .target = "/v2/auth/users/alice",
        .body = R"({"password":"sesame"})",
        .is_confidential = true};

    EXPECT_EQ((std::ostringstream{} << request).str(), "PUT /v2/auth/users/alice ***");
}

TEST(Request, prints_no_header_for_it_may_hold_a_secret)
{
    auto const request = Request{
        .target = "/version", .headers = {{"Authorization", "Basic eDp5"}}};

    EXPECT_EQ((std::ostringstream{} << request).str(), "GET /version");
}

TEST(Request, differs_in_method_target_headers_or_body)
{
    auto const request = Request{Method::put, "/v2/keys/app", {{"Via", "proxy"}}, "value=blue"};

    EXPECT_EQ(request, (Request{Method::put, "/v2/keys/app", {{"Via", "proxy"}}, "value=blue"}));
    EXPECT_NE(request, (Request{Method::post, "/v2/keys/app", {{"Via", "proxy"}}, "value=blue"}));
    EXPECT_NE(request, (Request{Method::put, "/v2/keys/web", {{"Via", "proxy"}}, "value=blue"}));
    EXPECT_NE(request, (Request{Method::put, "/v2/keys/app", {}, "value=blue"}));
    EXPECT_NE(request, (Request{Method::put, "/v2/keys/app", {{"Via", "proxy"}}, "value=red"}));
}

}  // namespace
}  // namespace etcdpp::http
