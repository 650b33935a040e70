// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/json_scalar.hpp"

#include "etcdpp/core/index.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp::detail {
namespace {

static_assert(scalar_value<Index> && scalar_value<std::string> && scalar_value<double>);
static_assert(scalar_value<std::chrono::seconds>);
static_assert(scalar_value<std::chrono::system_clock::time_point>);
static_assert(!scalar_value<std::chrono::milliseconds>, "on the wire a number of what?");
static_assert(!scalar_value<char> && !scalar_value<std::string_view> && !scalar_value<int*>);

TEST(JsonScalar, fits_where_its_kind_and_range_fit)
{
    auto number = std::uint8_t{7};
    EXPECT_TRUE(store(number, Scalar{std::int64_t{255}}));
    EXPECT_EQ(number, 255);

    auto index = Index{};
    EXPECT_TRUE(store(index, Scalar{~std::uint64_t{0}}));
    EXPECT_EQ(index, Index{~std::uint64_t{0}});

    auto text = std::string{};
    EXPECT_TRUE(store(text, Scalar{std::string_view{"blue"}}));
    EXPECT_EQ(text, "blue");
}

TEST(JsonScalar, changes_nothing_where_it_does_not_fit)
{
    auto number = std::int8_t{7};
    EXPECT_FALSE(store(number, Scalar{std::int64_t{128}}));
    EXPECT_FALSE(store(number, Scalar{std::uint64_t{128}}));
    EXPECT_FALSE(store(number, Scalar{1.0}));
    EXPECT_FALSE(store(number, Scalar{true}));
    EXPECT_EQ(number, 7);

    auto truth = true;
    EXPECT_FALSE(store(truth, Scalar{std::int64_t{0}}));
    EXPECT_TRUE(truth);

    auto text = std::string{"as before"};
    EXPECT_FALSE(store(text, Scalar{std::int64_t{0}}));
    EXPECT_EQ(text, "as before");

    auto time = std::chrono::system_clock::time_point{} + std::chrono::hours{1};
    EXPECT_FALSE(store(time, Scalar{std::string_view{"tomorrow"}}));
    EXPECT_EQ(time, std::chrono::system_clock::time_point{} + std::chrono::hours{1});
}

TEST(JsonScalar, takes_whole_numbers_for_fractions_too)
{
    auto fraction = 0.5;
    EXPECT_TRUE(store(fraction, Scalar{std::int64_t{-3}}));
    EXPECT_EQ(fraction, -3.0);
    EXPECT_TRUE(store(fraction, Scalar{std::uint64_t{3}}));
    EXPECT_EQ(fraction, 3.0);
    EXPECT_FALSE(store(fraction, Scalar{true}));
    EXPECT_EQ(fraction, 3.0);
}

}  // namespace
}  // namespace etcdpp::detail
