// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/method.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string_view>

namespace etcdpp::http {
namespace {

TEST(Method, prints_as_http_spells_it)
{
    struct Case {
        Method method;
        std::string_view text;
    };
    for (auto const& [method, text] : {Case{Method::get, "GET"}, Case{Method::head, "HEAD"},
             Case{Method::put, "PUT"}, Case{Method::post, "POST"}, Case{Method::del, "DELETE"}}) {
        EXPECT_EQ(name(method), text);
        EXPECT_EQ((std::ostringstream{} << method).str(), text);
    }
}

}  // namespace
}  // namespace etcdpp::http
