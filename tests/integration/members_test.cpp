// SPDX-License-Identifier: BSL-1.0

//! @file
//! The members of a real cluster: listed, added, moved, removed, and led.

#include "etcdpp/v2/members.hpp"

#include "tests/integration/on_cluster.hpp"
#include "tests/support/free_port.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAreArray;
using v2::AdminErrc;
using v2::Member;

using Members = v2::Members<Client<>>;

std::string client_url(Member const& member)
{
    return member.client_urls.empty() ? "" : member.client_urls.front();
}

// Questions.

struct MembersOnCluster : OnCluster {
    Members members{client};
};

TEST_F(MembersOnCluster, are_listed_with_where_they_serve_clients)
{
    auto const list = members.list();

    ASSERT_THAT(list, IsOk());
    auto urls = std::vector<std::string>{};
    for (auto const& each : *list) {
        EXPECT_THAT(each.id, Not(IsEmpty()));
        EXPECT_THAT(each.peer_urls, SizeIs(1));
        urls.push_back(client_url(each));
    }
    EXPECT_THAT(urls, UnorderedElementsAreArray(cluster.urls()));
}

TEST_F(MembersOnCluster, name_their_leader)
{
    auto const leader = members.leader();

    ASSERT_THAT(leader, IsOk());
    EXPECT_EQ(client_url(*leader), cluster.url(cluster.wait_for_leader()));
}

//! For a while they go on naming the one that died.
TEST_F(MembersOnCluster, name_another_leader_when_theirs_is_dead)
{
    auto const dead = cluster.wait_for_leader();
    cluster.kill(dead);

    auto leader = Result<Member>{unexpected(Error{Errc::cancelled})};
    EXPECT_TRUE(becomes_true(
        [&] {
            leader = members.leader();
            return leader && client_url(*leader) != cluster.url(dead);
        },
        20s));

    ASSERT_THAT(leader, IsOk());
    EXPECT_EQ(client_url(*leader), cluster.url(cluster.wait_for_leader()));
}

//! Whoever is left answers the one by himself, and cannot answer the other.
TEST_F(MembersOnCluster, are_listed_without_a_quorum_but_not_led)
{
    cluster.kill(0);
    cluster.kill(1);
    ASSERT_TRUE(becomes_true(
        [&] { return cluster.witness(2).get("/v2/members/leader").status == 503; }, 10s));

    EXPECT_THAT(members.list(), IsOkAnd(SizeIs(3)));

    auto const leader = members.leader({.timeout = 1s});
    ASSERT_FALSE(leader);
    EXPECT_THAT(leader, HasEffect(Effect::none));
    EXPECT_THAT(leader.error().attempts(),
        Contains(Field(&FailedAttempt::code, make_error_code(AdminErrc::no_leader))));
}

// Changes, in a cluster of their own.

class MemberChanges : public testing::Test {
protected:
    static void SetUpTestSuite() { cluster = std::make_unique<EtcdCluster>(3); }
    static void TearDownTestSuite() { cluster.reset(); }

    //! etcd refuses changes until its members have been connected for 5 s, and does not say so.
    template <class Change>
    static auto settled(Change&& change)
    {
        auto result = change();
        becomes_true(
            [&] {
                auto const too_early = !result
                    && result.error().words().find("Internal Server Error") != std::string::npos;
                if (too_early) { result = change(); }
                return !too_early;
            },
            20s);
        return result;
    }

    void SetUp() override
    {
        for (auto const& each : members.list().value()) {
            if (each.client_urls.empty()) {
                settled([&] { return members.remove(each.id); }).value();
            }
        }
    }

    Result<Member> add(std::string const& peer_url)
    {
        return settled([&] { return members.add({peer_url}); });
    }

    static Testimony everybody() { return cluster->witness(0).get("/v2/members"); }

    static inline std::unique_ptr<EtcdCluster> cluster;

    Client<> client{Config{.endpoints = endpoints_of(*cluster)}};
    Members members{client};

    // Nobody listens there: these members never start.
    FreePort one;
    FreePort other;
    std::string const nowhere = "http://127.0.0.1:" + std::to_string(one.number());
    std::string const elsewhere = "http://127.0.0.1:" + std::to_string(other.number());
};

TEST_F(MemberChanges, add_a_member_that_has_yet_to_start)
{
    auto const added = add(nowhere);

    ASSERT_THAT(added, IsOk());
    EXPECT_THAT(*added, (Member{.id = added->id, .peer_urls = {nowhere}}));
    EXPECT_THAT(everybody().body, HasSubstr("\"id\":\"" + added->id + '"'));
    EXPECT_THAT(members.list(), IsOkAnd(Contains(*added)));
}

