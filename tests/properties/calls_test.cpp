// SPDX-License-Identifier: BSL-1.0

//! @file
//! What every call promises, whatever goes wrong under it.

#include "etcdpp/retry/budget.hpp"
#include "etcdpp/selector/leader_first.hpp"
#include "etcdpp/selector/random.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "tests/properties/exploring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using testing::HasSubstr;

using Content = std::optional<std::string>;  //!< a value, or nothing there

template <class Keys>
Result<v2::Response> do_anything(
    Keys const& keys, sim::Dice& dice, std::string const& value, CallOptions const& call)
{
    auto const key = "/app/" + std::to_string(dice.below(3));
    switch (dice.below(8)) {
    case 0: return keys.get(key, {}, call);
    case 1: return keys.get("/app", {.quorum = true}, call);
    case 2: return keys.set(key, value, {}, call);
    case 3: return keys.create(key, value, {}, call);
    case 4: return keys.compare_and_swap(key, value, {.prev_value = "0"}, {}, call);
    case 5: return keys.remove(key, {}, call);
    case 6: return keys.update(key, value, {.ttl = 5s}, call);
    default: return keys.create_in_order("/queue", value, {}, call);
    }
}

std::string outlive_no_deadline(sim::Cluster& cluster)
{
    auto dice = sim::Dice{cluster.seed()}.fork("calls");
    auto actor = Actor<>{cluster};
    for (auto i = 0; i != 15; ++i) {
        auto call = CallOptions{.timeout = milliseconds{dice.below(6000)}};
        if (dice.happens(1, 2)) { call.attempt_timeout = milliseconds{1 + dice.below(9000)}; }
        if (dice.happens(1, 2)) { call.repeat_overwrites = true; }
        auto const began = cluster.now();
        auto const told = do_anything(actor.keys, dice, std::to_string(i), call);
        if (cluster.now() - began > *call.timeout) {
            return "a call outlived its deadline: " + (told ? "it succeeded" : shown(told.error()));
        }
        cluster.sleep_for(milliseconds{dice.below(2000)});
    }
    return {};
}

TEST(Calls, never_outlive_their_deadlines)
{
    auto const explored = explore_afresh(200, outlive_no_deadline);

    EXPECT_TRUE(explored) << explored;
}

std::string do_nothing_after_a_stop(sim::Cluster& cluster)
{
    auto dice = sim::Dice{cluster.seed()}.fork("calls");
    auto begun = std::size_t{0};
    auto actor = Actor<>{cluster, {}, {}, [&](Event const& event) {
                             begun += std::holds_alternative<AttemptBegan>(event) ? 1U : 0U;
                         }};
    for (auto i = 0; i != 8; ++i) {
        auto stop = std::stop_source{};
        auto const stop_at = cluster.now() + milliseconds{dice.below(4000)};
        cluster.on(sim::at_time(stop_at - sim::Timeline::beginning)).does([stop]() mutable {
            stop.request_stop();
        });
        auto told = Result<v2::Response>{};
        auto const call = CallOptions{.stop = stop.get_token()};
        while (cluster.now() < stop_at) {
            told = do_anything(actor.keys, dice, std::to_string(i), call);
            if (!told && told.error() == Condition::cancelled) { break; }
            if (cluster.now() > stop_at + 50ms) { return "a call did not hear of the stop"; }
            cluster.sleep_for(
                std::min<Clock::duration>(milliseconds{dice.below(300)}, stop_at - cluster.now()));
        }
        if (!told && told.error() == Condition::cancelled && cluster.now() > stop_at + 50ms) {
            return "a call outlived the stop";
        }
        cluster.sleep_for(stop_at - cluster.now() + 1ms);
        auto const before = begun;
        auto const refused = do_anything(actor.keys, dice, "late", call);
        if (refused || refused.error() != Condition::cancelled) {
            return "a call began after the stop";
        }
        if (refused.error().effect() != Effect::none) { return "it says that it did something"; }
        cluster.sleep_for(5s);
        if (begun != before) { return "a request was sent after the stop"; }
    }
    return {};
}

TEST(Calls, do_nothing_after_a_stop)
{
    auto const explored = explore_afresh(60, do_nothing_after_a_stop);

    EXPECT_TRUE(explored) << explored;
}

//! One write to a key of its own, and what was told of it.
struct Told {
    std::string key;
    Content before;
    Content after;
    Result<v2::Response> reply;
};

bool is_told_wrongly(Told const& told, Content const& there)
{
    if (told.reply) { return there != told.after; }
    return told.reply.error().effect() == Effect::none && there != told.before;
}

