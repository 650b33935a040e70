// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/idempotency.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string_view>

namespace etcdpp {
namespace {

TEST(Idempotency, prints_as_its_name)
{
    struct Case {
        Idempotency idempotency;
        std::string_view text;
    };
    for (auto const& [idempotency, text] :
        {Case{Idempotency::read, "read"}, Case{Idempotency::overwrite, "overwrite"},
            Case{Idempotency::once_only, "once_only"}}) {
        EXPECT_EQ((std::ostringstream{} << idempotency).str(), text);
    }
}

TEST(Idempotency, that_is_corrupt_is_named_by_the_careful_name)
{
    EXPECT_EQ(name(static_cast<Idempotency>(99)), "once_only");
}

}  // namespace
}  // namespace etcdpp