//! Beside a member that has not started yet, etcd 3.4 adds none at all: it is not connected.
TEST_F(MemberChanges, add_nobody_twice)
{
    auto const somebody = members.list().value().front();

    auto const again = settled([&] { return members.add(somebody.peer_urls); });

    EXPECT_THAT(again, IsError(AdminErrc::already_exists));
    EXPECT_THAT(again, IsError(Condition::already_exists));
    EXPECT_THAT(again, HasEffect(Effect::none));
    EXPECT_THAT(members.list(), IsOkAnd(SizeIs(3)));
}

TEST_F(MemberChanges, add_nobody_at_what_is_no_url)
{
    auto const refused = members.add({"bad"});

    EXPECT_THAT(refused, IsError(AdminErrc::bad_request));
    EXPECT_THAT(refused, HasFault(Fault::request));
    EXPECT_THAT(refused, HasWords(HasSubstr("URL scheme must be http")));
    EXPECT_THAT(members.add({}), IsError(AdminErrc::bad_request));
}

TEST_F(MemberChanges, give_a_member_other_peer_urls)
{
    auto const added = add(nowhere).value();

    ASSERT_THAT(members.update(added.id, {elsewhere}), IsOk());

    EXPECT_THAT(
        members.list(), IsOkAnd(Contains(Field(&Member::peer_urls, ElementsAre(elsewhere)))));
    EXPECT_TRUE(
        becomes_true([&] { return everybody().body.find(nowhere) == std::string::npos; }, 10s));
}

TEST_F(MemberChanges, give_nobody_the_peer_url_of_another)
{
    auto const added = add(nowhere).value();
    auto const all = members.list().value();
    auto const& another = all.front().id == added.id ? all.back() : all.front();

    auto const refused = settled([&] { return members.update(added.id, another.peer_urls); });

    EXPECT_THAT(refused, IsError(AdminErrc::already_exists));
    EXPECT_THAT(refused, HasFault(Fault::request));
    EXPECT_THAT(members.list(), IsOkAnd(Contains(added)));
}

TEST_F(MemberChanges, remove_a_member_once_and_for_all)
{
    auto const added = add(nowhere).value();

    ASSERT_THAT(settled([&] { return members.remove(added.id); }), IsOk());
    auto const again = members.remove(added.id);

    EXPECT_THAT(members.list(), IsOkAnd(SizeIs(3)));
    EXPECT_THAT(again, IsError(AdminErrc::removed));
    EXPECT_THAT(again, IsError(Condition::not_found));
    EXPECT_THAT(again, HasWords("Member permanently removed: " + added.id));
}

TEST_F(MemberChanges, find_no_member_that_never_was)
{
    auto const patient = CallOptions{.timeout = 30s, .attempt_timeout = 15s};

    EXPECT_THAT(members.remove("abc", patient),
        AllOf(IsError(AdminErrc::not_found), HasWords("No such member: abc")));
    EXPECT_THAT(members.update("abc", {elsewhere}, patient), IsError(AdminErrc::not_found));
    EXPECT_THAT(members.remove("no number", patient), IsError(AdminErrc::not_found));
}

//! WIRE 0.14: one body for a refusal at once and for a time-out after 7 s.
TEST_F(MemberChanges, may_be_carried_out_after_all_if_etcd_gives_no_reason)
{
    auto const id = members.list().value().back().id;
    cluster->kill(0);
    cluster->kill(1);
    ASSERT_TRUE(becomes_true(
        [&] { return cluster->witness(2).get("/v2/members/leader").status == 503; }, 10s));
    auto survivor = Client{Config{.endpoints = Endpoints::parse(cluster->url(2)).value()}};

    auto const patient = CallOptions{.timeout = 15s, .attempt_timeout = 12s};
    auto const removed = Members{survivor}.remove(id, patient);
    cluster->heal();

    ASSERT_FALSE(removed);
    EXPECT_THAT(removed, HasEffect(Effect::unknown));
    EXPECT_THAT(removed, HasWords(HasSubstr("may still be carried out")));
    EXPECT_THAT(removed.error().attempts(),
        ElementsAre(Field(&FailedAttempt::code, make_error_code(AdminErrc::internal))));
}

}  // namespace
}  // namespace etcdpp::tests
