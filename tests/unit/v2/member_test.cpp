// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/v2/member.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace etcdpp::v2 {
namespace {

TEST(Member, prints_where_it_serves_clients)
{
    auto const member = Member{.id = "628170c800dbcee",
        .name = "wire",
        .peer_urls = {"http://10.0.0.1:2380"},
        .client_urls = {"http://10.0.0.1:2379", "http://10.0.0.1:4001"}};

    EXPECT_EQ((std::ostringstream{} << member).str(),
        "628170c800dbcee wire, clients at http://10.0.0.1:2379 http://10.0.0.1:4001");
}

TEST(Member, prints_that_it_has_not_started)
{
    auto const member = Member{.id = "628170c800dbcee", .peer_urls = {"http://10.0.0.1:2380"}};

    EXPECT_EQ((std::ostringstream{} << member).str(), "628170c800dbcee, not started");
}

TEST(Member, differs_in_any_part)
{
    auto const member = Member{"a1", "one", {"http://p"}, {"http://c"}};

    EXPECT_EQ(member, (Member{"a1", "one", {"http://p"}, {"http://c"}}));
    EXPECT_NE(member, (Member{"a2", "one", {"http://p"}, {"http://c"}}));
    EXPECT_NE(member, (Member{"a1", "two", {"http://p"}, {"http://c"}}));
    EXPECT_NE(member, (Member{"a1", "one", {}, {"http://c"}}));
    EXPECT_NE(member, (Member{"a1", "one", {"http://p"}, {}}));
}

}  // namespace
}  // namespace etcdpp::v2
