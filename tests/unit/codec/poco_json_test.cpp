// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/poco_json.hpp"

#include "tests/conformance/codec_values.hpp"
#include "tests/unit/codec/json_words.hpp"

#include <gtest/gtest.h>

#include <string>
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

TEST(PocoJson, says_what_does_not_fit)
{
    EXPECT_EQ(words<PocoJson>(R"({"node":{"createdIndex":"5"}})"),
        "node.createdIndex is a string and should be a whole number within range");
    EXPECT_EQ(words<PocoJson>(R"({"node":{"createdIndex":18446744073709551617}})"),
        "node.createdIndex holds a number that cannot be read exactly");
    EXPECT_EQ(words<PocoJson>(R"({"node":{"ttl":-9007199254740993}})"),
        "node.ttl holds a number that cannot be read exactly");
}

TEST(PocoJson, nests_as_deep_as_its_options_say)
{
    EXPECT_EQ(words<PocoJson>(nested(2), PocoJson{{.max_depth = 2}}), "");
    EXPECT_EQ(words<PocoJson>(nested(3), PocoJson{{.max_depth = 2}}),
        "the reply is nested more than 2 levels deep");
    EXPECT_EQ(words<PocoJson>(nested(5000), PocoJson{{.max_depth = 5000}}), "");
}

TEST(PocoJson, takes_a_name_up_to_its_first_nul)
{
    auto const reply = PocoJson{}.decode<SuiteReply>(R"({"action\u0000x":"get"})");

    EXPECT_EQ(reply->action, SuiteAction::get);
}

}  // namespace
}  // namespace etcdpp
