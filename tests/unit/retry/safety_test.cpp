// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/retry/safety.hpp"

#include <gtest/gtest.h>

namespace etcdpp {
namespace {

struct Row {
    Idempotency idempotency;
    Effect effect;
    bool repeat_overwrites;
    bool safe;
};

constexpr Row truth[] = {
    {Idempotency::read, Effect::none, false, true},
    {Idempotency::read, Effect::none, true, true},
    {Idempotency::read, Effect::unknown, false, true},
    {Idempotency::read, Effect::unknown, true, true},
    {Idempotency::read, Effect::applied, false, true},
    {Idempotency::read, Effect::applied, true, true},
    {Idempotency::overwrite, Effect::none, false, true},
    {Idempotency::overwrite, Effect::none, true, true},
    {Idempotency::overwrite, Effect::unknown, false, false},
    {Idempotency::overwrite, Effect::unknown, true, true},
    {Idempotency::overwrite, Effect::applied, false, false},
    {Idempotency::overwrite, Effect::applied, true, false},
    {Idempotency::once_only, Effect::none, false, true},
    {Idempotency::once_only, Effect::none, true, true},
    {Idempotency::once_only, Effect::unknown, false, false},
    {Idempotency::once_only, Effect::unknown, true, false},
    {Idempotency::once_only, Effect::applied, false, false},
    {Idempotency::once_only, Effect::applied, true, false},
};

TEST(SafeToRepeat, is_what_the_whole_truth_table_says)
{
    for (auto const& [idempotency, effect, repeat_overwrites, safe] : truth) {
        EXPECT_EQ(safe_to_repeat(idempotency, effect, repeat_overwrites), safe)
            << idempotency << " / " << effect << " / " << repeat_overwrites;
    }
}

TEST(SafeToRepeat, says_no_where_a_value_is_corrupt)
{
    static_assert(!safe_to_repeat(static_cast<Idempotency>(99), Effect::none, true));
    static_assert(!safe_to_repeat(Idempotency::overwrite, static_cast<Effect>(99), true));
    static_assert(!safe_to_repeat(Idempotency::once_only, static_cast<Effect>(99), true));
}

}  // namespace
}  // namespace etcdpp
