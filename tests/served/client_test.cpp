// SPDX-License-Identifier: BSL-1.0

//! @file
//! The default client on a served cluster.

#include "etcdpp/etcdpp.hpp"
#include "etcdpp_sim/self_signed.hpp"
#include "etcdpp_sim/served_cluster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;

class ServedClient : public testing::Test {
protected:
    auto config() const
    {
        return Config{.endpoints = cluster.endpoints(), .selector = Sticky::starting_at(0)};
    }

    examples::ServedCluster cluster;
};

TEST_F(ServedClient, sets_and_gets)
{
    auto client = Client{config()};
    auto keys = v2::Keys{client};

    ASSERT_TRUE(keys.set("/foo", "bar"));
    auto const got = keys.get("/foo");

    ASSERT_TRUE(got) << got.error();
    EXPECT_EQ(got->node.value, "bar");
}

TEST_F(ServedClient, goes_to_the_next_member_when_one_is_killed)
{
    auto client = Client{config()};
    auto keys = v2::Keys{client};
    ASSERT_TRUE(keys.set("/foo", "bar"));

    cluster.kill(0);

    auto const got = keys.get("/foo", {.quorum = true});
    ASSERT_TRUE(got) << got.error();
    EXPECT_EQ(got->node.value, "bar");
}

TEST_F(ServedClient, goes_to_the_next_member_when_one_is_frozen)
{
    auto client = Client{Config{.endpoints = cluster.endpoints(),
        .selector = Sticky::starting_at(0),
        .attempt_timeout = 100ms,
        .commit_timeout = 100ms}};
    cluster.pause(0);

    auto const got = v2::Keys{client}.get("/", {}, {.timeout = 30s});

    ASSERT_TRUE(got) << got.error();
}

TEST_F(ServedClient, knows_that_a_write_may_have_been_carried_out)
{
    auto client = Client{config()};
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=is_reset_after_apply"));

    auto const created = v2::Keys{client}.create("/jobs/1", "a");

    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().effect(), Effect::unknown);
    EXPECT_TRUE(v2::Keys{client}.get("/jobs/1"));
}

TEST_F(ServedClient, watches_across_the_death_of_its_member)
{
    auto client = Client{config()};
    auto keys = v2::Keys{client};
    auto const before = keys.set("/foo/0", "0").value();
    auto watch = keys.watch("/foo", {.after_index = before.index, .recursive = true});
    auto writer = std::jthread{[&] {
        auto own = Client{
            Config{.endpoints = cluster.endpoints(), .selector = Sticky::starting_at(1)}};
        v2::Keys{own}.set("/foo/1", "1").value();
        cluster.kill(0);
        v2::Keys{own}.set("/foo/2", "2", {}, {.timeout = 30s, .repeat_overwrites = true}).value();
    }};

    for (auto const* const value : {"1", "2"}) {
        auto const event = watch.next({.timeout = 30s});
        ASSERT_TRUE(event) << event.error();
        EXPECT_EQ(event->node.value, value);
    }
}

TEST_F(ServedClient, finds_all_members_from_one)
{
    auto client = Client{Config{.endpoints = Endpoints::of({cluster.endpoints()[1]}).value()}};

    auto const synced = sync(client);

    ASSERT_TRUE(synced) << synced.error();
    EXPECT_EQ(client.endpoints().size(), 3U);
    auto const leader = find_leader(client);
    ASSERT_TRUE(leader) << leader.error();
    EXPECT_EQ(*leader, cluster.endpoints()[cluster.leader().value()]);
}

TEST_F(ServedClient, may_be_one_of_many_at_once)
{
    auto threads = std::vector<std::jthread>{};
    for (auto i = 0; i != 8; ++i) {
        threads.emplace_back([&, i] {
            auto client = Client{Config{.endpoints = cluster.endpoints()}};
            auto keys = v2::Keys{client};
            for (auto j = 0; j != 20; ++j) {
                auto const key = "/foo/" + std::to_string(i) + '/' + std::to_string(j);
                auto const set = keys.set(key, "bar");
                ASSERT_TRUE(set) << set.error();
            }
        });
    }
    threads.clear();
    auto client = Client{config()};
    auto const all = v2::Keys{client}.get("/foo", {.recursive = true, .quorum = true});
    ASSERT_TRUE(all) << all.error();
    ASSERT_EQ(all->node.nodes.size(), 8U);
    for (auto const& each : all->node.nodes) { EXPECT_EQ(each.nodes.size(), 20U); }
}

TEST(ServedCluster, speaks_tls_with_a_certificate_and_fails_over_there_too)
{
    auto const certificate = examples::SelfSigned{};
    auto cluster = examples::ServedCluster{
        {.certificate = certificate.certificate_file(), .key = certificate.key_file()}};
    auto client = Client{Config{.endpoints = cluster.endpoints(),
        .transport = PocoTransport{{.tls = {.ca_file = certificate.certificate_file()}}},
        .selector = Sticky::starting_at(0)}};
    auto keys = v2::Keys{client};
    auto const set = keys.set("/foo", "bar");
    ASSERT_TRUE(set) << set.error();

    cluster.kill(0);

    auto const got = keys.get("/foo", {.quorum = true}, {.timeout = 30s});
    ASSERT_TRUE(got) << got.error();
    EXPECT_EQ(got->node.value, "bar");
}

TEST(ServedCluster, has_as_many_members_as_wished_and_goes_with_clients_connected)
{
    auto client = Client{
        Config{.endpoints = Endpoints::parse("http://127.0.0.1:1").value(), .retry = Never{}}};
    {
        auto const one = examples::ServedCluster{{.members = 1}};
        EXPECT_EQ(one.size(), 1U);
        client.set_endpoints(one.endpoints());
        ASSERT_TRUE(v2::Keys{client}.set("/foo", "bar"));
    }
    EXPECT_FALSE(v2::Keys{client}.get("/foo"));
}

}  // namespace
}  // namespace etcdpp::tests
