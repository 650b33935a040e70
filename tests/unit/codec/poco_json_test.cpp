// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/poco_json.hpp"

#include "tests/conformance/codec_values.hpp"
#include "tests/unit/codec/json_words.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using tests::nested;
using tests::words;

struct WithoutFields {};

static_assert(decodes<PocoJson, SuiteReply> && encodes<PocoJson, SuiteReply>);
static_assert(decodes<PocoJson, std::vector<SuiteNode>>);
static_assert(!decodes<PocoJson, WithoutFields> && !encodes<PocoJson, WithoutFields>);
static_assert(!decodes<PocoJson, char const*> && !decodes<PocoJson, std::vector<bool>>);

TEST(PocoJson, says_behind_which_member_the_text_ceases_to_be_json)
{
    EXPECT_EQ(words<PocoJson>(""), "not JSON: unexpected end of text");
    EXPECT_EQ(words<PocoJson>(R"({"node":{"key":"/foo"x)"),
        "not JSON behind node.key: expected ',' or '}' after member value");
    EXPECT_EQ(words<PocoJson>(R"({"node":{"nodes":[{},{"key":"/foo)"),
        "not JSON behind node.nodes[1].key: unterminated string literal");
}

TEST(PocoJson, repeats_no_bytes_that_could_spoil_a_log)
{
    for (auto byte = 1; byte != 256; ++byte) {
        for (auto const c :
            words<PocoJson>("{\"node\":" + std::string(3, static_cast<char>(byte)))) {
            EXPECT_TRUE(c >= ' ' && c <= '~') << byte;
        }
    }
}

TEST(PocoJson, says_what_does_not_fit)
{
    EXPECT_EQ(words<PocoJson>(R"({"node":{"createdIndex":"5"}})"),
        "node.createdIndex is a string and should be a whole number within range");
    EXPECT_EQ(words<PocoJson>(R"({"node":{"createdIndex":18446744073709551617}})"),
        "node.createdIndex holds a number that cannot be read exactly");
    EXPECT_EQ(words<PocoJson>(R"({"node":{"ttl":-9007199254740993}})"),
        "node.ttl holds a number that cannot be read exactly");
}

TEST(PocoJson, nests_2048_levels_deep_by_default)
{
    EXPECT_EQ(words<PocoJson>(nested(2048)), "");
    EXPECT_EQ(words<PocoJson>(nested(2049)), "the reply is nested more than 2048 levels deep");
}

TEST(PocoJson, nests_as_deep_as_its_options_say)
{
    EXPECT_EQ(words<PocoJson>(nested(2), PocoJson{{.max_depth = 2}}), "");
    EXPECT_EQ(words<PocoJson>(nested(3), PocoJson{{.max_depth = 2}}),
        "the reply is nested more than 2 levels deep");
    EXPECT_EQ(words<PocoJson>(nested(5000), PocoJson{{.max_depth = 5000}}), "");
}

TEST(PocoJson, keeps_its_options_when_it_is_copied_or_moved)
{
    auto const original = PocoJson{{.max_depth = 2}};
    auto copy = original;
    auto const moved = std::move(copy);

    EXPECT_NE(words<PocoJson>(nested(3), moved), "");
}

TEST(PocoJson, reads_a_text_after_a_large_one_and_after_a_bad_one)
{
    auto const codec = PocoJson{};
    auto const large = "{\"node\":{\"value\":\"" + std::string(1 << 20, 'v') + "\"}}";

    EXPECT_EQ(words<PocoJson>(large, codec), "");
    EXPECT_NE(words<PocoJson>(large + 'x', codec), "");
    EXPECT_EQ(words<PocoJson>(R"({"action":"get"})", codec), "");
    EXPECT_NE(words<PocoJson>(R"({"action":"get")", codec), "");
    EXPECT_EQ(codec.decode<SuiteReply>(R"({"action":"get"})")->action, SuiteAction::get);
}

TEST(PocoJson, reads_values_that_are_no_objects)
{
    auto const codec = PocoJson{};

    EXPECT_EQ(codec.decode<std::vector<int>>("[1,2]").value(), (std::vector{1, 2}));
    EXPECT_EQ(codec.decode<int>("7").value(), 7);
    EXPECT_EQ(codec.decode<std::optional<int>>("null").value(), std::nullopt);
    EXPECT_EQ(codec.decode<std::optional<int>>("7").value(), 7);

    using Listings = std::map<std::string, std::vector<SuiteNode>>;
    EXPECT_EQ(codec.decode<Listings>(R"({"a":[{"key":"/b"}]})")->at("a").at(0).key, "/b");
}

TEST(PocoJson, takes_a_name_up_to_its_first_nul)
{
    auto const reply = PocoJson{}.decode<SuiteReply>(R"({"action\u0000x":"get"})");

    EXPECT_EQ(reply->action, SuiteAction::get);
}

}  // namespace
}  // namespace etcdpp
