// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/response.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace etcdpp::http {
namespace {

TEST(Response, is_none_by_default)
{
    EXPECT_EQ(Response{}.status, 0);
    EXPECT_TRUE(Response{}.headers.empty());
    EXPECT_TRUE(Response{}.body.empty());
}

TEST(Response, prints_its_status_headers_and_body)
{
    auto const response = Response{200, {{"X-Etcd-Index", "42"}}, "{}"};

    EXPECT_EQ((std::ostringstream{} << response).str(), "200\nX-Etcd-Index: 42\r\n\n{}");
}

TEST(Response, differs_in_status_headers_or_body)
{
    auto const response = Response{200, {{"X-Etcd-Index", "42"}}, "{}"};

    EXPECT_EQ(response, (Response{200, {{"X-Etcd-Index", "42"}}, "{}"}));
    EXPECT_NE(response, (Response{201, {{"X-Etcd-Index", "42"}}, "{}"}));
    EXPECT_NE(response, (Response{200, {{"X-Etcd-Index", "43"}}, "{}"}));
    EXPECT_NE(response, (Response{200, {{"X-Etcd-Index", "42"}}, "[]"}));
}

}  // namespace
}  // namespace etcdpp::http
