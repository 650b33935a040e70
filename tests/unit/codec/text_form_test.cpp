// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/text_form.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace etcdpp
