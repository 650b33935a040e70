// SPDX-License-Identifier: BSL-1.0

//! @file
//! A client takes the cluster's own list of members, unless what it knows is better.

#include "etcdpp/discovery/sync.hpp"

#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "tests/support/discovery_client.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>
#include <stop_token>
#include <string>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Sync : WithMembers {
    //! The cluster now has these members, all of whom answer.
    void become(std::string const& urls) { world.make_cluster("3cb9", these(urls)); }

    //! After any failure.
    void expect_no_change()
    {
        EXPECT_EQ(client.endpoints(), endpoints);
        EXPECT_THAT(heard->members, IsEmpty());
    }
};

TEST_F(Sync, takes_a_member_that_was_added)
{
    become("http://a,http://b,http://c,http://d");

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_TRUE(synced->changed);
    EXPECT_EQ(synced->endpoints, these("http://a,http://b,http://c,http://d"));
    EXPECT_EQ(synced->cluster_id, "3cb9");
    EXPECT_EQ(client.endpoints(), synced->endpoints);
    EXPECT_THAT(heard->members, ElementsAre(synced->endpoints));
}

TEST_F(Sync, drops_a_member_that_was_removed)
{
    become("http://a,http://c");
    world.silence("http://b");

    ASSERT_THAT(sync(client), IsOk());

    EXPECT_EQ(client.endpoints(), these("http://a,http://c"));
}

TEST_F(Sync, keeps_a_member_that_is_down)
{
    world.silence("http://b");

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_FALSE(synced->changed);
    EXPECT_EQ(client.endpoints(), endpoints);
}

TEST_F(Sync, finds_the_whole_cluster_from_one_of_its_members)
{
    client.set_endpoints(these("http://b"));

    ASSERT_THAT(sync(client), IsOk());

    EXPECT_EQ(client.endpoints(), endpoints);
}

TEST_F(Sync, changes_nothing_if_the_members_are_the_same_in_another_order)
{
    become("http://c,http://a,http://b");

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_FALSE(synced->changed);
    EXPECT_EQ(synced->endpoints, endpoints);
    expect_no_change();
}

TEST_F(Sync, leaves_a_client_at_the_member_it_uses)
{
    world["http://a"].error = Error{Errc::timed_out};
    ASSERT_TRUE(client.run(v2::ListMembers{})) << "now at b";
    world["http://a"].error.reset();
    become("http://d,http://a,http://b");

    ASSERT_THAT(sync(client), IsOk());
    world.asked();
    ASSERT_TRUE(client.run(v2::ListMembers{}));

    EXPECT_EQ(world.count("http://b"), 1U);
}

TEST_F(Sync, passes_over_members_that_have_not_started)
{
    for (auto const& each : endpoints) { world[each].members.push_back({"d4", {}}); }

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_FALSE(synced->changed);
}

TEST_F(Sync, says_which_urls_it_left_out)
{
    for (auto const& each : endpoints) { world[each].members.push_back({"d4", {"unix://d:0"}}); }

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_THAT(synced->left_out, ElementsAre(HasSubstr("\"unix://d:0\"")));
}

TEST_F(Sync, never_replaces_what_it_knows_by_nothing)
{
    for (auto const& each : endpoints) { world[each].members = {}; }

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(DiscoveryErrc::no_endpoints));
    EXPECT_THAT(synced, HasEffect(Effect::none));
    expect_no_change();
}

TEST_F(Sync, says_why_nothing_in_a_list_can_be_used)
{
    for (auto const& each : endpoints) { world[each].members = {{"a1", {"unix://a:0"}}}; }

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(DiscoveryErrc::no_endpoints));
    EXPECT_THAT(synced,
        HasWords("of 1 members none has a client URL that can be used; endpoint "
                 "\"unix://a:0\": the scheme must be http or https"));
    expect_no_change();
}

