// SPDX-License-Identifier: BSL-1.0
//! @file
//! What PocoJson and SimdJson have in common beyond what any codec promises.

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/codec/simd_json.hpp"
#include "tests/conformance/codec_values.hpp"
#include "tests/unit/codec/json_words.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using tests::nested;
using tests::words;

template <class Codec>
class JsonCodec : public testing::Test {};

using JsonCodecs = testing::Types<PocoJson, SimdJson>;
TYPED_TEST_SUITE(JsonCodec, JsonCodecs);

TYPED_TEST(JsonCodec, repeats_no_bytes_that_could_spoil_a_log)
{
    for (auto byte = 1; byte != 256; ++byte) {
        for (auto const c :
            words<TypeParam>("{\"node\":" + std::string(3, static_cast<char>(byte)))) {
            EXPECT_TRUE(c >= ' ' && c <= '~') << byte;
        }
    }
}

TYPED_TEST(JsonCodec, nests_2048_levels_deep_by_default)
{
    EXPECT_EQ(words<TypeParam>(nested(2048)), "");
    EXPECT_EQ(words<TypeParam>(nested(2049)), "the reply is nested more than 2048 levels deep");
}

TYPED_TEST(JsonCodec, keeps_its_options_when_it_is_copied_or_moved)
{
    auto const original = TypeParam{{.max_depth = 2}};
    auto copy = original;
    auto const moved = std::move(copy);

    EXPECT_NE(words<TypeParam>(nested(3), moved), "");
}

TYPED_TEST(JsonCodec, reads_a_text_after_a_large_one_and_after_a_bad_one)
{
    auto const codec = TypeParam{};
    auto const large = "{\"node\":{\"value\":\"" + std::string(1 << 20, 'v') + "\"}}";

    EXPECT_EQ(words<TypeParam>(large, codec), "");
    EXPECT_NE(words<TypeParam>(large + 'x', codec), "");
    EXPECT_EQ(words<TypeParam>(R"({"action":"get"})", codec), "");
    EXPECT_NE(words<TypeParam>(R"({"action":"get")", codec), "");
    EXPECT_EQ(codec.template decode<SuiteReply>(R"({"action":"get"})")->action, SuiteAction::get);
}

TYPED_TEST(JsonCodec, reads_values_that_are_no_objects)
{
    auto const codec = TypeParam{};

    EXPECT_EQ(codec.template decode<std::vector<int>>("[1,2]").value(), (std::vector{1, 2}));
    EXPECT_EQ(codec.template decode<int>("7").value(), 7);
    EXPECT_EQ(codec.template decode<bool>(" true ").value(), true);
    EXPECT_EQ(codec.template decode<std::optional<int>>("null").value(), std::nullopt);
    EXPECT_EQ(codec.template decode<std::optional<int>>("7").value(), 7);

    using Listings = std::map<std::string, std::vector<SuiteNode>>;
    EXPECT_EQ(codec.template decode<Listings>(R"({"a":[{"key":"/b"}]})")->at("a").at(0).key, "/b");
}

}  // namespace
}  // namespace etcdpp
