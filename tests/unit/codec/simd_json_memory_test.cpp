// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/simd_json.hpp"
#include "tests/conformance/codec_values.hpp"
#include "tests/support/live_memory.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {
namespace {

constexpr auto size = std::size_t{10} << 20U;

std::string repeated(std::string_view part)
{
    auto text = std::string{R"({"node":)"};
    text.reserve(size + part.size());
    while (text.size() < size) { text += part; }
    return text;
}

TEST(SimdJsonMemory, of_ten_mebibytes_of_nesting_is_seven_times_the_text)
{
    for (auto const* const part : {"[", R"({"nodes":[)", R"({"x":)"}) {
        auto const text = repeated(part);
        auto words = std::string{};

        auto const memory = LiveMemory::growth_during(
            [&] { words = SimdJson{}.decode<SuiteReply>(text).error().words(); });

        EXPECT_FALSE(words.empty());
        EXPECT_LT(memory, 7 * size) << part;
    }
}

TEST(SimdJsonMemory, of_a_large_text_is_given_back)
{
    auto const codec = SimdJson{};
    auto const text = "[\"" + std::string(size, 'v') + "\"]";
    auto const before = LiveMemory::now.load();

    EXPECT_TRUE(codec.decode<std::vector<std::string>>(text));

    EXPECT_LT(LiveMemory::now - before, std::size_t{4096});
}

TEST(SimdJsonMemory, for_the_next_text_is_less_than_half_a_mebibyte)
{
    auto const codec = SimdJson{};
    auto const before = LiveMemory::now.load();

    for (auto length = std::size_t{1}; length < (std::size_t{256} << 10U); length += 777) {
        EXPECT_TRUE(codec.decode<std::string>('"' + std::string(length, 'v') + '"'));
        EXPECT_LT(LiveMemory::now - before, std::size_t{512} << 10U) << length;
    }
}

}  // namespace
}  // namespace etcdpp::tests
