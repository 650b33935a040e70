// SPDX-License-Identifier: BSL-1.0

//! @file
//! Who leads, as the leader himself confirms, and what a selector hears of it.

#include "etcdpp/discovery/find_leader.hpp"

#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/leader_first.hpp"
#include "etcdpp/v2/members.hpp"
#include "tests/support/discovery_client.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct FindLeader : WithMembers {};

TEST_F(FindLeader, finds_it_and_tells_the_selector)
{
    EXPECT_THAT(find_leader(client), IsOkAnd(at("http://a")));

    EXPECT_THAT(heard->leaders, ElementsAre(at("http://a")));
}

TEST_F(FindLeader, needs_no_selector_that_wants_to_hear)
{
    auto deaf = Client{Config{.endpoints = endpoints, .transport = world, .environment = time}};

    EXPECT_THAT(find_leader(deaf), IsOkAnd(at("http://a")));
}

TEST_F(FindLeader, does_not_believe_those_who_still_name_one_that_died)
{
    world.silence("http://a");
    auto elections = 0;
    time.while_asleep([&] {
        if (++elections == 3) { world.elect(MemberWorld::Member{"b2", {"http://b"}}); }
    });

    auto const leader = find_leader(client);

    EXPECT_THAT(leader, IsOkAnd(at("http://b")));
    EXPECT_THAT(
        heard->leaders, ElementsAre(std::nullopt, std::nullopt, std::nullopt, at("http://b")));
    EXPECT_THAT(time.slept(), ElementsAre(100ms, 100ms, 100ms));
}

TEST_F(FindLeader, waits_for_an_election_up_to_the_calls_deadline)
{
    world.elect(std::nullopt);

    auto const leader = find_leader(client, {}, {.timeout = 1s});

    EXPECT_THAT(leader, IsError(Errc::timed_out));
    EXPECT_THAT(leader, HasEffect(Effect::none));
    EXPECT_THAT(leader, HasFault(Fault::caller));
    EXPECT_THAT(leader, HasWords(HasSubstr("none of the 3 members that answered")));
    EXPECT_LE(time.now(), Clock::time_point{1h + 1s});
    EXPECT_THAT(heard->leaders, Each(std::nullopt));
}

TEST_F(FindLeader, gives_up_at_once_if_nobody_answers)
{
    for (auto const* const url : {"http://a", "http://b", "http://c"}) { world.silence(url); }

    auto const leader = find_leader(client);

    EXPECT_THAT(leader, IsError(Errc::exhausted));
    EXPECT_THAT(leader, IsError(Condition::unavailable));
    EXPECT_THAT(leader.error().attempts(),
        ElementsAre(Field(&FailedAttempt::endpoint, endpoints[0]),
            Field(&FailedAttempt::endpoint, endpoints[1]),
            Field(&FailedAttempt::endpoint, endpoints[2])));
    EXPECT_THAT(time.slept(), IsEmpty());
    EXPECT_THAT(heard->leaders, IsEmpty()) << "of that it knows nothing";
}

TEST_F(FindLeader, refuses_a_mixed_cluster)
{
    world["http://b"].cluster_id = "7e";

    EXPECT_THAT(find_leader(client), IsError(DiscoveryErrc::mixed_clusters));
    EXPECT_THAT(heard->leaders, IsEmpty());
}

TEST_F(FindLeader, finds_one_that_the_client_does_not_know)
{
    client.set_endpoints(these("http://c"));

    EXPECT_THAT(find_leader(client), IsOkAnd(at("http://a")));
}

TEST_F(FindLeader, finds_it_where_the_way_there_is_rewritten)
{
    world.make_cluster("3cb9", these("http://10.0.0.1,http://10.0.0.2"));
    world["http://proxy:1"] = world["http://10.0.0.1"];
    world["http://proxy:2"] = world["http://10.0.0.2"];
    client.set_endpoints(these("http://proxy:1,http://proxy:2"));
    auto const through_the_proxy = [](v2::Member const& member, Endpoint const&) {
        return std::optional{at("http://proxy:" + member.id.substr(1))};
    };

    EXPECT_THAT(find_leader(client, {.rewrite = through_the_proxy}), IsOkAnd(at("http://proxy:1")));
}

TEST_F(FindLeader, stops_when_the_caller_stops_it)
{
    world.elect(std::nullopt);
    auto stop = std::stop_source{};
    time.while_asleep([&] { stop.request_stop(); });

    EXPECT_THAT(find_leader(client, {}, {.stop = stop.get_token()}), IsError(Errc::cancelled));

    EXPECT_THAT(time.stops(), ElementsAre(stop.get_token()));
}

TEST_F(FindLeader, lets_leader_first_go_there)
{
    auto led = Client{Config{.endpoints = endpoints,
        .transport = world,
        .selector = LeaderFirst{},
        .environment = time}};
    world.elect(MemberWorld::Member{"c3", {"http://c"}});
    ASSERT_THAT(find_leader(led), IsOk());
    world.asked();

    for (auto i = 0; i != 3; ++i) { ASSERT_THAT(v2::Members{led}.list(), IsOk()); }

    EXPECT_EQ(world.count("http://c"), 3U);
}

}  // namespace
}  // namespace etcdpp::tests