std::string complaint(Told const& told, Content const& there)
{
    return told.key + " is " + there.value_or("not there")
        + ", but the client was told: " + (told.reply ? "success" : shown(told.reply.error()));
}

//! Each kind of write meets a key that nobody else writes.
std::string tell_the_truth(sim::Cluster& cluster)
{
    auto dice = sim::Dice{cluster.seed()}.fork("writes");
    auto actor = Actor<>{cluster};
    auto const& keys = actor.keys;
    auto all = std::vector<Told>{};
    for (auto i = 0; i != 12; ++i) {
        auto const key = "/app/" + std::to_string(i);
        auto const kind = dice.below(5);
        auto before = Content{};
        if (kind >= 2) {
            if (!keys.set(key, "old")) { continue; }
            before = "old";
        }
        auto const after = kind == 4 ? Content{} : Content{"new"};
        auto reply = kind == 0 ? keys.create(key, "new")
            : kind == 1        ? keys.set(key, "new")
            : kind == 2        ? keys.update(key, "new")
            : kind == 3        ? keys.compare_and_swap(key, "new", {.prev_value = "old"})
                               : keys.remove(key);
        auto const& told = all.emplace_back(key, before, after, std::move(reply));
        if (auto there = cluster.value(key); is_told_wrongly(told, there)) {
            return complaint(told, there) + " (at once)";
        }
        cluster.sleep_for(milliseconds{dice.below(2000)});
    }
    let_all_settle(cluster);
    for (auto const& told : all) {
        auto const there = cluster.value(told.key);
        if (is_told_wrongly(told, there)) { return complaint(told, there) + " (in the end)"; }
        if (!told.reply && told.reply.error().effect() == Effect::applied && there != told.after) {
            return complaint(told, there) + " (in the end)";
        }
    }
    return {};
}

TEST(Writes, are_carried_out_if_they_succeed_and_never_if_their_effect_is_none)
{
    auto const explored = explore_afresh(200, tell_the_truth);

    EXPECT_TRUE(explored) << explored;
}

//! Values in order: a write that is carried out twice is there twice.
std::string write_once(sim::Cluster& cluster)
{
    auto actors = std::vector<std::map<std::string, Result<v2::Response>>>(2);
    for (auto& told : actors) {
        auto const name = std::string{&told == &actors.front() ? "x" : "y"};
        cluster.spawn(name, [&cluster, &told, name] {
            auto dice = sim::Dice{cluster.seed()}.fork(name);
            auto actor = Actor<RoundRobin>{cluster};
            for (auto i = 0; i != 10; ++i) {
                auto const value = name + std::to_string(i);
                auto const call = CallOptions{.repeat_overwrites = true};
                told.emplace(value, actor.keys.create_in_order("/queue", value, {}, call));
                cluster.sleep_for(milliseconds{dice.below(2000)});
            }
        });
    }
    cluster.join();
    let_all_settle(cluster);
    auto times = std::map<std::string, int>{};
    auto const there = Actor<>{cluster}.keys.get("/queue", {.quorum = true});
    if (!there && there.error() != v2::Errc::key_not_found) { return shown(there.error()); }
    if (there) {
        for (auto const& node : there->node.nodes) { ++times[node.value]; }
    }
    for (auto const& told : actors) {
        for (auto const& [value, reply] : told) {
            auto const n = times[value];
            if (n > 1) { return value + " was written twice"; }
            if (reply && n == 0) { return value + " was not written"; }
            if (!reply && reply.error().effect() == Effect::none && n != 0) {
                return value + " was written: " + shown(reply.error());
            }
        }
    }
    return {};
}

TEST(Writes, that_must_not_be_repeated_are_carried_out_at_most_once)
{
    auto const explored = explore_afresh(100, write_once);

    EXPECT_TRUE(explored) << explored;
}

TEST(Writes, that_are_carried_out_twice_are_found_out)
{
    auto const explored = sim::explore(
        {.seeds = 50, .chaos = {.harms = {sim::Harm::duplicate}}}, write_once);

    if (sim::seed_to_repeat()) { return; }
    ASSERT_FALSE(explored);
    EXPECT_THAT(explored.finding->words, HasSubstr("was written twice"));
}

