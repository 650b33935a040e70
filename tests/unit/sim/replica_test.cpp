// SPDX-License-Identifier: BSL-1.0

//! @file
//! What entries do to what the members hold.

#include "etcdpp/sim/replica.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <variant>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

class ReplicaTest : public testing::Test {
protected:
    //! The status that the change is answered with.
    int change(RosterChange::Kind kind, RosterEntry member)
    {
        auto const outcome = replica.apply(RosterChange{kind, std::move(member)}, now);
        return std::get<http::Response>(outcome.answer).status;
    }

    WallTime now = WallTime{} + 24h * 365 * 60;
    Replica replica;
};

TEST_F(ReplicaTest, takes_indices_for_its_members)
{
    change(RosterChange::Kind::add, {.id = 1, .peer_urls = {"http://a:2380"}});
    change(RosterChange::Kind::start, {.id = 1, .name = "a"});
    EXPECT_EQ(replica.store().index(), Index{2});

    change(RosterChange::Kind::remove, {.id = 1});
    EXPECT_EQ(replica.store().index(), Index{4});
}

TEST_F(ReplicaTest, keeps_its_members_by_id)
{
    change(RosterChange::Kind::add, {.id = 9, .peer_urls = {"http://a:2380"}});
    change(RosterChange::Kind::add, {.id = 1, .peer_urls = {"http://b:2380"}});

    EXPECT_EQ(replica.roster().members.at(0).id, 1U);
}

TEST_F(ReplicaTest, refuses_what_contradicts_the_roster)
{
    change(RosterChange::Kind::add, {.id = 1, .peer_urls = {"http://a:2380"}});

    EXPECT_EQ(change(RosterChange::Kind::add, {.id = 2, .peer_urls = {"http://a:2380"}}), 409);
    EXPECT_EQ(change(RosterChange::Kind::remove, {.id = 3}), 404);
    change(RosterChange::Kind::remove, {.id = 1});
    EXPECT_EQ(change(RosterChange::Kind::remove, {.id = 1}), 410);
    EXPECT_EQ(change(RosterChange::Kind::update, {.id = 1, .peer_urls = {"http://c:1"}}), 500);
}

TEST_F(ReplicaTest, tells_watches_of_writes_and_expiry_but_of_no_read)
{
    auto const write = Command{.kind = Command::Kind::put, .path = "/1/a", .expiration = now + 1s};

    EXPECT_EQ(replica.apply(write, now).changes.size(), 1U);
    EXPECT_EQ(replica.apply(Command{.path = "/1/a"}, now).changes.size(), 0U);
    EXPECT_EQ(replica.apply(Tick{now}, now).changes.size(), 0U);
    EXPECT_EQ(replica.apply(Tick{now + 1s}, now + 1s).changes.size(), 1U);
    EXPECT_EQ(replica.apply(Nothing{}, now).changes.size(), 0U);
}

}  // namespace
}  // namespace etcdpp::sim