TEST_F(Sync, refuses_more_endpoints_than_a_client_can_have)
{
    auto crowd = std::vector<MemberWorld::Member>{};
    for (auto i = 0; i != 65; ++i) { crowd.push_back({"a1", {"http://h" + std::to_string(i)}}); }
    for (auto const& each : endpoints) { world[each].members = crowd; }

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(DiscoveryErrc::no_endpoints));
    EXPECT_THAT(synced, HasWords("more than 64 endpoints are given"));
    expect_no_change();
}

//! Behind NAT the members are where they say, but not for this client.
TEST_F(Sync, never_replaces_endpoints_that_answer_by_some_of_which_none_does)
{
    for (auto const& each : endpoints) {
        world[each].members = {{"a1", {"http://10.0.0.1"}}, {"b2", {"http://10.0.0.2"}}};
    }

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(DiscoveryErrc::out_of_reach));
    EXPECT_THAT(synced, IsError(Condition::unavailable));
    EXPECT_THAT(synced, HasWords(HasSubstr("http://10.0.0.1:2379,http://10.0.0.2:2379")));
    EXPECT_THAT(synced, HasWords(HasSubstr("SyncOptions::rewrite")));
    EXPECT_THAT(synced.error().attempts(),
        ElementsAre(Field(&FailedAttempt::endpoint, at("http://10.0.0.1")),
            Field(&FailedAttempt::endpoint, at("http://10.0.0.2"))));
    expect_no_change();
}

TEST_F(Sync, takes_the_members_where_a_rewrite_says_they_are)
{
    for (auto const& each : endpoints) {
        world[each].members = {{"a1", {"http://10.0.0.1"}}, {"b2", {"http://10.0.0.2"}}};
        world[each].leader = world[each].members[1];
    }
    auto const here = [](v2::Member const& member, Endpoint const&) {
        return std::optional{at(member.id == "a1" ? "http://a" : "http://b")};
    };

    auto const synced = sync(client, {.rewrite = here});

    ASSERT_THAT(synced, IsOk());
    EXPECT_EQ(client.endpoints(), these("http://a,http://b"));
    EXPECT_EQ(synced->leader, at("http://b"));
}

TEST_F(Sync, leaves_out_whom_a_filter_leaves_out)
{
    auto const but_c = [](v2::Member const&, Endpoint const& endpoint) {
        return endpoint.host == "c" ? std::nullopt : std::optional{endpoint};
    };

    ASSERT_THAT(sync(client, {.rewrite = but_c}), IsOk());

    EXPECT_EQ(client.endpoints(), these("http://a,http://b"));
}

TEST_F(Sync, keeps_the_list_if_a_filter_leaves_out_everybody)
{
    auto const nobody = [](v2::Member const&, Endpoint const&) -> std::optional<Endpoint> {
        return std::nullopt;
    };

    EXPECT_THAT(sync(client, {.rewrite = nobody}), IsError(DiscoveryErrc::no_endpoints));
    expect_no_change();
}

TEST_F(Sync, refuses_what_it_was_given_if_that_is_of_different_clusters)
{
    world.make_cluster("7e", these("http://b"));

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(DiscoveryErrc::mixed_clusters));
    EXPECT_THAT(synced, HasWords(HasSubstr("http://b:2379 is of cluster 7e, ")));
    EXPECT_THAT(synced, HasWords(HasSubstr("http://a:2379 is of cluster 3cb9, ")));
    expect_no_change();
    EXPECT_THAT(heard->leaders, IsEmpty());
}

TEST_F(Sync, refuses_a_list_that_leads_to_another_cluster)
{
    become("http://a,http://b,http://c,http://d");
    world["http://d"].cluster_id = "7e";

    EXPECT_THAT(sync(client), IsError(DiscoveryErrc::mixed_clusters));
    expect_no_change();
}

