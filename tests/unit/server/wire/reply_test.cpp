// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/server/wire/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::detail {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

Error error(int status, std::string body)
{
    return no_answer({.status = status, .body = std::move(body)}).error();
}

TEST(NoAnswer, of_a_stranger_is_the_members_fault_and_had_no_effect)
{
    auto const stranger = error(404, "<html>no such page</html>");

    EXPECT_EQ(stranger, Errc::not_etcd);
    EXPECT_EQ(stranger.fault(), Fault::member);
    EXPECT_EQ(stranger.effect(), Effect::none);
    EXPECT_EQ(stranger.status(), 404);
    EXPECT_THAT(stranger.words(), HasSubstr("HTTP 404 \"<html>no such page</html>\""));
}

TEST(NoAnswer, of_a_proxy_is_that_the_member_is_out_of_reach)
{
    for (auto const status : {408, 429, 500, 502, 503, 504}) {
        EXPECT_EQ(error(status, "Bad Gateway"), Condition::unavailable) << status;
    }
}

TEST(NoAnswer, quotes_one_line_at_most_and_no_endless_one)
{
    EXPECT_THAT(error(200, "first\nsecond").words(), Not(HasSubstr("second")));
    EXPECT_LT(error(200, std::string(1 << 20, 'x')).words().size(), 300U);
}

}  // namespace
}  // namespace etcdpp::detail
