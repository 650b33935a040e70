// SPDX-License-Identifier: BSL-1.0

//! @file
//! What real members count.

#include "etcdpp/v2/stats.hpp"

#include "tests/integration/on_cluster.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Gt;
using testing::HasSubstr;
using testing::SizeIs;
using v2::AdminErrc;

//! One client for each member: each counts for itself.
struct StatsOnCluster : OnCluster {
    auto client_of(std::size_t member)
    {
        return Client{Config{.endpoints = Endpoints::parse(cluster.url(member)).value()}};
    }

    std::size_t a_follower() { return (cluster.wait_for_leader() + 1) % cluster.size(); }
};

TEST_F(StatsOnCluster, tell_of_the_member_that_was_asked)
{
    auto follower = client_of(a_follower());

    auto const self = v2::Stats{follower}.self();

    ASSERT_THAT(self, IsOk());
    auto const leader = cluster.witness(0).get("/v2/members/leader").body;
    EXPECT_EQ(self->name, "member-" + std::to_string(a_follower()));
    EXPECT_THAT(leader, HasSubstr("\"id\":\"" + self->leader + '"'));
    EXPECT_NE(self->id, self->leader);
    EXPECT_THAT(self->received_appends, Gt(0U));
    ASSERT_TRUE(self->started && self->leader_since);
    EXPECT_LE(*self->started, *self->leader_since);
    EXPECT_LT(*self->started, std::chrono::system_clock::now());
}

TEST_F(StatsOnCluster, count_what_the_store_was_asked)
{
    auto member = client_of(0);
    auto const stats = v2::Stats{member};
    auto const asks = v2::Keys{member};
    auto const before = stats.store().value();

    ASSERT_THAT(asks.set("/app/mode", "blue"), IsOk());
    ASSERT_THAT(asks.get("/app/mode"), IsOk());
    ASSERT_FALSE(asks.get("/app/none"));
    ASSERT_FALSE(asks.create("/app/mode", "green"));

    auto const after = stats.store().value();
    EXPECT_EQ(after.sets_success, before.sets_success + 1);
    EXPECT_GE(after.gets_success, before.gets_success + 1);
    EXPECT_GE(after.gets_fail, before.gets_fail + 1);
    EXPECT_EQ(after.creates_fail, before.creates_fail + 1);
}

TEST_F(StatsOnCluster, tell_of_the_followers_where_the_leader_is_asked)
{
    auto leader = client_of(cluster.wait_for_leader());
    auto const stats = v2::Stats{leader};

    auto const followers = stats.leader();

    ASSERT_THAT(followers, IsOk());
    EXPECT_EQ(followers->leader, stats.self().value().id);
    EXPECT_THAT(followers->followers, SizeIs(2));
    for (auto const& [id, follower] : followers->followers) {
        EXPECT_THAT(follower.successes, Gt(0U)) << id;
        EXPECT_LE(follower.minimum, follower.maximum) << id;
        EXPECT_THAT(follower.maximum, Gt(0ms)) << id;
        EXPECT_LT(follower.maximum, 1min) << id;
    }
}

TEST_F(StatsOnCluster, tell_that_a_follower_is_not_the_leader)
{
    auto follower = client_of(a_follower());

    auto const refused = v2::Stats{follower}.leader();

    EXPECT_THAT(refused, IsError(AdminErrc::not_leader));
    EXPECT_THAT(refused, HasFault(Fault::request));
    EXPECT_THAT(refused, HasWords("not current leader"));
}

}  // namespace
}  // namespace etcdpp::tests
