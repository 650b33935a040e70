// SPDX-License-Identifier: BSL-1.0

//! @file
//! Who asks for a member's health, and who hears of it.

#include "etcdpp/call/vigil.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

class AVigil : public testing::Test {
protected:
    static constexpr auto noon = Clock::time_point{12h};

    Vigil vigil;
    Endpoint one{.port = 2379};
    Endpoint other{.port = 22379};
};

TEST_F(AVigil, lets_one_ask_once_an_interval)
{
    EXPECT_TRUE(vigil.claim(one, noon, 5s));
    EXPECT_FALSE(vigil.claim(one, noon + 4s, 5s));
    EXPECT_TRUE(vigil.claim(one, noon + 5s, 5s));
}

TEST_F(AVigil, lets_each_member_be_asked)
{
    EXPECT_TRUE(vigil.claim(one, noon, 5s));
    EXPECT_TRUE(vigil.claim(other, noon, 5s));
}

TEST_F(AVigil, tells_of_a_failure_to_who_used_the_member_then)
{
    vigil.failed(one, noon);

    EXPECT_TRUE(vigil.has_failed_since(one, noon - 1s));
    EXPECT_FALSE(vigil.has_failed_since(one, noon + 1s));
    EXPECT_FALSE(vigil.has_failed_since(other, noon - 1s));
}

TEST_F(AVigil, forgets_a_failure_once_the_member_is_well)
{
    vigil.failed(one, noon);
    vigil.answered(one);

    EXPECT_FALSE(vigil.has_failed_since(one, noon - 1s));
}

}  // namespace
}  // namespace etcdpp
