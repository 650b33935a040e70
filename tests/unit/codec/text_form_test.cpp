// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/text_form.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp {
namespace {

enum class Light { red, green };
enum class Mute {};
enum class Deaf {};

}  // namespace

template <>
struct TextForm<Light> {
    static std::optional<Light> parse(std::string_view) { return Light::red; }
    static std::string print(Light) { return "red"; }
};

template <>
struct TextForm<Mute> {
    static std::optional<Mute> parse(std::string_view) { return Mute{}; }
};

template <>
struct TextForm<Deaf> {
    static Deaf parse(std::string_view) { return Deaf{}; }
    static std::string print(Deaf) { return ""; }
};

namespace {

TEST(TextForm, belongs_to_types_with_both_functions)
{
    EXPECT_TRUE(has_text_form<Light>);
    EXPECT_FALSE(has_text_form<Mute>);
    EXPECT_FALSE(has_text_form<Deaf>);
    EXPECT_FALSE(has_text_form<int>);
    EXPECT_FALSE(has_text_form<std::string>);
}

TEST(TextForm, writes_a_moment_of_the_system_clock_as_rfc_3339)
{
    using Form = TextForm<std::chrono::system_clock::time_point>;

    EXPECT_EQ(Form::print({}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(Form::parse("1970-01-01T00:00:00Z"), std::chrono::system_clock::time_point{});
    EXPECT_EQ(Form::parse("1970"), std::nullopt);
}

}  // namespace
}  // namespace etcdpp
