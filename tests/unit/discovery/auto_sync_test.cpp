// SPDX-License-Identifier: BSL-1.0

//! @file
//! The loop that syncs: when it does, what wakes it, and what ends it.

#include "etcdpp/discovery/auto_sync.hpp"

#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/support/discovery_client.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

//! A question that no member here can answer.
struct Refused {
    using Reply = void;

    static Result<http::Request> encode() { return http::Request{.target = "/nowhere"}; }

    static Result<void> read(PocoJson const&, http::Response const&)
    {
        return unexpected(Error{Errc::not_etcd, {.effect = Effect::none}});
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

struct AutoSync : WithMembers {
    //! A loop that is stopped in its n-th sleep, and acts in those before.
    Result<void> run(std::size_t sleeps, AutoSyncOptions options = {})
    {
        options.on_sync = [this](Result<Synced> const& synced) { told.push_back(synced); };
        time.while_asleep([this, sleeps] {
            auto const count = time.slept().size();
            if (count == sleeps) { stop.request_stop(); }
            if (act) { act(count); }
        });
        return auto_sync(client, 30s, stop.get_token(), options);
    }

    void fail()
    {
        for (auto const& each : endpoints) { world[each].error = Error{Errc::timed_out}; }
    }
    void recover()
    {
        for (auto const& each : endpoints) { world[each].error.reset(); }
    }

    //! As a user's call meets it.
    void a_member_fails()
    {
        fail();
        EXPECT_THAT(client.run(v2::ListMembers{}), IsError(Errc::exhausted));
        recover();
    }

    std::stop_source stop;
    std::function<void(std::size_t sleep)> act;
    std::vector<Result<Synced>> told;
};

TEST_F(AutoSync, syncs_at_once_and_then_each_interval)
{
    ASSERT_THAT(run(4), IsOk());

    EXPECT_THAT(told, ElementsAre(IsOk(), IsOk()));
    EXPECT_THAT(time.slept(), ElementsAre(1s, 29s, 1s, 29s));
}

TEST_F(AutoSync, keeps_the_client_current)
{
    act = [&](std::size_t sleep) {
        if (sleep != 1) { return; }
        world.make_cluster("3cb9", these("http://b,http://d"));
        world.silence("http://a");
        world.silence("http://c");
    };

    ASSERT_THAT(run(3), IsOk());

    EXPECT_EQ(client.endpoints(), these("http://b,http://d"));
    EXPECT_TRUE(told.back()->changed);
}

TEST_F(AutoSync, does_nothing_once_it_is_stopped)
{
    stop.request_stop();

    EXPECT_THAT(auto_sync(client, 30s, stop.get_token()), IsOk());

    EXPECT_THAT(world.asked(), IsEmpty());
}

TEST_F(AutoSync, ends_in_the_midst_of_a_sync_without_telling_of_it)
{
    world.before_each([&](Endpoint const&, std::string const&) { stop.request_stop(); });

    EXPECT_THAT(run(1), IsOk());

    EXPECT_THAT(told, IsEmpty());
    EXPECT_THAT(world.asked(), SizeIs(1));
}

TEST_F(AutoSync, hands_the_stop_to_every_sleep)
{
    ASSERT_THAT(run(2), IsOk());

    ASSERT_THAT(time.stops(), SizeIs(2));
    for (auto const& each : time.stops()) { EXPECT_TRUE(each.stop_requested()); }
}

// Early syncs.

TEST_F(AutoSync, wakes_when_a_member_fails)
{
    auto woken = false;
    act = [&](std::size_t sleep) {
        if (sleep != 2) { return; }
        a_member_fails();
        woken = time.stops().back().stop_requested();
    };

    ASSERT_THAT(run(3, {.alarm = alarm}), IsOk());

    EXPECT_TRUE(woken);
    EXPECT_THAT(told, SizeIs(2));
}

TEST_F(AutoSync, sleeps_on_when_a_member_fails_that_nobody_told_it_of)
{
    auto woken = true;
    act = [&](std::size_t sleep) {
        if (sleep != 2) { return; }
        a_member_fails();
        woken = time.stops().back().stop_requested();
    };

    ASSERT_THAT(run(3), IsOk());

    EXPECT_FALSE(woken);
}

TEST_F(AutoSync, has_its_rest_when_a_member_fails_during_it)
{
    auto was_undisturbed = false;
    act = [&](std::size_t sleep) {
        if (sleep == 1) {
            a_member_fails();
            was_undisturbed = !time.stops()[0].stop_requested();
        }
        if (sleep == 2) { EXPECT_TRUE(time.stops()[1].stop_requested()) << "no sleep at all"; }
    };

    ASSERT_THAT(run(3, {.alarm = alarm}), IsOk());

    EXPECT_TRUE(was_undisturbed);
    EXPECT_THAT(told, SizeIs(2));
    EXPECT_EQ(time.now(), Clock::time_point{1h + 3s}) << "a rest of 1 s, then one of 2 s";
}

TEST_F(AutoSync, is_not_woken_by_what_it_met_itself)
{
    world["http://b"].error = Error{Errc::timed_out};
    auto woken = true;
    act = [&](std::size_t sleep) {
        if (sleep == 1) { woken = alarm.next_fault().stop_requested(); }
        if (sleep == 2) { woken = woken || time.stops().back().stop_requested(); }
        if (sleep == 2) { stop.request_stop(); }
    };

    ASSERT_THAT(run(3, {.alarm = alarm}), IsOk());

    EXPECT_THAT(time.slept(), ElementsAre(1s, 29s));
    EXPECT_FALSE(woken);
}

TEST_F(AutoSync, rests_ever_longer_while_a_member_goes_on_failing_and_nothing_changes)
{
    act = [&](std::size_t sleep) {
        if (sleep % 2 == 0) { a_member_fails(); }
    };

    ASSERT_THAT(run(12, {.alarm = alarm}), IsOk());

    auto rests = std::vector<Clock::duration>{};
    for (auto i = std::size_t{0}; i < 12; i += 2) { rests.push_back(time.slept()[i]); }
    EXPECT_THAT(rests, ElementsAre(1s, 2s, 4s, 8s, 16s, 30s));
}

// Failures.

TEST_F(AutoSync, tells_of_a_failure_and_tries_again_after_a_rest)
{
    fail();
    act = [&](std::size_t sleep) {
        if (sleep == 2) { recover(); }
    };

    ASSERT_THAT(run(4), IsOk());

    EXPECT_THAT(time.slept(), ElementsAre(1s, 2s, 1s, 29s));

    EXPECT_THAT(told, ElementsAre(IsError(Errc::exhausted), IsError(Errc::exhausted), IsOk()));
}

TEST_F(AutoSync, goes_on_when_a_cluster_is_mixed)
{
    world["http://b"].cluster_id = "7e";

    ASSERT_THAT(run(2), IsOk());

    EXPECT_THAT(told,
        ElementsAre(
            IsError(DiscoveryErrc::mixed_clusters), IsError(DiscoveryErrc::mixed_clusters)));
    EXPECT_THAT(time.slept(), ElementsAre(1s, 2s));
}

TEST_F(AutoSync, looks_soon_for_a_leader_where_the_selector_wants_one)
{
    world.elect(std::nullopt);
    act = [&](std::size_t sleep) {
        if (sleep == 2) { world.elect(MemberWorld::Member{"b2", {"http://b"}}); }
    };

    ASSERT_THAT(run(4), IsOk());

    EXPECT_THAT(heard->leaders, ElementsAre(std::nullopt, std::nullopt, at("http://b")));
    EXPECT_THAT(time.slept(), ElementsAre(1s, 2s, 1s, 29s));
}

TEST_F(AutoSync, does_not_mind_that_nobody_leads_where_the_selector_does_not)
{
    world.elect(std::nullopt);
    auto deaf = Client{Config{.endpoints = endpoints, .transport = world, .environment = time}};
    time.while_asleep([&] {
        if (time.slept().size() == 2) { stop.request_stop(); }
    });

    ASSERT_THAT(auto_sync(deaf, 30s, stop.get_token()), IsOk());

    EXPECT_THAT(time.slept(), ElementsAre(1s, 29s));
}

//! As new as etcd 3.6, or started without its v2 API.
TEST_F(AutoSync, ends_with_a_verdict_that_waiting_would_not_change)
{
    auto answers = ScriptedTransport{};
    answers.reply({404, {}, "404 page not found\n"});
    auto modern = Client{Config{.transport = answers, .environment = time}};

    EXPECT_THAT(auto_sync(modern, 30s, stop.get_token()), IsError(Errc::v2_disabled));

    EXPECT_THAT(time.slept(), IsEmpty());
}

// In real time.

TEST(AutoSyncInAThread, ends_its_sleep_of_an_hour_when_the_thread_is_stopped)
{
    auto world = MemberWorld{};
    world.make_cluster("3cb9", these("http://a"));
    auto client = Client{Config{.endpoints = these("http://a"), .transport = world}};
    auto has_synced = std::binary_semaphore{0};
    auto ended = Result<void>{unexpected(Error{Errc::cancelled})};

    auto loop = std::jthread{[&](std::stop_token const& stop) {
        ended = auto_sync(client, 1h, stop,
            {.rest = 30min, .on_sync = [&](auto const&) { has_synced.release(); }});
    }};
    has_synced.acquire();
    loop.request_stop();
    loop.join();

    EXPECT_THAT(ended, IsOk());
}

TEST(AutoSyncInAThread, syncs_early_when_a_call_of_another_thread_meets_a_failure)
{
    auto world = MemberWorld{};
    world.make_cluster("3cb9", these("http://a"));
    auto const alarm = FaultAlarm{};
    auto client = Client{Config{.endpoints = these("http://a"),
        .transport = world,
        .retry = OnePass{},
        .environment = Observed{alarm}}};
    auto syncs = std::counting_semaphore<>{0};

    auto const loop = std::jthread{[&](std::stop_token const& stop) {
        auto const options = AutoSyncOptions{
            .alarm = alarm, .rest = 1ms, .on_sync = [&](auto const&) { syncs.release(); }};
        EXPECT_THAT(auto_sync(client, 1h, stop, options), IsOk());
    }};
    syncs.acquire();
    while (!syncs.try_acquire_for(10ms)) {  // as a program calls, again and again
        EXPECT_FALSE(client.run(Refused{}));
    }
}

}  // namespace
}  // namespace etcdpp::tests