//! Two clients that share a budget, in worse times than most.
std::string stay_within_the_budget(sim::Cluster& cluster)
{
    auto dice = sim::Dice{cluster.seed()}.fork("budget");
    auto const limits = BudgetLimits{.per_call = 0.1 * static_cast<double>(dice.below(6)),
        .saved_up = static_cast<double>(dice.below(8))};
    auto const budget = Budget<>{Backoff{}, limits};
    auto calls = 0;
    auto begun = 0;
    auto is_exceeded = false;
    auto const count = [&](Event const& event) {
        begun += std::holds_alternative<AttemptBegan>(event) ? 1 : 0;
        is_exceeded = is_exceeded || begun - calls > limits.saved_up + limits.per_call * calls;
    };
    for (auto const* const name : {"x", "y"}) {
        cluster.spawn(name, [&, name] {
            auto own = sim::Dice{cluster.seed()}.fork(name);
            auto actor = Actor<RoundRobin, Budget<>>{cluster, {}, budget, count};
            for (auto i = 0; i != 20; ++i) {
                ++calls;
                std::ignore = do_anything(actor.keys, own, std::to_string(i), {.timeout = 5s});
                cluster.sleep_for(milliseconds{own.below(1000)});
            }
        });
    }
    cluster.join();
    return is_exceeded ? "more retries than the budget has: " + std::to_string(begun)
            + " attempts of " + std::to_string(calls) + " calls"
                       : "";
}

TEST(Retries, stay_within_the_budget)
{
    auto const explored = explore_afresh(
        {.seeds = 80, .chaos = {.most = 15, .requests = 60}}, stay_within_the_budget);

    EXPECT_TRUE(explored) << explored;
}

auto const struck = sim::Chaos{.requests = 10};

//! What has not struck yet, strikes somebody else.
void use_up_all_faults(sim::Cluster& cluster)
{
    let_all_settle(cluster);
    for (auto i = std::uint64_t{0}; i != struck.requests; ++i) {
        auto victim = Actor<>{cluster};
        std::ignore = victim.keys.get("/other");
        std::ignore = victim.keys.create_in_order("/other", "x");
    }
    cluster.heal();
    cluster.sleep_for(5s);
}

//! After all faults, each member in turn is the only one that clients reach.
template <class Selector>
std::string use_what_recovered(sim::Cluster& cluster)
{
    auto dice = sim::Dice{cluster.seed()}.fork("calls");
    auto actor = Actor<Selector>{cluster};
    for (auto i = 0; i != 12; ++i) {
        std::ignore = do_anything(actor.keys, dice, std::to_string(i), {.timeout = 3s});
        cluster.sleep_for(milliseconds{dice.below(2000)});
    }
    use_up_all_faults(cluster);
    for (auto only = std::size_t{0}; only != cluster.size(); ++only) {
        for (auto i = std::size_t{0}; i != cluster.size(); ++i) {
            if (i != only) { cluster.cut_off(i); }
        }
        auto const told = actor.keys.set("/app/recovered", std::to_string(only));
        if (!told) { return "m" + std::to_string(only) + " is not used: " + shown(told.error()); }
        cluster.heal();
        cluster.sleep_for(5s);
    }
    return {};
}

TEST(Members, that_recover_are_used_again_by_every_selector)
{
    for (auto const& explored :
        {explore_afresh({.seeds = 40, .chaos = struck}, use_what_recovered<Sticky>),
            explore_afresh({.seeds = 40, .chaos = struck}, use_what_recovered<RoundRobin>),
            explore_afresh({.seeds = 40, .chaos = struck}, use_what_recovered<Random>),
            explore_afresh({.seeds = 40, .chaos = struck}, use_what_recovered<LeaderFirst>)}) {
        EXPECT_TRUE(explored) << explored;
    }
}

//! Without any fault left, no call fails over, and every member gets its share.
TEST(Members, that_recover_get_their_share_of_a_round_robin)
{
    auto const explored = explore_afresh(
        {.seeds = 40, .chaos = struck}, [](sim::Cluster& cluster) -> std::string {
            auto dice = sim::Dice{cluster.seed()}.fork("calls");
            auto asked = std::set<std::string>{};
            auto failures = 0;
            auto actor = Actor<RoundRobin>{
                cluster, {}, {}, [&](Event const& event) {
                    if (auto const* const one = std::get_if<AttemptBegan>(&event)) {
                        asked.insert(to_string(one->endpoint));
                    }
                    failures += std::holds_alternative<AttemptFailed>(event);
                }};
            for (auto i = 0; i != 12; ++i) {
                std::ignore = do_anything(actor.keys, dice, std::to_string(i), {.timeout = 3s});
                cluster.sleep_for(milliseconds{dice.below(2000)});
            }
            use_up_all_faults(cluster);
            asked.clear();
            failures = 0;
            for (auto i = 0; i != 6; ++i) { std::ignore = actor.keys.get("/app"); }
            if (failures != 0) { return "a call failed over although all members are well"; }
            return asked.size() == cluster.size() ? "" : "a member that recovered is left out";
        });

    EXPECT_TRUE(explored) << explored;
}

}  // namespace
}  // namespace etcdpp::tests
