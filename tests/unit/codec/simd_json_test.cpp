// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/simd_json.hpp"

#include "etcdpp/client.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/testing/replies.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "etcdpp/v2/keys.hpp"
#include "tests/conformance/codec_values.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/scripted_world.hpp"
#include "tests/unit/codec/json_words.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::string_literals;
using tests::nested;
using tests::words;

struct WithoutDescription {};

static_assert(decodes<SimdJson, SuiteReply> && encodes<SimdJson, SuiteReply>);
static_assert(decodes<SimdJson, std::vector<SuiteNode>>);
static_assert(!decodes<SimdJson, WithoutDescription> && !encodes<SimdJson, WithoutDescription>);

TEST(SimdJson, says_behind_which_member_the_text_ceases_to_be_json)
{
    EXPECT_EQ(words<SimdJson>(""), "not JSON: there is no value");
    EXPECT_EQ(words<SimdJson>("{}{}"), "not JSON: something follows the value");
    EXPECT_EQ((words<SimdJson, std::vector<int>>("[1")), "not JSON: the text ends too early");
    EXPECT_EQ(words<SimdJson>(R"({"node":{"key":"/foo"x)"),
        "not JSON behind node.key: a comma, colon, bracket or name is missing or too much");
    EXPECT_EQ(words<SimdJson>(R"({"node":{"nodes":[{},{"key":"/foo")"),
        "not JSON behind node.nodes[1].key: a comma, colon, bracket or name is missing or too "
        "much");
    EXPECT_EQ(words<SimdJson>(R"({"node":{"dir":truth}})"),
        "not JSON behind node.dir: neither true nor false nor null");
    EXPECT_EQ(words<SimdJson>(R"({"node":{"ttl":1e999}})"),
        "not JSON behind node.ttl: no number, or one that no double can hold");
}

TEST(SimdJson, says_what_does_not_fit)
{
    EXPECT_EQ(words<SimdJson>(R"({"node":{"createdIndex":"5"}})"),
        "node.createdIndex is a string and should be a whole number within range");
    EXPECT_EQ(words<SimdJson>(R"({"node":{"createdIndex":18446744073709551617}})"),
        "node.createdIndex holds a number that cannot be read exactly");
    EXPECT_EQ(words<SimdJson>(R"({"node":{"ttl":-9223372036854775809}})"),
        "node.ttl holds a number that cannot be read exactly");
}

TEST(SimdJson, validates_what_nobody_wants)
{
    for (auto const* const value : {"nul", "tru", "falsee", "01", "1.", "18446744073709551616",
             "1e999", R"("\x")", R"("\ud83d")", "\"\xff\"", "[1,]", "[,]", "{1:2}", R"({"a" 1})",
             R"({"a":1,})", "[1}"}) {
        EXPECT_NE(words<SimdJson>("{\"unknown\":" + std::string{value} + "}"), "") << value;
        EXPECT_NE(words<SimdJson>("{\"unknown\":[[" + std::string{value} + "]]}"), "") << value;
    }
}

TEST(SimdJson, reads_one_value_and_not_what_becomes_one_between_brackets)
{
    for (auto const* const text : {"1]", "1],[2", "1,2", "[1", "[1]]", "]", ",", "1 2", "1,", ""}) {
        EXPECT_NE((words<SimdJson, int>(text)), "") << text;
        EXPECT_NE((words<SimdJson, std::vector<int>>(text)), "") << text;
    }
}

TEST(SimdJson, takes_nothing_for_null_that_only_begins_so)
{
    for (auto const* const text : {"nullx", "nullxx", "null x", "null,", "nulll "}) {
        EXPECT_NE((words<SimdJson, std::optional<int>>(text)), "") << text;
    }
}

