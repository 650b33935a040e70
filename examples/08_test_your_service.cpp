// SPDX-License-Identifier: BSL-1.0
// A service that holds a lock, tested against a cluster in memory: no socket, no sleep, no etcd.

#include <etcdpp/etcdpp.hpp>
#include <etcdpp/sim/cluster.hpp>

#include <gtest/gtest.h>

namespace e = etcdpp;
using namespace std::chrono_literals;

//! Works while it holds the lock; refreshes it long before it expires.
template <class Client>
int work_under_lock(Client& client, std::string const& name, int rounds)
{
    auto keys = e::v2::Keys{client};
    auto done = 0;
    for (auto round = 0; round != rounds; ++round) {
        auto const held = round == 0
            ? keys.create("/service/lock", name, {.ttl = 10s})
            : keys.compare_and_swap("/service/lock", name, {.prev_value = name}, {.ttl = 10s});
        if (!held) { return done; }
        ++done;
        client.policies().world.sleep_for(3s, {});
    }
    return done;
}

struct ServiceTest : testing::Test {
    auto config()
    {
        return e::Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()};
    }

    e::sim::Cluster cluster{3};
};

TEST_F(ServiceTest, works_on_while_one_member_is_down)
{
    auto client = e::Client{config()};
    cluster.on(e::sim::at_time(5s)).kills(0);

    EXPECT_EQ(work_under_lock(client, "one", 10), 10) << cluster;
}

TEST_F(ServiceTest, stops_when_it_cannot_know_whether_it_still_holds_the_lock)
{
    auto client = e::Client{config()};
    cluster.on(e::sim::nth_write(3)).leader_dies_after_apply().gets_no_reply();

    EXPECT_EQ(work_under_lock(client, "one", 10), 2) << cluster;
}
