// SPDX-License-Identifier: BSL-1.0

//! @file
//! What many say of one cluster, and what follows where they do not agree.

#include "etcdpp/discovery/census.hpp"

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/member_world.hpp"
#include "tests/support/scripted_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace etcdpp::detail {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::at;
using tests::HasEffect;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOk;
using tests::MemberWorld;
using tests::ScriptedWorld;
using tests::these;

Census::Answer answer(std::string const& url, ClusterId const& cluster_id,
    std::optional<std::string> const& leader = {}, bool leads = false)
{
    auto named = std::optional<v2::Member>{};
    if (leader) { named = v2::Member{.id = *leader}; }
    return {at(url), {cluster_id, std::move(named)}, leads};
}

TEST(Census, is_of_one_cluster_if_all_say_the_same)
{
    EXPECT_THAT(Census{}.is_of_one_cluster(), IsOk());
    EXPECT_THAT((Census{.answers = {answer("http://a", "3cb9"), answer("http://b", "3cb9")}})
                    .is_of_one_cluster(),
        IsOk());
}

TEST(Census, names_the_endpoints_of_a_mixed_cluster_and_their_clusters)
{
    auto const mixed = Census{.answers = {answer("http://a", "3cb9"), answer("http://b", "3cb9"),
                                  answer("http://c", "7e")}};

    auto const refused = mixed.is_of_one_cluster();

    EXPECT_THAT(refused, IsError(DiscoveryErrc::mixed_clusters));
    EXPECT_THAT(refused, HasEffect(Effect::none));
    EXPECT_THAT(refused, HasFault(Fault::member));
    EXPECT_THAT(refused,
        HasWords("http://a:2379 is of cluster 3cb9, http://b:2379 is of cluster 3cb9, "
                 "http://c:2379 is of cluster 7e, so name the endpoints of one of them alone"));
}

TEST(Census, finds_the_leader_who_says_so_himself)
{
    auto const census = Census{
        .answers = {answer("http://a", "3cb9", "b2"), answer("http://b", "3cb9", "b2", true)}};

    EXPECT_EQ(census.leader(), at("http://b"));
}

TEST(Census, believes_no_rumour_of_a_leader)
{
    auto const census = Census{
        .answers = {answer("http://a", "3cb9", "c3"), answer("http://b", "3cb9", "c3")}};

    EXPECT_EQ(census.leader(), std::nullopt);
    EXPECT_EQ(Census{}.leader(), std::nullopt);
}

//! One that is cut off from the others leads, as it believes, until its election timeout.
TEST(Census, follows_the_majority_between_two_who_say_that_they_lead)
{
    auto const old = answer("http://a", "3cb9", "a1", true);
    auto const elected = answer("http://b", "3cb9", "b2", true);
    auto const follower = answer("http://c", "3cb9", "b2");

    EXPECT_EQ((Census{.answers = {old, elected, follower}}).leader(), at("http://b"));
    EXPECT_EQ((Census{.answers = {follower, elected, old}}).leader(), at("http://b"));
}

struct TakeCensus : testing::Test {
    MemberWorld world;
    ScriptedWorld time;
    Endpoints const endpoints = these("http://a,http://b,http://c");
    Client<MemberWorld, Sticky, Backoff, PocoJson, ScriptedWorld> client{
        Config{.endpoints = endpoints,
            .transport = world,
            .selector = Sticky::starting_at(0),
            .environment = time,
            .credentials = Credentials{.user = "root", .password = Secret{"open sesame"}}}};

    Result<Census> take(CallOptions const& call = {})
    {
        return take_census(
            client, {endpoints.begin(), endpoints.end()}, {}, client.terms(AskAllegiance{}, call));
    }

    static std::vector<Endpoint> answering(Census const& census)
    {
        auto list = std::vector<Endpoint>{};
        for (auto const& each : census.answers) { list.push_back(each.endpoint); }
        return list;
    }
};

