// SPDX-License-Identifier: BSL-1.0

//! @file
//! An ordinary client on a simulated cluster.

#include "etcdpp/sim/cluster.hpp"

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/transport/recording.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class ClusterTest : public testing::Test {
protected:
    using SimClient = Client<Transport, Sticky, Backoff, PocoJson, Environment>;

    Clock::duration elapsed() const { return cluster.now() - began; }

    Cluster cluster{3, 7};
    Clock::time_point began = cluster.now();
    SimClient client{Config{.endpoints = cluster.endpoints(),
        .transport = cluster.transport(),
        .selector = Sticky::starting_at(0)}};
    v2::Keys<SimClient> keys{client};
};

TEST_F(ClusterTest, serves_an_ordinary_client)
{
    auto const set = keys.set("/app/mode", "blue").value();
    auto const got = keys.get("/app/mode").value();

    EXPECT_EQ(set.action, v2::Action::set);
    EXPECT_EQ(got.node.value, "blue");
    EXPECT_EQ(got.index, set.index);
    EXPECT_EQ(cluster.value("/app/mode"), "blue");
}

TEST_F(ClusterTest, takes_time_but_no_real_one)
{
    auto const real = Clock::now();

    keys.set("/app/mode", "blue").value();
    EXPECT_GE(elapsed(), 2 * 100us);
    EXPECT_LT(elapsed(), 10ms);
    cluster.sleep_for(24h);

    EXPECT_GE(elapsed(), 24h);
    EXPECT_LT(Clock::now() - real, 1h);
}

TEST_F(ClusterTest, lives_in_its_own_time_behind_a_decorator_too)
{
    auto recorded = Client{Config{.endpoints = cluster.endpoints(),
        .transport = Recording{cluster.transport()},
        .selector = Sticky::starting_at(0)}};
    cluster.pause(0);

    EXPECT_TRUE(v2::Keys{recorded}.get("/app").error() == Condition::not_found);

    EXPECT_GE(elapsed(), 1s) << "the silence of the first member was virtual";
}

TEST_F(ClusterTest, fails_over_when_the_member_in_use_dies)
{
    keys.set("/app/mode", "blue").value();
    cluster.kill(0);

    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
    EXPECT_TRUE(keys.set("/app/mode", "red"));
}

TEST_F(ClusterTest, tells_that_a_write_may_have_been_carried_out_when_it_was)
{
    cluster.elect(0);
    cluster.on(nth_write(3)).leader_dies_after_apply();

    keys.create("/app/1", "a").value();
    keys.create("/app/2", "b").value();
    auto const third = keys.create("/app/3", "c");

    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().effect(), Effect::unknown);
    EXPECT_EQ(cluster.value("/app/3"), "c");
}

TEST_F(ClusterTest, repeats_a_create_whose_connection_was_refused)
{
    cluster.on(nth_write(1)).is_refused();

    EXPECT_TRUE(keys.create("/app/mode", "blue"));
}

TEST_F(ClusterTest, carries_out_what_was_sent_before_the_reply_was_lost)
{
    cluster.on(nth_write(1)).gets_no_reply();

    auto const created = keys.create("/app/mode", "blue");

    EXPECT_EQ(created.error().effect(), Effect::unknown);
    EXPECT_EQ(cluster.value("/app/mode"), "blue");
    EXPECT_GE(elapsed(), 2500ms) << "the silence allowed to a write";
}

TEST_F(ClusterTest, carries_out_nothing_of_a_request_that_is_lost)
{
    cluster.on(nth_write(1)).is_lost();

    EXPECT_EQ(keys.create("/app/mode", "blue").error().effect(), Effect::unknown);
    EXPECT_EQ(cluster.value("/app/mode"), std::nullopt);
}

TEST_F(ClusterTest, carries_out_twice_what_arrives_twice)
{
    cluster.on(nth_write(1)).arrives_twice();

    keys.create_in_order("/queue", "job").value();
    cluster.sleep_for(1s);

    EXPECT_EQ(keys.get("/queue").value().node.nodes.size(), 2U);
}

