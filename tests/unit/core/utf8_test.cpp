// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/utf8.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp {
namespace {

using namespace std::string_view_literals;

//! Writes a code point with a given number of bytes, also where fewer would do or none is allowed.
std::string encoded(std::uint32_t point, std::size_t bytes)
{
    if (bytes == 1) { return {static_cast<char>(point)}; }
    auto text = std::string(bytes, '\0');
    for (auto i = bytes - 1; i != 0; --i) {
        text[i] = static_cast<char>(0x80U | (point & 0x3fU));
        point >>= 6U;
    }
    text[0] = static_cast<char>((0xff00U >> bytes & 0xffU) | point);
    return text;
}

std::size_t least_bytes(std::uint32_t point)
{
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

bool is_surrogate(std::uint32_t point)
{
    return point >= 0xd800 && point <= 0xdfff;
}

//! A row of the Unicode Standard's table 3-7, "Well-Formed UTF-8 Byte Sequences". Bytes behind the
//! second range from 80 to BF.
struct Row {
    unsigned first_from, first_to, second_from, second_to;
    std::size_t length;
};

constexpr Row well_formed[] = {
    {0x00, 0x7f, 0, 0, 1},
    {0xc2, 0xdf, 0x80, 0xbf, 2},
    {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3},
    {0xed, 0xed, 0x80, 0x9f, 3},
    {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4},
    {0xf1, 0xf3, 0x80, 0xbf, 4},
    {0xf4, 0xf4, 0x80, 0x8f, 4},
};

//! The length of the sequences that begin with these two bytes; zero if there are none.
std::size_t length_by_the_table(unsigned first, unsigned second)
{
    for (auto const& row : well_formed) {
        auto const first_fits = first >= row.first_from && first <= row.first_to;
        auto const second_fits = row.length == 1
            || (second >= row.second_from && second <= row.second_to);
        if (first_fits && second_fits) { return row.length; }
    }
    return 0;
}

TEST(Utf8, accepts_every_code_point_in_its_shortest_form)
{
    for (auto point = std::uint32_t{0}; point <= 0x10ffff; ++point) {
        if (is_surrogate(point)) { continue; }
        ASSERT_TRUE(is_utf8(encoded(point, least_bytes(point)))) << std::hex << point;
    }
}

TEST(Utf8, refuses_every_surrogate)
{
    for (auto point = std::uint32_t{0xd800}; point <= 0xdfff; ++point) {
        ASSERT_FALSE(is_utf8(encoded(point, 3))) << std::hex << point;
    }
}

TEST(Utf8, refuses_every_longer_form_of_a_code_point)
{
    for (auto bytes = std::size_t{2}; bytes <= 4; ++bytes) {
        for (auto point = std::uint32_t{0}; least_bytes(point) < bytes; ++point) {
            ASSERT_FALSE(is_utf8(encoded(point, bytes))) << std::hex << point << " in " << bytes;
        }
    }
}

TEST(Utf8, refuses_what_lies_beyond_the_last_code_point)
{
    for (auto point = std::uint32_t{0x110000}; point <= 0x1fffff; ++point) {
        ASSERT_FALSE(is_utf8(encoded(point, 4))) << std::hex << point;
    }
}

TEST(Utf8, agrees_with_the_table_of_the_unicode_standard_on_all_pairs_of_bytes)
{
    for (auto first = 0U; first <= 0xff; ++first) {
        for (auto second = 0U; second <= 0xff; ++second) {
            auto const length = length_by_the_table(first, second);
            auto text = std::string{static_cast<char>(first), static_cast<char>(second)};
            text.append("\x80\xbf", length > 2 ? length - 2 : 0);
            auto const expected = length == 1 ? length_by_the_table(second, 0) == 1 : length != 0;
            ASSERT_EQ(is_utf8(text), expected) << std::hex << first << ' ' << second;
        }
    }
}

TEST(Utf8, refuses_a_third_or_fourth_byte_that_does_not_continue)
{
    for (auto byte = 0U; byte <= 0xff; ++byte) {
        auto const continues = byte >= 0x80 && byte <= 0xbf;
        auto const last = static_cast<char>(byte);

        EXPECT_EQ(is_utf8(std::string{"\xe2\x82"} + last), continues) << std::hex << byte;
        EXPECT_EQ(is_utf8(std::string{"\xf0\x9f"} + last + '\x80'), continues) << std::hex << byte;
        EXPECT_EQ(is_utf8(std::string{"\xf0\x9f\x98"} + last), continues) << std::hex << byte;
    }
}

TEST(Utf8, refuses_a_character_that_is_cut_off)
{
    for (auto const whole : {"\xc3\xa9"sv, "\xe2\x82\xac"sv, "\xf0\x9f\x98\x80"sv}) {
        for (auto bytes = std::size_t{1}; bytes != whole.size(); ++bytes) {
            EXPECT_FALSE(is_utf8(whole.substr(0, bytes)));
            EXPECT_FALSE(is_utf8("blue " + std::string{whole.substr(0, bytes)}));
        }
    }
}

TEST(Utf8, looks_at_every_character_of_a_text)
{
    EXPECT_TRUE(is_utf8("bl\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80!"));
    EXPECT_FALSE(is_utf8("\xff"
                         "blue"));
    EXPECT_FALSE(is_utf8("bl\xffue"));
    EXPECT_FALSE(is_utf8("blue\xff"));
}

TEST(Utf8, takes_nul_for_a_character_like_others)
{
    EXPECT_TRUE(is_utf8("\0"sv));
    EXPECT_TRUE(is_utf8("a\0b"sv));
    EXPECT_FALSE(is_utf8("a\0\xff"sv));
}

TEST(Utf8, accepts_the_empty_text)
{
    static_assert(is_utf8(""));
}

}  // namespace
}  // namespace etcdpp
