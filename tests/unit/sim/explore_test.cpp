// SPDX-License-Identifier: BSL-1.0

//! @file
//! Thousands of fault schedules, and what they find.

#include "etcdpp/sim/explore.hpp"

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/v2/follow.hpp"
#include "etcdpp/v2/keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

//! A service that takes every error of a create for a sign that nothing was created.
std::string create_carelessly(Cluster& cluster)
{
    auto client = Client{
        Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()}};
    auto keys = v2::Keys{client};
    for (auto i = 0; i != 10; ++i) {
        auto const key = "/app/" + std::to_string(i);
        if (!keys.create(key, "x") && cluster.value(key)) { return key + " was created"; }
        cluster.sleep_for(1s);
    }
    return {};
}

//! One that asks what the error knows.
std::string create_carefully(Cluster& cluster)
{
    auto client = Client{
        Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()}};
    auto keys = v2::Keys{client};
    for (auto i = 0; i != 10; ++i) {
        auto const key = "/app/" + std::to_string(i);
        auto const began = cluster.now();
        auto const created = keys.create(key, "x");
        if (created && !cluster.value(key)) { return key + " was not created"; }
        if (!created && created.error().effect() == Effect::none && cluster.value(key)) {
            return key + " was created: " + (std::ostringstream{} << created.error()).str();
        }
        if (cluster.now() - began > 10s) { return "a call outlived its deadline"; }
        cluster.sleep_for(1s);
    }
    return {};
}

TEST(Explore, finds_nothing_in_a_program_that_asks_what_an_error_knows)
{
    auto const explored = explore(300, create_carefully);

    EXPECT_TRUE(explored) << explored;
    if (!seed_to_repeat()) { EXPECT_EQ(explored.runs, 300U); }
}

TEST(Explore, finds_the_one_fault_that_breaks_a_careless_program)
{
    auto const explored = explore(300, create_carelessly);

    ASSERT_FALSE(explored);
    auto const& finding = *explored.finding;
    EXPECT_EQ(finding.schedule.size(), 1U) << explored;
    EXPECT_THAT(finding.words, HasSubstr("was created"));
}

//! A map that follows a directory, while another changes it; and what is there in the end.
std::string follow_truly(Cluster& cluster)
{
    cluster.spawn("writer", [&cluster] {
        auto client = Client{Config{.endpoints = cluster.endpoints(),
            .transport = cluster.transport(),
            .repeat_overwrites = true}};
        auto keys = v2::Keys{client};
        for (auto i = 0; i != 20; ++i) {
            std::ignore = keys.set("/app/" + std::to_string(i % 7), std::to_string(i));
            if (i % 5 == 0) { std::ignore = keys.remove("/app/3"); }
            cluster.sleep_for(1s);
        }
        cluster.sleep_for(1min);
        keys.set("/app/end", "x").value();
    });
    auto client = Client{
        Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()}};
    auto keys = v2::Keys{client};
    auto follow = keys.follow("/app");
    while (!follow.map().contains("/app/end")) { follow.next({.timeout = 5min}).value(); }
    for (auto i = 0; i != 7; ++i) {
        auto const key = "/app/" + std::to_string(i);
        auto const followed = follow.map().find(key);
        auto const is_there = followed != follow.map().end();
        auto const truth = cluster.value(key);
        if (is_there != truth.has_value() || (is_there && followed->second.value != *truth)) {
            return key + " is " + truth.value_or("gone");
        }
    }
    return {};
}

TEST(Explore, finds_that_a_followed_map_ends_with_the_true_state)
{
    auto const explored = explore(50, follow_truly);

    EXPECT_TRUE(explored) << explored;
}

TEST(Explore, shows_how_to_run_it_again)
{
    auto const explored = explore(300, create_carelessly);

    auto const shown = (std::ostringstream{} << explored).str();

    EXPECT_THAT(shown, HasSubstr("ETCDPP_SEED=" + std::to_string(explored.finding->seed)));
    EXPECT_THAT(shown, HasSubstr("these matter:\n  "));
}

TEST(Explore, takes_what_is_thrown_for_a_failure)
{
    auto const explored = explore(
        10, [](Cluster&) { throw std::runtime_error{"the lock was lost"}; });

    ASSERT_FALSE(explored);
    EXPECT_EQ(explored.finding->words, "the lock was lost");
    EXPECT_TRUE(explored.finding->schedule.empty()) << "no fault was needed";
}

TEST(Explore, draws_other_faults_for_each_seed_and_the_same_for_one)
{
    auto const schedule = [](std::uint64_t seed) {
        auto shown = std::ostringstream{};
        for (auto const& rule : drawn_schedule({}, 3, Dice{seed})) { shown << rule << '\n'; }
        return shown.str();
    };

    EXPECT_EQ(schedule(1), schedule(1));
    EXPECT_NE(schedule(1), schedule(2));
}

TEST(Explore, runs_one_seed_alone_if_told_which)
{
    ::setenv("ETCDPP_SEED", "42", 1);
    auto seeds = std::vector<std::uint64_t>{};
    explore(10, [&](Cluster& cluster) { seeds.push_back(cluster.seed()); });
    auto const by_default = Options{}.seed;
    ::unsetenv("ETCDPP_SEED");

    EXPECT_EQ(seeds, std::vector<std::uint64_t>{42});
    EXPECT_EQ(by_default, 42U);
}

}  // namespace
}  // namespace etcdpp::sim
