// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/basic_auth.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>

namespace etcdpp::http {
namespace {

using namespace std::string_view_literals;

struct Encoding {
    std::string_view bytes;
    std::string_view text;
};

TEST(Base64, gives_the_test_vectors_of_rfc_4648)
{
    for (auto const& [bytes, text] : {Encoding{"", ""}, Encoding{"f", "Zg=="},
             Encoding{"fo", "Zm8="}, Encoding{"foo", "Zm9v"}, Encoding{"foob", "Zm9vYg=="},
             Encoding{"fooba", "Zm9vYmE="}, Encoding{"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(base64(bytes), text);
    }
}

TEST(Base64, takes_every_byte_for_what_it_is)
{
    for (auto const& [bytes, text] : {Encoding{"\0"sv, "AA=="}, Encoding{"\0\0\0"sv, "AAAA"},
             Encoding{"\xff"sv, "/w=="}, Encoding{"\xff\xff\xff"sv, "////"},
             Encoding{"\xfb\xef\xbe"sv, "++++"}, Encoding{"\x80\x00\x01"sv, "gAAB"}}) {
        EXPECT_EQ(base64(bytes), text);
    }
}

TEST(Base64, uses_each_character_of_its_alphabet_in_order)
{
    auto bytes = std::string{};
    for (auto group = 0U; group != 64; group += 4) {  // four sextets make three bytes
        auto const bits = group << 18U | (group + 1) << 12U | (group + 2) << 6U | (group + 3);
        bytes += static_cast<char>(bits >> 16U & 255U);
        bytes += static_cast<char>(bits >> 8U & 255U);
        bytes += static_cast<char>(bits & 255U);
    }
    EXPECT_EQ(base64(bytes), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}

TEST(BasicAuthorization, is_what_rfc_7617_shows)
{
    auto const credentials = Credentials{.user = "Aladdin", .password = Secret{"open sesame"}};

    EXPECT_EQ(basic_authorization(credentials).reveal(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(BasicAuthorization, carries_utf8_and_colons_of_the_password)
{
    EXPECT_EQ(basic_authorization({.user = "test", .password = Secret{"123\xc2\xa3"}}).reveal(),
        "Basic dGVzdDoxMjPCow==");
    EXPECT_EQ(basic_authorization({.user = "root", .password = Secret{"a:b"}}).reveal(),
        "Basic " + base64("root:a:b"));
}

TEST(BasicAuthorization, may_have_an_empty_password)
{
    EXPECT_EQ(basic_authorization({.user = "guest", .password = {}}).reveal(),
        "Basic " + base64("guest:"));
}

TEST(BasicAuthorization, is_a_secret_itself)
{
    auto const authorization = basic_authorization({.user = "root", .password = Secret{"hunter2"}});

    EXPECT_EQ((std::ostringstream{} << authorization).str(), "***");
}

}  // namespace
}  // namespace etcdpp::http
