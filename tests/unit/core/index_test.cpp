// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/index.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <limits>
#include <sstream>

namespace etcdpp {
namespace {

TEST(Index, is_no_number_by_accident)
{
    static_assert(!std::convertible_to<std::uint64_t, Index>);
    static_assert(!std::convertible_to<Index, std::uint64_t>);
}

TEST(Index, is_followed_by_the_next_number)
{
    static_assert(next(Index{}) == Index{1});
    static_assert(next(Index{4211}) == Index{4212});
}

TEST(Index, is_ordered)
{
    static_assert(Index{7} < next(Index{7}));
}

TEST(Index, prints_as_a_number_over_its_whole_range)
{
    EXPECT_EQ((std::ostringstream{} << Index{4211}).str(), "4211");
    EXPECT_EQ((std::ostringstream{} << Index{std::numeric_limits<std::uint64_t>::max()}).str(),
        "18446744073709551615");
}

}  // namespace
}  // namespace etcdpp
