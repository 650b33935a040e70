// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/discovery/sync_options.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace etcdpp {
namespace {

TEST(SyncOptions, take_members_at_their_word_by_default)
{
    EXPECT_FALSE(SyncOptions{}.rewrite);
}

TEST(SyncOptions, take_any_rewrite_that_gives_an_endpoint_or_none)
{
    auto const always = SyncOptions{
        .rewrite = [](v2::Member const&, Endpoint const& advertised) { return advertised; }};
    auto const never = SyncOptions{.rewrite = [](auto&&...) { return std::nullopt; }};

    EXPECT_EQ(always.rewrite({}, Endpoint{}), Endpoint{});
    EXPECT_EQ(never.rewrite({}, Endpoint{}), std::nullopt);
}

}  // namespace
}  // namespace etcdpp
