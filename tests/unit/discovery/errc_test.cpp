// SPDX-License-Identifier: BSL-1.0

//! @file
//! Why members were not found or not taken, and the portable questions that answers.

#include "etcdpp/discovery/errc.hpp"

#include "etcdpp/core/errc.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace etcdpp {
namespace {

constexpr auto all = {DiscoveryErrc::mixed_clusters, DiscoveryErrc::no_endpoints,
    DiscoveryErrc::out_of_reach, DiscoveryErrc::no_service};

TEST(DiscoveryErrc, has_words_of_its_own_for_each_code)
{
    auto seen = std::set<std::string>{};
    for (auto const code : all) {
        EXPECT_TRUE(seen.insert(make_error_code(code).message()).second) << static_cast<int>(code);
        EXPECT_TRUE(make_error_code(code)) << "not to be mistaken for success";
    }
    EXPECT_EQ(seen.count("unknown failure of discovery"), 0U);
}

TEST(DiscoveryErrc, survives_a_value_that_is_none)
{
    EXPECT_EQ(
        make_error_code(static_cast<DiscoveryErrc>(777)).message(), "unknown failure of discovery");
}

TEST(DiscoveryErrc, has_a_category_of_its_own)
{
    auto const code = make_error_code(DiscoveryErrc::mixed_clusters);

    EXPECT_STREQ(code.category().name(), "etcdpp.discovery");
    EXPECT_NE(code, make_error_code(Errc::unreachable));
}

TEST(DiscoveryErrc, answers_portable_questions)
{
    EXPECT_EQ(make_error_code(DiscoveryErrc::out_of_reach), Condition::unavailable);
    EXPECT_EQ(make_error_code(DiscoveryErrc::no_service), Condition::not_found);
    EXPECT_NE(make_error_code(DiscoveryErrc::mixed_clusters), Condition::unavailable);
    EXPECT_NE(make_error_code(DiscoveryErrc::no_endpoints), Condition::not_found);
}

}  // namespace
}  // namespace etcdpp