TEST(SimdJson, reads_each_integer_of_64_bits)
{
    auto const codec = SimdJson{};
    constexpr auto least = std::numeric_limits<std::int64_t>::min();

    EXPECT_EQ(codec.decode<std::int64_t>("-9223372036854775808").value(), least);
    EXPECT_EQ(codec.decode<std::int64_t>("-9223372036854775807").value(), least + 1);
    EXPECT_EQ(codec.decode<std::int64_t>("-9007199254740993").value(), -9'007'199'254'740'993);
    EXPECT_EQ(codec.decode<std::uint64_t>("18446744073709551615").value(),
        std::numeric_limits<std::uint64_t>::max());
}

//! simdjson 3.0 has a function that reads 0 here.
TEST(SimdJson, reads_a_fraction_with_more_digits_than_a_double_has)
{
    auto const codec = SimdJson{};

    EXPECT_EQ(codec.decode<double>("-822745545.352744555488487").value(), -822745545.35274458);
    EXPECT_EQ(codec.decode<double>("9613973282364388.6250").value(), 9613973282364388.6250);
    EXPECT_EQ(codec.decode<double>("0.30000000000000004").value(), 0.30000000000000004);
    EXPECT_EQ(codec.decode<double>("5e-324").value(), 5e-324);
    EXPECT_EQ(codec.decode<double>("1e-400").value(), 0.0);
}

TEST(SimdJson, takes_nul_for_a_part_of_a_name)
{
    auto const codec = SimdJson{};

    EXPECT_EQ(codec.decode<SuiteReply>(R"({"action\u0000x":"get"})")->action, SuiteAction::set);
    EXPECT_EQ((codec.decode<std::map<std::string, int>>(R"({"a\u0000b":1,"a":2})").value()),
        (std::map<std::string, int>{{"a\0b"s, 1}, {"a", 2}}));
}

TEST(SimdJson, nests_as_deep_as_its_options_say_without_recursing)
{
    constexpr auto deep = std::size_t{500'000};

    EXPECT_EQ(words<SimdJson>(nested(2), SimdJson{{.max_depth = 2}}), "");
    EXPECT_EQ(words<SimdJson>(nested(3), SimdJson{{.max_depth = 2}}),
        "the reply is nested more than 2 levels deep");
    EXPECT_EQ(words<SimdJson>(nested(deep), SimdJson{{.max_depth = deep}}), "");
    EXPECT_EQ(words<SimdJson>(nested(deep), SimdJson{{.max_depth = std::size_t(-1)}}), "");
}

TEST(SimdJson, reads_a_deeper_text_after_a_shallow_one)
{
    auto const codec = SimdJson{};

    for (auto levels = std::size_t{2}; levels != 600; ++levels) {
        EXPECT_EQ(words<SimdJson>(nested(levels), codec), "") << levels;
    }
}

TEST(SimdJson, knows_how_large_a_text_its_memory_is_ready_for)
{
    auto const reader = detail::make_simd_json_reader<SimdJson>();
    auto text = std::string{};

    EXPECT_FALSE(reader->read(
        '"' + std::string(100'000, 'v') + '"', {&text, &detail::shape_of<std::string>}, 1));

    EXPECT_GE(reader->capacity(), 100'000U);
}

TEST(SimdJson, reads_what_a_client_gets_and_sets)
{
    auto client = Client{Config{.endpoints = Endpoints::parse("http://etcd-1").value(),
        .transport = ScriptedTransport{}
            .reply(mocks::stored("/app/mode", "blue", Index{7}))
            .reply(mocks::found("/app/mode", "blue", Index{7}))
            .reply(mocks::etcd_error(v2::Errc::key_not_found, "/app/mood", Index{7})),
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = SimdJson{},
        .environment = tests::ScriptedWorld{}}};
    auto const keys = v2::Keys{client};

    EXPECT_EQ(keys.set("/app/mode", "blue").value().node.modified_index, Index{7});
    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
    EXPECT_THAT(keys.get("/app/mood"), tests::IsError(v2::Errc::key_not_found));
}

}  // namespace
}  // namespace etcdpp
