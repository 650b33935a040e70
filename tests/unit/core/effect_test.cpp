// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/effect.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string_view>

namespace etcdpp {
namespace {

TEST(Effect, of_two_attempts_is_the_worse_one)
{
    struct Case {
        Effect one, other, both;
    };
    for (auto const& [one, other, both] : {
             Case{Effect::none, Effect::none, Effect::none},
             Case{Effect::none, Effect::unknown, Effect::unknown},
             Case{Effect::none, Effect::applied, Effect::applied},
             Case{Effect::unknown, Effect::unknown, Effect::unknown},
             Case{Effect::unknown, Effect::applied, Effect::applied},
             Case{Effect::applied, Effect::applied, Effect::applied},
         }) {
        EXPECT_EQ(worst(one, other), both);
        EXPECT_EQ(worst(other, one), both);
    }
}

TEST(Effect, prints_as_its_name)
{
    struct Case {
        Effect effect;
        std::string_view text;
    };
    for (auto const& [effect, text] : {Case{Effect::none, "none"}, Case{Effect::unknown, "unknown"},
             Case{Effect::applied, "applied"}}) {
        EXPECT_EQ((std::ostringstream{} << effect).str(), text);
    }
}

TEST(Effect, that_is_corrupt_is_named_by_the_careful_name)
{
    EXPECT_EQ(name(static_cast<Effect>(99)), "unknown");
}

}  // namespace
}  // namespace etcdpp
