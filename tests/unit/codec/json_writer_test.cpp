// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/json_writer.hpp"

#include "tests/conformance/codec_values.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace etcdpp::detail {
namespace {

template <class T>
std::string written(T const& value)
{
    auto text = std::string{};
    write_json(text, value);
    return text;
}

TEST(JsonWriter, writes_members_in_the_order_of_their_description)
{
    auto const directory = SuiteNode{.key = "/app", .dir = true, .nodes = {{.key = "/app/mode"}}};

    EXPECT_EQ(written(SuiteReply{.node = directory}),
        R"({"action":"set","node":{"key":"/app","value":"","dir":true,)"
        R"("nodes":[{"key":"/app/mode","value":"","dir":false,"nodes":[],)"
        R"("modifiedIndex":0,"createdIndex":0}],"modifiedIndex":0,"createdIndex":0}})");
}

TEST(JsonWriter, writes_optional_members_that_are_set)
{
    EXPECT_EQ(written(SuiteNode{.expiration = std::chrono::system_clock::time_point{},
                  .ttl = std::chrono::seconds{60}}),
        R"({"key":"","value":"","dir":false,"expiration":"1970-01-01T00:00:00Z","ttl":60,)"
        R"("nodes":[],"modifiedIndex":0,"createdIndex":0})");
}

TEST(JsonWriter, writes_numbers_without_loss)
{
    EXPECT_EQ(written(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(written(std::int8_t{-7}), "-7");
    EXPECT_EQ(written(0.1), "0.1");
    EXPECT_EQ(written(Index{7}), "7");
}

TEST(JsonWriter, escapes_what_must_be_escaped_and_nothing_else)
{
    using namespace std::string_literals;

    EXPECT_EQ(written("\"\\/"s), R"("\"\\/")");
    EXPECT_EQ(written("\0\n\x1f\x7f<\u00e4"s), "\"\\u0000\\u000a\\u001f\x7f<\u00e4\"");
}

TEST(JsonWriter, writes_lists_and_maps)
{
    EXPECT_EQ(written(std::vector<int>{}), "[]");
    EXPECT_EQ(written(std::vector{1, 2}), "[1,2]");
    EXPECT_EQ(written(std::map<std::string, bool>{{"a\"", true}, {"b", false}}),
        R"({"a\"":true,"b":false})");
    EXPECT_EQ(written(std::vector<std::optional<int>>{1, std::nullopt}), "[1,null]");
    using Optionals = std::map<std::string, std::optional<int>>;
    EXPECT_EQ(written(Optionals{{"gone", std::nullopt}, {"there", 1}}), R"({"there":1})");
}

}  // namespace
}  // namespace etcdpp::detail
