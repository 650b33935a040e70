// SPDX-License-Identifier: BSL-1.0

//! @file
//! What several clients of a real cluster are told at once is linearizable, while members fall.

#include "tests/integration/on_cluster.hpp"
#include "tests/support/linearizability.hpp"
#include "tests/support/scribe.hpp"

#include <list>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;

//! Three clients at work, each in a thread of its own.
class RealHistory : public testing::Test {
protected:
    RealHistory()
    {
        for (auto const* const name : {"x", "y", "z"}) {
            threads.emplace_back([this, name](std::stop_token const& stop) { act(name, stop); });
        }
    }

    void act(std::string const& name, std::stop_token const& stop)
    {
        auto client = Client{Config{.endpoints = endpoints_of(cluster)}};
        auto const keys = v2::Keys{client};
        auto scribe = Scribe{keys, history, name, dice, true};
        while (!stop.stop_requested()) {
            scribe.act();
            client.policies().world.sleep_for(scribe.some_of(20ms), stop);
        }
    }

    //! Whether the clients get on.
    bool grows()
    {
        auto const before = history.deeds().size();
        return becomes_true([&] { return history.deeds().size() >= before + 60; }, 30s);
    }

    //! Once the last call has come to its end.
    std::vector<Deed> whole()
    {
        threads.clear();
        return history.deeds();
    }

    EtcdCluster& cluster = SharedCluster<3>::fresh();
    sim::Dice const dice{std::random_device{}()};
    History history;
    std::list<std::jthread> threads;
};

TEST_F(RealHistory, is_linearizable_while_leaders_are_killed)
{
    for (auto round = 0; round != 3; ++round) {
        ASSERT_TRUE(grows());
        auto const leader = cluster.wait_for_leader();
        cluster.kill(leader);
        ASSERT_TRUE(grows());
        cluster.restart(leader);
    }

    EXPECT_THAT(objection(whole()), IsEmpty());
}

TEST_F(RealHistory, is_linearizable_while_members_freeze_and_thaw)
{
    for (auto member = std::size_t{0}; member != cluster.size(); ++member) {
        ASSERT_TRUE(grows());
        cluster.stop(member);
        ASSERT_TRUE(grows());
        cluster.cont(member);
    }

    EXPECT_THAT(objection(whole()), IsEmpty());
}

}  // namespace
}  // namespace etcdpp::tests