TEST_F(Sync, sends_credentials_to_nobody_that_is_only_listed)
{
    auto with_credentials = Client{Config{.endpoints = these("http://a"),
        .transport = world,
        .environment = time,
        .credentials = Credentials{.user = "root", .password = Secret{"open sesame"}}}};

    ASSERT_THAT(sync(with_credentials), IsOk());

    for (auto const& [endpoint, request] : world.asked()) {
        if (endpoint != at("http://a")) {
            EXPECT_EQ(request.headers.find("Authorization"), std::nullopt) << endpoint;
        }
    }
}

TEST_F(Sync, never_leads_from_https_to_http)
{
    world.make_cluster("3cb9", these("https://a,https://b"));
    for (auto const& each : these("https://a,https://b")) {
        world[each].members = {{"a1", {"http://a", "https://a"}}, {"b2", {"http://b"}}};
    }
    client.set_endpoints(these("https://a,https://b"));
    world.asked();

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_EQ(client.endpoints(), these("https://a"));
    EXPECT_THAT(synced->left_out,
        ElementsAre(HasSubstr("\"http://a:2379\": this client knows https"),
            HasSubstr("\"http://b:2379\"")));
    for (auto const& [endpoint, request] : world.asked()) {
        EXPECT_EQ(endpoint.scheme, Scheme::https);
    }
}

TEST_F(Sync, tells_a_selector_who_leads)
{
    world.elect(MemberWorld::Member{"c3", {"http://c"}});

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_EQ(synced->leader, at("http://c"));
    EXPECT_THAT(heard->leaders, ElementsAre(at("http://c")));
}

TEST_F(Sync, succeeds_without_a_leader_and_says_so_at_once)
{
    world.elect(std::nullopt);

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    EXPECT_EQ(synced->leader, std::nullopt);
    EXPECT_THAT(heard->leaders, ElementsAre(std::nullopt));
    EXPECT_THAT(time.slept(), IsEmpty());
}

TEST_F(Sync, fails_as_a_call_does_if_nobody_gives_a_list)
{
    for (auto const& each : endpoints) { world.silence(to_string(each)); }

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(Errc::exhausted));
    expect_no_change();
}

TEST_F(Sync, is_over_at_the_calls_deadline_whatever_it_was_about)
{
    world.before_each([&](Endpoint const&, std::string const&) { time.pass(400ms); });

    auto const synced = sync(client, {}, {.timeout = 1s});

    EXPECT_THAT(synced, IsError(Errc::timed_out));
    EXPECT_THAT(synced, HasFault(Fault::caller));
    EXPECT_LE(time.now(), Clock::time_point{1h + 1200ms});
    expect_no_change();
}

TEST_F(Sync, stops_when_the_caller_stops_it)
{
    auto stop = std::stop_source{};
    world.before_each([&](Endpoint const&, std::string const& target) {
        if (target == "/v2/members/leader") { stop.request_stop(); }
    });

    EXPECT_THAT(sync(client, {}, {.stop = stop.get_token()}), IsError(Errc::cancelled));

    expect_no_change();
}

TEST_F(Sync, needs_no_selector_that_wants_to_hear)
{
    auto deaf = Client{Config{.endpoints = these("http://b"),
        .transport = world,
        .selector = RoundRobin{},
        .environment = time}};

    ASSERT_THAT(sync(deaf), IsOk());

    EXPECT_EQ(deaf.endpoints(), endpoints);
}

TEST(Synced, prints_on_one_line)
{
    auto synced = Synced{.endpoints = these("http://a,http://b"), .cluster_id = "3cb9"};
    auto const printed = [&] { return (std::ostringstream{} << synced).str(); };

    EXPECT_EQ(printed(), "cluster 3cb9: http://a:2379,http://b:2379, without a leader");

    synced.leader = at("http://b");
    synced.left_out = {"endpoint \"x\": has no scheme"};
    EXPECT_EQ(printed(),
        "cluster 3cb9: http://a:2379,http://b:2379, led by http://b:2379; left out: endpoint "
        "\"x\": has no scheme");
}

}  // namespace
}  // namespace etcdpp::tests
