// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/exception.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <sstream>
#include <stdexcept>
#include <type_traits>

namespace etcdpp {
namespace {

auto const exhausted = Error{Errc::exhausted,
    {.effect = Effect::none,
        .words = "gave up after 1 attempt: connection refused",
        .attempts = {{.endpoint = {.host = "etcd-1"}, .code = Errc::unreachable}}}};

TEST(Exception, says_all_that_its_error_says)
{
    EXPECT_EQ(Exception{exhausted}.what(), (std::ostringstream{} << exhausted).str());
}

TEST(Exception, keeps_its_error)
{
    auto const exception = Exception{exhausted};

    EXPECT_EQ(exception.error().code(), Errc::exhausted);
    EXPECT_EQ(exception.error().words(), exhausted.words());
    EXPECT_EQ(exception.error().attempts(), exhausted.attempts());
}

TEST(Exception, is_caught_by_those_who_know_only_the_standard_ones)
{
    static_assert(std::derived_from<Exception, std::runtime_error>);
}

TEST(Exception, can_be_copied_while_it_flies)
{
    auto const exception = Exception{exhausted};
    auto const copy = exception;  // NOLINT(performance-unnecessary-copy-initialization)

    EXPECT_STREQ(copy.what(), exception.what());
    EXPECT_EQ(copy.error().words(), exception.error().words());
}

}  // namespace
}  // namespace etcdpp