TEST_F(ClusterTest, breaks_replies_in_every_way)
{
    keys.set("/app/mode", "blue").value();
    auto const broken = [&](auto story) {
        story(cluster.on(nth_read(1)));
        auto once = Client{Config{.endpoints = cluster.endpoints(),
            .transport = cluster.transport(),
            .selector = Sticky::starting_at(0)}};
        return v2::Keys{once}.get("/app/mode").value().node.value;
    };

    EXPECT_EQ(broken([](Story story) { story.stalls_in_head(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.stalls_in_body(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_truncated(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_corrupted(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_no_http(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_reset(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_reset_after_apply(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.hangs_in_connect(); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_answered(503); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.is_delayed(100ms); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.gets_its_reply_late(100ms); }), "blue");
    EXPECT_EQ(broken([](Story story) { story.member_dies_before_apply(); }), "blue");
}

TEST_F(ClusterTest, redirects_to_another_member)
{
    keys.set("/app/mode", "blue").value();
    cluster.on(nth_read(1)).is_redirected_to(1);

    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
}

TEST_F(ClusterTest, lets_befall_the_next_request_what_is_told_by_time)
{
    keys.set("/app/mode", "blue").value();
    cluster.on(at_time(5s)).gets_no_reply();
    EXPECT_TRUE(keys.create("/app/a", "x"));
    cluster.sleep_for(5s);

    EXPECT_FALSE(keys.create("/app/b", "x"));
    EXPECT_TRUE(keys.create("/app/c", "x"));
}

TEST_F(ClusterTest, answers_from_the_past_at_a_member_that_lags_unless_asked_for_a_quorum)
{
    cluster.elect(1);
    keys.set("/app/mode", "blue").value();
    cluster.sleep_for(1s);
    cluster.lag(0, 10s);
    auto const other = std::make_unique<SimClient>(Config{.endpoints = cluster.endpoints(),
        .transport = cluster.transport(),
        .selector = Sticky::starting_at(1)});
    v2::Keys{*other}.set("/app/mode", "red").value();

    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
    EXPECT_EQ(v2::Keys{*other}.get("/app/mode", {.quorum = true}).value().node.value, "red");
}

TEST_F(ClusterTest, elects_a_leader_within_two_seconds_of_losing_one)
{
    cluster.kill(cluster.leader().value());
    EXPECT_EQ(cluster.leader(), std::nullopt);

    cluster.sleep_for(2100ms);
    EXPECT_TRUE(cluster.leader());
}

TEST_F(ClusterTest, answers_500_after_seven_seconds_without_a_majority)
{
    cluster.elect(0);
    cluster.partition({{0}});
    auto const created = keys.create(
        "/app/mode", "blue", {}, {.timeout = 20s, .attempt_timeout = 10s});

    EXPECT_EQ(created.error().effect(), Effect::unknown);
    EXPECT_EQ(created.error().status(), 500);
    EXPECT_GE(elapsed(), 7s);
    EXPECT_LT(elapsed(), 8s);
}

TEST_F(ClusterTest, harms_nobody_any_more_once_it_is_calm)
{
    cluster.elect(0);
    cluster.on(nth_write(1)).leader_freezes_after_apply();
    cluster.on(nth_write(2)).kills(0);
    cluster.pause(1);
    cluster.pause(2);
    ASSERT_FALSE(keys.create("/app/mode", "blue", {}, {.timeout = 500ms}));

    cluster.calm();
    cluster.sleep_for(10s);

    EXPECT_EQ(cluster.value("/app/mode"), "blue") << "it was carried out late\n" << cluster;
    EXPECT_TRUE(cluster.leader()) << cluster;
    EXPECT_TRUE(keys.set("/app/mode", "red")) << cluster;
}

TEST_F(ClusterTest, is_calm_also_for_the_requests_of_a_later_time)
{
    cluster.on(at_time(5s)).is_answered(503);

    cluster.calm();
    cluster.sleep_for(10s);

    EXPECT_TRUE(keys.create("/app/mode", "blue")) << cluster;
}

TEST_F(ClusterTest, expires_keys_on_a_tick_of_half_a_second)
{
    keys.set("/app/lock", "me", {.ttl = 1s}).value();

    cluster.sleep_for(900ms);
    EXPECT_TRUE(keys.get("/app/lock"));
    cluster.sleep_for(700ms);
    EXPECT_TRUE(keys.get("/app/lock").error() == Condition::not_found);
}

TEST_F(ClusterTest, counts_lifetimes_by_the_clocks_of_its_members)
{
    cluster.elect(0);
    keys.set("/app/lock", "me", {.ttl = 100s}).value();

    cluster.jump_clock(0, 200s);
    cluster.sleep_for(600ms);

    EXPECT_TRUE(keys.get("/app/lock").error() == Condition::not_found);
}

TEST_F(ClusterTest, forgets_its_history_on_demand)
{
    auto const index = keys.set("/app/mode", "blue").value().index;
    cluster.overflow_history();
    cluster.sleep_for(1s);

    auto const reply = cluster.transport().send(
        cluster.endpoint(0), {.target = "/v2/keys/app/mode?wait=true&waitIndex=1"}, {});

    EXPECT_THAT(reply.value().body, HasSubstr("\"errorCode\":401"));
    EXPECT_GT(index, Index{});
}

TEST_F(ClusterTest, tells_a_watch_what_happens)
{
    auto watch = keys.watch("/app", {.recursive = true});
    cluster.spawn([&] {
        auto other = Client{
            Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()}};
        cluster.sleep_for(5s);
        v2::Keys{other}.set("/app/mode", "blue").value();
    });

    auto const event = watch.next({.timeout = 1min}).value();

    EXPECT_EQ(event.node.value, "blue");
    EXPECT_GE(elapsed(), 5s);
    EXPECT_LT(elapsed(), 6s);
}

TEST_F(ClusterTest, keeps_a_watch_whole_when_its_member_dies)
{
    auto watch = keys.watch("/app", {.recursive = true});
    cluster.on(at_time(3s)).kills(0);
    cluster.spawn([&] {
        auto other = Client{Config{.endpoints = cluster.endpoints(),
            .transport = cluster.transport(),
            .repeat_overwrites = true}};
        for (auto i = 0; i != 10; ++i) {
            cluster.sleep_for(1s);
            v2::Keys{other}.set("/app/" + std::to_string(i), "x").value();
        }
    });

    for (auto i = 0; i != 10; ++i) {
        EXPECT_EQ(watch.next({.timeout = 1min}).value().node.key, "/app/" + std::to_string(i));
    }
}

TEST_F(ClusterTest, ends_a_call_that_another_actor_stops)
{
    auto stop = std::stop_source{};
    cluster.pause(0);
    cluster.pause(1);
    cluster.pause(2);
    cluster.spawn([&] {
        cluster.sleep_for(300ms);
        stop.request_stop();
    });

    EXPECT_TRUE(keys.get("/app", {}, {.stop = stop.get_token()}).error() == Condition::cancelled);
    EXPECT_EQ(elapsed(), 300ms);
}

TEST_F(ClusterTest, lets_actors_and_stories_change_what_they_hold)
{
    auto heard = std::vector<int>{};
    cluster.spawn([&heard, n = 1]() mutable { heard.push_back(n++); });
    cluster.on(at_time(1s)).does([&heard, n = 2]() mutable { heard.push_back(n++); });
    cluster.join();
    cluster.sleep_for(2s);

    EXPECT_EQ(heard, (std::vector{1, 2}));
}

TEST_F(ClusterTest, throws_in_join_what_an_actor_has_thrown)
{
    cluster.spawn([&] { keys.get("/nothing").value(); });

    EXPECT_THROW(cluster.join(), Exception);
}

TEST_F(ClusterTest, shows_its_seed_and_what_happened)
{
    cluster.on(nth_write(1)).is_refused();
    keys.set("/app/mode", "blue").value();

    auto const shown = (std::ostringstream{} << cluster).str();

    EXPECT_THAT(shown, HasSubstr("ETCDPP_SEED=7"));
    EXPECT_THAT(shown, HasSubstr("is refused"));
    EXPECT_THAT(shown, HasSubstr("PUT m0: /v2/keys/app/mode"));
}

TEST(Cluster, repeats_a_run_by_its_seed)
{
    auto const run = [](std::uint64_t seed) {
        auto cluster = Cluster{3, seed};
        cluster.on(nth_write(5)).leader_dies_after_apply();
        cluster.on(at_time(20s)).heals();
        for (auto actor = 0; actor != 3; ++actor) {
            cluster.spawn([&cluster, actor] {
                auto client = Client{
                    Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()}};
                auto const key = "/app/" + std::to_string(actor);
                for (auto i = 0; i != 10; ++i) {
                    std::ignore = v2::Keys{client}.set(key, "x", {.ttl = 10s});
                    cluster.sleep_for(1s);
                }
            });
        }
        cluster.join();
        return (std::ostringstream{} << cluster.fingerprint() << cluster.trace()).str();
    };

    EXPECT_EQ(run(1), run(1));
    EXPECT_NE(run(1), run(2));
}

}  // namespace
}  // namespace etcdpp::sim
