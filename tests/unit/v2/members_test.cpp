// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each verb hands the value that belongs to it, and the call's options, to the client.

#include "etcdpp/v2/members.hpp"

#include "tests/support/spy_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace etcdpp::v2 {
namespace {

using testing::ElementsAre;
using tests::SpyClient;

struct MembersTest : testing::Test {
    SpyClient spy;
    Members<SpyClient> const members{spy};
    CallOptions const hasty = SpyClient::hasty;
};

TEST_F(MembersTest, list_runs_a_list_members)
{
    EXPECT_EQ(members.list(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<ListMembers>();
}

TEST_F(MembersTest, leader_runs_a_get_leader)
{
    EXPECT_EQ(members.leader(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<GetLeader>();
}

TEST_F(MembersTest, add_runs_an_add_member)
{
    EXPECT_EQ(members.add({"http://10.0.0.9:2380"}, hasty).error(), etcdpp::Errc::cancelled);
    EXPECT_THAT(spy.asked<AddMember>().peer_urls, ElementsAre("http://10.0.0.9:2380"));
}

TEST_F(MembersTest, update_runs_an_update_member)
{
    EXPECT_EQ(
        members.update("a1", {"http://10.0.0.9:2380"}, hasty).error(), etcdpp::Errc::cancelled);

    auto const op = spy.asked<UpdateMember>();
    EXPECT_EQ(op.id, "a1");
    EXPECT_THAT(op.peer_urls, ElementsAre("http://10.0.0.9:2380"));
}

TEST_F(MembersTest, remove_runs_a_remove_member)
{
    EXPECT_EQ(members.remove("a1", hasty).error(), etcdpp::Errc::cancelled);
    EXPECT_EQ(spy.asked<RemoveMember>().id, "a1");
}

TEST_F(MembersTest, are_copied_freely)
{
    static_assert(std::is_trivially_copyable_v<Members<SpyClient>>);
    auto const copy = members;

    EXPECT_FALSE(copy.list(hasty));
    spy.asked<ListMembers>();
}

}  // namespace
}  // namespace etcdpp::v2
