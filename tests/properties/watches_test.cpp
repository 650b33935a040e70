// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a watch delivers is what happened, or says that it is not.

#include "etcdpp/v2/watch.hpp"
#include "tests/properties/exploring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using State = std::map<std::string, std::string>;

//! What the only writer was told, and what a watch told another.
struct Account {
    std::map<Index, v2::Response> acknowledged = {};
    std::map<std::string, bool> written = {};  //!< values; whether they may have been written
    bool wrote_all = false;
};

void write(sim::Cluster& cluster, Account& account)
{
    auto dice = sim::Dice{cluster.seed()}.fork("writer");
    auto actor = Actor<>{cluster};
    auto const& keys = actor.keys;
    for (auto i = 0; i != 25; ++i) {
        auto const key = "/app/" + std::to_string(dice.below(3));
        auto const value = std::to_string(i);
        auto const choice = dice.below(5);
        auto const told = choice == 0 ? keys.remove(key)
            : choice == 1             ? keys.update(key, value, {.ttl = 3s})
                                      : keys.set(key, value);
        auto const is_possible = told || told.error().effect() != Effect::none;
        if (choice != 0) { account.written[value] = is_possible; }
        if (told) { account.acknowledged.emplace(told->node.modified_index, *told); }
        cluster.sleep_for(milliseconds{dice.below(2000)});
    }
    account.wrote_all = true;
}

std::optional<State> truth(sim::Cluster& cluster)
{
    auto actor = Actor<>{cluster};
    auto const listing = actor.keys.get("/app", {.quorum = true});
    if (!listing) { return std::nullopt; }
    auto state = State{};
    for (auto const& node : listing->node.nodes) { state[node.key] = node.value; }
    return state;
}

void apply(v2::Response const& event, State& state)
{
    if (!v2::is_removal(event)) {
        if (!event.node.dir) { state[event.node.key] = event.node.value; }
        return;
    }
    std::erase_if(state, [&](auto const& each) {
        return each.first == event.node.key || each.first.starts_with(event.node.key + '/');
    });
}

//! What a consumer may hold against what it was told; empty if nothing.
class Consumer {
public:
    explicit Consumer(Account const& account) : account_{account} {}

    std::string hear(v2::Response const& event)
    {
        apply(event, state_);
        if (event.action == v2::Action::resync) {
            return resyncs_ == 0 ? "a resync out of the blue" : "";
        }
        auto const at = event.node.modified_index;
        if (at <= covered_ || !heard_.emplace(at, event).second) {
            return "an event came twice or late: " + words(event);
        }
        if (at < heard_.rbegin()->first) { return "an event is out of order: " + words(event); }
        return event.node.value.empty() ? "" : is_known(event);
    }

    //! A resync of what did not change delivers nothing; the observer hears of it all the same.
    void hear(WatchChanged const& change)
    {
        if (change.state != WatchState::resynced) { return; }
        ++resyncs_;
        covered_ = std::max(covered_, change.index);
    }

    //! Each write that succeeded was heard of, or lies before a resync.
    std::string misses() const
    {
        for (auto const& [index, told] : account_.acknowledged) {
            auto const event = heard_.find(index);
            if (event == heard_.end()) {
                if (index > covered_) { return "never heard of: " + words(told); }
            } else if (!is_same(event->second, told)) {
                return "was told otherwise: " + words(event->second) + ", not " + words(told);
            }
        }
        return {};
    }

    State const& state() const noexcept { return state_; }
    int resyncs() const noexcept { return resyncs_; }

private:
    std::string is_known(v2::Response const& event) const
    {
        auto const written = account_.written.find(event.node.value);
        auto const is_possible = written == account_.written.end() || written->second;
        return is_possible ? "" : "nobody wrote: " + words(event);
    }

    //! But for the time that is left, which a member that was restarted counts anew.
    static bool is_same(v2::Response event, v2::Response told)
    {
        event.node.ttl = told.node.ttl;
        return event.node == told.node && event.action == told.action;
    }

    static std::string words(v2::Response const& event)
    {
        return (std::ostringstream{} << event).str();
    }

    Account const& account_;
    std::map<Index, v2::Response> heard_;
    State state_;
    Index covered_ = {};
    int resyncs_ = 0;
};

//! How far the cluster has come, as soon as it says.
Index index_of(Actor<>& actor, sim::Cluster& cluster)
{
    for (;;) {
        if (auto const root = actor.keys.get("/", {.quorum = true})) { return root->index; }
        cluster.sleep_for(1s);
    }
}

std::string listen(sim::Cluster& cluster, Account& account, bool may_resync)
{
    auto dice = sim::Dice{cluster.seed()}.fork("watcher");
    auto consumer = Consumer{account};
    auto actor = Actor<>{cluster, {}, {}, [&consumer](Event const& event) {
                             if (auto const* const change = std::get_if<WatchChanged>(&event)) {
                                 consumer.hear(*change);
                             }
                         }};
    auto const beginning = index_of(actor, cluster);
    auto watch = actor.keys.watch("/app", {.after_index = beginning, .recursive = true});
    cluster.spawn("writer", [&] { write(cluster, account); });
    constexpr auto enough = 8;  // rounds for the faults of requests to be used up
    for (auto quiet = 0; quiet != enough;) {
        if (account.wrote_all) {
            cluster.heal();
            ++quiet;
        }
        auto const until = cluster.now() + (quiet != 0 ? 20s : 1s);
        while (cluster.now() < until) {
            auto const event = watch.next({.timeout = until - cluster.now()});
            if (!event && event.error() == Errc::timed_out) { break; }
            if (!event) { return "the watch ended: " + shown(event.error()); }
            if (auto words = consumer.hear(*event); !words.empty()) { return words; }
            if (dice.happens(1, 5)) { cluster.sleep_for(milliseconds{dice.below(10000)}); }
        }
    }
    if (auto words = consumer.misses(); !words.empty()) { return words; }
    if (!may_resync && consumer.resyncs() != 0) { return "a resync without cause"; }
    auto const there = truth(cluster);
    if (there && consumer.state() != *there) {
        return "who applied all events holds another state";
    }
    return {};
}

std::string hear_the_truth(sim::Cluster& cluster, bool may_resync)
{
    auto account = Account{};
    auto words = listen(cluster, account, may_resync);
    cluster.join();
    return words;
}

sim::Chaos without_overflow()
{
    auto chaos = sim::Chaos{};
    std::erase(chaos.harms, sim::Harm::overflow_history);
    return chaos;
}

TEST(Watches, deliver_each_event_once_and_in_order_while_the_history_lasts)
{
    auto const explored = explore_afresh({.seeds = 80, .chaos = without_overflow()},
        [](sim::Cluster& cluster) { return hear_the_truth(cluster, false); });

    EXPECT_TRUE(explored) << explored;
}

TEST(Watches, mark_what_they_deliver_instead_of_a_lost_history)
{
    auto const explored = explore_afresh(
        {.seeds = 20, .chaos = without_overflow()}, [](sim::Cluster& cluster) {
            auto dice = sim::Dice{cluster.seed()}.fork("overflow");
            for (auto i = 0; i != 2; ++i) {
                auto const at = milliseconds{1000 + dice.below(20000)};
                cluster.on(sim::at_time(at)).overflows_history();
            }
            return hear_the_truth(cluster, true);
        });

    EXPECT_TRUE(explored) << explored;
}

}  // namespace
}  // namespace etcdpp::tests
