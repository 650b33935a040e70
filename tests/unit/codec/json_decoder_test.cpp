// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/json_decoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::detail {
namespace {

int readers_made = 0;

//! Stores the text itself, refuses what begins with `!`, and is ready for the largest text so far.
class Echo final : public JsonReader {
public:
    std::optional<std::string> read(
        std::string_view text, Place root, std::size_t max_depth) override
    {
        largest_ = std::max(largest_, text.size());
        if (text.starts_with('!')) { return "refused at depth " + std::to_string(max_depth); }
        root.shape->store(root.object, text);
        return std::nullopt;
    }

    std::size_t capacity() const noexcept override { return largest_; }

private:
    std::size_t largest_ = 0;
};

std::unique_ptr<JsonReader> make_echo()
{
    ++readers_made;
    return std::make_unique<Echo>();
}

struct JsonDecoderTest : testing::Test {
    JsonDecoderTest() { readers_made = 0; }

    JsonDecoder decoder{&make_echo, 7};
};

TEST_F(JsonDecoderTest, fills_a_new_value)
{
    EXPECT_EQ(decoder.decode<std::string>("blue").value(), "blue");
}

TEST_F(JsonDecoderTest, hands_on_what_the_reader_says_and_the_depth_it_may_go_to)
{
    auto const refused = decoder.decode<std::string>("!");

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), make_error_code(Errc::malformed_reply));
    EXPECT_EQ(refused.error().words(), "refused at depth 7");
}

TEST_F(JsonDecoderTest, makes_no_reader_before_it_needs_one)
{
    EXPECT_EQ(readers_made, 0);
}

TEST_F(JsonDecoderTest, uses_a_reader_again)
{
    EXPECT_TRUE(decoder.decode<std::string>("blue"));
    EXPECT_TRUE(decoder.decode<std::string>("green"));

    EXPECT_EQ(readers_made, 1);
}

TEST_F(JsonDecoderTest, uses_no_reader_again_that_has_failed)
{
    EXPECT_FALSE(decoder.decode<std::string>("!"));
    EXPECT_TRUE(decoder.decode<std::string>("green"));

    EXPECT_EQ(readers_made, 2);
}

TEST_F(JsonDecoderTest, keeps_no_reader_that_has_met_a_large_text)
{
    EXPECT_TRUE(decoder.decode<std::string>(std::string(std::size_t{64} << 10U, 'v')));
    EXPECT_TRUE(decoder.decode<std::string>("blue"));
    EXPECT_EQ(readers_made, 1);

    EXPECT_TRUE(decoder.decode<std::string>(std::string((std::size_t{64} << 10U) + 1, 'v')));
    EXPECT_TRUE(decoder.decode<std::string>("blue"));
    EXPECT_EQ(readers_made, 2);
}

TEST_F(JsonDecoderTest, shares_no_reader_with_its_copy)
{
    EXPECT_TRUE(decoder.decode<std::string>("blue"));

    auto const copy = decoder;

    EXPECT_TRUE(copy.decode<std::string>("blue"));
    EXPECT_EQ(readers_made, 2);
}

}  // namespace
}  // namespace etcdpp::detail
