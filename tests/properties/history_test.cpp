// SPDX-License-Identifier: BSL-1.0

//! @file
//! What several clients are told at once is linearizable, and what is not is found out.

#include "tests/properties/exploring.hpp"
#include "tests/support/linearizability.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

//! Reads and writes two keys, and notes what it is told. Every value is written once.
class Scribe {
public:
    Scribe(sim::Cluster& cluster, History& history, std::string name, bool quorum)
        : cluster_{cluster}, history_{history}, name_{std::move(name)}, quorum_{quorum}
    {
    }

    void act(int times)
    {
        for (auto i = 0; i != times; ++i) {
            auto deed = Deed{.key = dice_.happens(1, 2) ? "/app/a" : "/app/b"};
            do_something(deed, name_ + std::to_string(i));
            cluster_.sleep_for(std::chrono::milliseconds{dice_.below(2000)});
        }
    }

private:
    void do_something(Deed& deed, std::string const& value)
    {
        using Kind = Deed::Kind;
        auto const& known = last_seen_[deed.key];
        auto const& keys = actor_.keys;
        auto const call = CallOptions{.timeout = 4s};
        auto const choice = dice_.below(10);
        deed.began = history_.tick();
        if (choice < 4) {
            note(deed, keys.get(deed.key, {.quorum = quorum_}, call));
        } else if (choice < 6) {
            deed.kind = Kind::write;
            deed.after = value;
            note(deed, keys.set(deed.key, value, {}, call));
        } else if (!known) {
            deed.kind = Kind::swap;
            deed.after = value;
            note(deed, keys.create(deed.key, value, {}, call));
        } else if (choice < 9) {
            deed.kind = Kind::swap;
            deed.before = known;
            deed.after = value;
            note(deed, keys.compare_and_swap(deed.key, value, {.prev_value = known}, {}, call));
        } else {
            deed.kind = Kind::swap;
            deed.before = known;
            note(deed, keys.compare_and_remove(deed.key, {.prev_value = known}, call));
        }
    }

    void note(Deed& deed, Result<v2::Response> const& told)
    {
        deed.ended = history_.tick();
        auto const is_read = deed.kind == Deed::Kind::read;
        auto const is_absent = !told && told.error() == v2::Errc::key_not_found;
        if (is_read && !told && !is_absent) { return; }
        if (is_read && told) { deed.before = told->node.value; }
        if (!is_read && !told) {
            auto const is_verdict = is_absent || told.error() == v2::Errc::test_failed
                || told.error() == v2::Errc::node_exist;
            if (told.error().effect() != Effect::none) {
                deed.outcome = Deed::Outcome::unknown;
            } else if (is_verdict) {
                deed.outcome = Deed::Outcome::refused;
            } else {
                return;
            }
        }
        if (is_read || told) { last_seen_[deed.key] = is_read ? deed.before : deed.after; }
        history_.add(deed);
    }

    sim::Cluster& cluster_;
    History& history_;
    std::string name_;
    bool quorum_;
    Actor<> actor_{cluster_};
    sim::Dice dice_ = sim::Dice{cluster_.seed()}.fork(name_);
    std::map<std::string, Held> last_seen_;
};

std::string tell_apart(sim::Cluster& cluster, bool quorum)
{
    auto history = History{};
    for (auto const* const name : {"x", "y", "z"}) {
        cluster.spawn(name,
            [&cluster, &history, name, quorum] { Scribe{cluster, history, name, quorum}.act(15); });
    }
    cluster.join();
    return objection(history.deeds());
}

TEST(Histories, are_linearizable_with_quorum_reads_whatever_goes_wrong)
{
    auto const explored = explore_afresh(
        150, [](sim::Cluster& cluster) { return tell_apart(cluster, true); });

    EXPECT_TRUE(explored) << explored;
}

TEST(Histories, are_found_out_where_reads_see_the_past)
{
    auto const explored = sim::explore(
        {.seeds = 100, .chaos = {.harms = {sim::Harm::lag, sim::Harm::partition}}},
        [](sim::Cluster& cluster) { return tell_apart(cluster, false); });

    if (sim::seed_to_repeat()) { return; }
    ASSERT_FALSE(explored);
    EXPECT_THAT(explored.finding->words, HasSubstr("no order explains"));
}

}  // namespace
}  // namespace etcdpp::tests
