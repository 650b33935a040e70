// SPDX-License-Identifier: BSL-1.0

//! @file
//! PocoJson and SimdJson accept the same texts and read the same from them, whatever the texts are.

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/codec/simd_json.hpp"
#include "tests/conformance/codec_values.hpp"
#include "tests/conformance/json_texts.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp {
namespace {

using tests::JsonTexts;

//! What the codecs say of themselves: only SimdJson reads integers that far below zero, or tells a
//! name from the same name with a NUL behind it.
bool is_excused(std::string_view text, std::string_view words_of_poco)
{
    static auto const far_below_zero = std::regex{R"(-\d{16,19}(?![\d.eE]))"};
    return words_of_poco.find("cannot be read exactly") != std::string_view::npos
        ? std::regex_search(text.begin(), text.end(), far_below_zero)
        : text.find("\\u0000") != std::string_view::npos;
}

class CodecsAgree : public testing::Test {
protected:
    template <class T>
    void expect_agreement(std::string_view text)
    {
        auto const by_poco = poco_.decode<T>(text);
        auto const by_simdjson = simdjson_.decode<T>(text);
        auto const agree = by_poco ? by_simdjson && *by_poco == *by_simdjson : !by_simdjson;
        ++(by_poco ? accepted_ : refused_);
        if (agree) { return; }
        if (is_excused(text, by_poco ? "" : by_poco.error().words())) {
            ++excused_;
            return;
        }
        ADD_FAILURE() << "of this text:\n"
                      << text
                      << "\nPocoJson says: " << (by_poco ? "a value" : by_poco.error().words())
                      << "\nSimdJson says: "
                      << (by_simdjson ? "a value" : by_simdjson.error().words());
    }

    void expect_agreement_on_every_type(std::string_view text)
    {
        expect_agreement<SuiteReply>(text);
        expect_agreement<SuiteOddments>(text);
        expect_agreement<std::vector<double>>(text);
        expect_agreement<SuiteReply>("{\"nobody wants\":" + std::string{text} + '}');
        expect_agreement<std::map<std::string, std::optional<std::string>>>(text);
    }

    PocoJson poco_;
    SimdJson simdjson_;
    std::size_t accepted_ = 0;
    std::size_t refused_ = 0;
    std::size_t excused_ = 0;
};

//! The same texts in every run, and others; if those fail, ETCDPP_SEED repeats them.
std::vector<std::uint32_t> seeds()
{
    auto const* const wanted = std::getenv("ETCDPP_SEED");
    if (wanted != nullptr) { return {static_cast<std::uint32_t>(std::stoul(wanted))}; }
    return {20261121, std::random_device{}()};
}

TEST_F(CodecsAgree, on_random_and_damaged_texts)
{
    for (auto const seed : seeds()) {
        std::cout << "    ETCDPP_SEED=" << seed << '\n';
        auto texts = JsonTexts{seed};
        for (auto n = 0; n != 5'000; ++n) { expect_agreement_on_every_type(texts.next()); }
    }
    EXPECT_GT(accepted_, 2'000U);
    EXPECT_GT(refused_, 2'000U);
    EXPECT_LT(excused_, accepted_ / 50);
}

}  // namespace
}  // namespace etcdpp
