// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/decimal.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace etcdpp::detail {
namespace {

TEST(Decimal, is_read_from_digits)
{
    EXPECT_EQ(read_decimal("0"), 0U);
    EXPECT_EQ(read_decimal("2379"), 2379U);
    EXPECT_EQ(read_decimal("0080"), 80U);
}

TEST(Decimal, is_nothing_but_digits)
{
    for (auto const* const text : {"", " ", "+1", "-1", "1 ", " 1", "1.0", "0x1", "1a", "/", ":"}) {
        EXPECT_EQ(read_decimal(text), std::nullopt) << '"' << text << '"';
    }
}

TEST(Decimal, reaches_up_to_the_largest_number_there_is)
{
    EXPECT_EQ(read_decimal("18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(read_decimal("18446744073709551616"), std::nullopt);
    EXPECT_EQ(read_decimal("18446744073709551620"), std::nullopt);
    EXPECT_EQ(read_decimal("99999999999999999999999"), std::nullopt);
}

TEST(Decimal, goes_no_further_than_it_may)
{
    EXPECT_EQ(read_decimal("65535", 65535), 65535U);
    EXPECT_EQ(read_decimal("65536", 65535), std::nullopt);
    EXPECT_EQ(read_decimal("3", 3), 3U);
    EXPECT_EQ(read_decimal("4", 3), std::nullopt);
}

}  // namespace
}  // namespace etcdpp::detail
