// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/percent.hpp"

#include <gtest/gtest.h>

#include <iomanip>
#include <sstream>
#include <string>
#include <string_view>

namespace etcdpp::http {
namespace {

using namespace std::string_view_literals;

constexpr auto unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"sv;

std::string encoded(std::string_view text)
{
    auto out = std::string{};
    append_percent_encoded(out, text);
    return out;
}

//! `%` and the byte in two upper-case digits, written by another means than the one under test.
std::string escape(unsigned byte)
{
    auto out = std::ostringstream{};
    out << '%' << std::uppercase << std::hex << std::setw(2) << std::setfill('0') << byte;
    return out.str();
}

TEST(Percent, leaves_the_unreserved_characters_of_rfc_3986_and_escapes_every_other_byte)
{
    for (auto byte = 0U; byte <= 0xff; ++byte) {
        auto const c = static_cast<char>(byte);
        auto const plain = unreserved.find(c) != std::string_view::npos;

        EXPECT_EQ(is_unreserved(c), plain) << byte;
        EXPECT_EQ(encoded({&c, 1}), plain ? std::string(1, c) : escape(byte));
    }
}

TEST(Percent, escapes_what_would_end_or_split_a_value)
{
    EXPECT_EQ(encoded("a b+c%d;e&f=g?h#i/j"), "a%20b%2Bc%25d%3Be%26f%3Dg%3Fh%23i%2Fj");
    EXPECT_EQ(encoded("line\r\nline\0end"sv), "line%0D%0Aline%00end");
    EXPECT_EQ(encoded("bl\xc3\xbc\xe2\x82\xac"), "bl%C3%BC%E2%82%AC");
}

TEST(Percent, escapes_what_is_escaped_already)
{
    EXPECT_EQ(encoded("100%25"), "100%2525");
}

TEST(Percent, appends_to_what_is_there)
{
    auto out = std::string{"value="};
    append_percent_encoded(out, "a b");

    EXPECT_EQ(out, "value=a%20b");
}

TEST(Percent, keeps_the_one_character_it_is_told_to)
{
    auto out = std::string{};
    append_percent_encoded(out, "a:b/c", ':');

    EXPECT_EQ(out, "a:b%2Fc");
}

TEST(PercentEncodedPath, keeps_the_slashes_between_segments)
{
    EXPECT_EQ(percent_encoded_path("/v2/keys/app/mode"), "/v2/keys/app/mode");
    EXPECT_EQ(percent_encoded_path("/app//mode/"), "/app//mode/");
}

TEST(PercentEncodedPath, escapes_what_would_end_the_path)
{
    EXPECT_EQ(percent_encoded_path("/who?#me;+ %"), "/who%3F%23me%3B%2B%20%25");
    EXPECT_EQ(percent_encoded_path("/\xe2\x82\xac/\0\n"sv), "/%E2%82%AC/%00%0A");
}

TEST(PercentEncodedPath, of_nothing_is_empty)
{
    EXPECT_EQ(percent_encoded_path(""), "");
}

}  // namespace
}  // namespace etcdpp::http