TEST_F(TakeCensus, asks_everybody_once_without_credentials)
{
    world.make_cluster("3cb9", endpoints);

    auto const census = take();

    ASSERT_THAT(census, IsOk());
    EXPECT_THAT(answering(*census), ElementsAre(endpoints[0], endpoints[1], endpoints[2]));
    auto const asked = world.asked();
    EXPECT_THAT(asked, SizeIs(3));
    for (auto const& [endpoint, request] : asked) {
        EXPECT_EQ(request, http::Request{.target = "/v2/members/leader"});
    }
}

TEST_F(TakeCensus, tells_why_an_endpoint_gave_no_answer)
{
    world.make_cluster("3cb9", endpoints);
    world.silence("http://b");
    world["http://c"].error = Error{Errc::timed_out, {.words = "silent"}};

    auto const census = take();

    ASSERT_THAT(census, IsOk());
    EXPECT_THAT(answering(*census), ElementsAre(endpoints[0]));
    EXPECT_THAT(census->failures,
        ElementsAre(FailedAttempt{endpoints[1], make_error_code(Errc::unreachable), Effect::none,
                        "connection refused"},
            FailedAttempt{
                endpoints[2], make_error_code(Errc::timed_out), Effect::unknown, "silent"}));
}

TEST_F(TakeCensus, asks_a_leader_who_is_named_but_not_listed)
{
    world.make_cluster("3cb9", these("http://d"));
    world.make_cluster("3cb9", endpoints);
    auto const stranger = MemberWorld::Member{"d4", {"http://d"}};
    world.elect(stranger);

    auto const census = take();

    ASSERT_THAT(census, IsOk());
    EXPECT_EQ(census->leader(), at("http://d"));
}

TEST_F(TakeCensus, ends_even_if_each_answer_names_another_leader)
{
    world.make_cluster("3cb9", endpoints);
    auto named = 0;
    world.before_each([&](Endpoint const& endpoint, std::string const&) {
        auto const next = "http://etcd-" + std::to_string(++named);
        world[endpoint] = {.leader = MemberWorld::Member{"a1", {next}}};
    });

    EXPECT_THAT(take(), IsOk());
    EXPECT_LT(named, 1000);
}

TEST_F(TakeCensus, leaves_the_selector_where_it_is)
{
    world.make_cluster("3cb9", endpoints);
    ASSERT_TRUE(client.run(v2::ListMembers{}));
    world["http://a"].error = Error{Errc::timed_out};
    ASSERT_THAT(take(), IsOk());
    world["http://a"].error.reset();
    world.asked();

    ASSERT_TRUE(client.run(v2::ListMembers{}));

    EXPECT_EQ(world.count("http://a"), 1U);
}

TEST_F(TakeCensus, lets_the_observer_hear)
{
    world.make_cluster("3cb9", endpoints);
    world.silence("http://c");

    ASSERT_THAT(take(), IsOk());

    EXPECT_THAT(time.lines(),
        ElementsAre(HasSubstr("a:2379 answered"), HasSubstr("b:2379 answered"),
            HasSubstr("c:2379 failed")));
}

TEST_F(TakeCensus, ends_with_the_callers_time)
{
    world.make_cluster("3cb9", endpoints);
    world.before_each([&](Endpoint const&, std::string const&) { time.pass(600ms); });

    auto const census = take({.timeout = 1s});

    EXPECT_THAT(census, IsError(Errc::timed_out));
    EXPECT_THAT(census, HasFault(Fault::caller));
    EXPECT_THAT(world.asked(), SizeIs(2));
}

TEST_F(TakeCensus, ends_when_the_caller_stops_it)
{
    world.make_cluster("3cb9", endpoints);
    auto stop = std::stop_source{};
    world.before_each([&](Endpoint const&, std::string const&) { stop.request_stop(); });

    auto const census = take({.stop = stop.get_token()});

    EXPECT_THAT(census, IsError(Errc::cancelled));
    EXPECT_THAT(world.asked(), SizeIs(1));
}

}  // namespace
}  // namespace etcdpp::detail
