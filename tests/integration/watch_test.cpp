// SPDX-License-Identifier: BSL-1.0

//! @file
//! Watches on real members: what is delivered, and what becomes of it when members fail.

#include "etcdpp/v2/follow.hpp"
#include "etcdpp/v2/watch_set.hpp"
#include "tests/integration/on_cluster.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using v2::Action;

//! Far more than any event takes.
auto const soon = CallOptions{.timeout = 20s};

constexpr auto short_liveness = Clock::duration{500ms};

class AWatchOnCluster : public OnCluster {
protected:
    //! A watch of /app from now on that has begun already.
    v2::Watch<Client<>> begun(v2::WatchOptions options = {.recursive = true})
    {
        options.after_index = keys.set("/start", "now").value().index;
        auto watch = keys.watch("/app", options);
        EXPECT_EQ(watch.next({.timeout = 100ms}).error(), Condition::timed_out);
        return watch;
    }

    //! Changes of a key that nobody watches, until etcd has forgotten what went before.
    void make_etcd_forget()
    {
        for (auto i = 0; i != 1100; ++i) { keys.set("/noise", "loud").value(); }
    }
};

TEST_F(AWatchOnCluster, delivers_events_of_every_kind)
{
    auto watch = begun();
    auto const delivered = [&](Action action) {
        auto const event = watch.next(soon).value();
        EXPECT_EQ(event.action, action) << event;
        EXPECT_EQ(event.node.key, "/app/mode") << event;
        EXPECT_EQ(event.node.modified_index, event.index) << event;
        return event;
    };

    keys.create("/app/mode", "blue").value();
    EXPECT_EQ(delivered(Action::create).node.value, "blue");
    keys.set("/app/mode", "green").value();
    EXPECT_EQ(delivered(Action::set).prev_node.value().value, "blue");
    keys.update("/app/mode", "red").value();
    delivered(Action::update);
    keys.compare_and_swap("/app/mode", "blue", {.prev_value = "red"}).value();
    delivered(Action::compare_and_swap);
    keys.compare_and_remove("/app/mode", {.prev_value = "blue"}).value();
    delivered(Action::compare_and_remove);
    keys.set("/app/mode", "blue").value();
    delivered(Action::set);
    keys.remove("/app/mode").value();
    EXPECT_TRUE(is_removal(delivered(Action::remove)));
    keys.set("/app/mode", "blue", {.ttl = 1s}).value();
    delivered(Action::set);
    EXPECT_TRUE(is_removal(delivered(Action::expire)));
}

TEST_F(AWatchOnCluster, of_one_key_hears_of_that_key_alone)
{
    auto watch = keys.watch("/app/mode", {.after_index = keys.set("/start", "now").value().index});

    keys.set("/app/mode2", "green").value();
    keys.set("/app/mode", "blue").value();

    EXPECT_EQ(watch.next(soon).value().node.key, "/app/mode");
}

TEST_F(AWatchOnCluster, hears_when_a_directory_above_is_removed)
{
    keys.set("/app/db/host", "h1").value();
    auto watch = keys.watch("/app/db/host");
    EXPECT_FALSE(watch.next({.timeout = 100ms}));

    keys.remove("/app", {.recursive = true}).value();

    auto const event = watch.next(soon).value();
    EXPECT_EQ(event.node.key, "/app");
    EXPECT_TRUE(is_removal(event));
}

TEST_F(AWatchOnCluster, hears_when_a_directory_above_was_removed_in_the_past)
{
    auto const before = keys.set("/app/db/host", "h1").value().index;
    keys.remove("/app", {.recursive = true}).value();

    auto watch = keys.watch("/app/db/host", {.after_index = before});

    EXPECT_EQ(watch.next(soon).value().node.key, "/app");
}

TEST_F(AWatchOnCluster, is_not_told_of_hidden_keys_be_they_past_or_present)
{
    auto const before = keys.set("/app/mode", "blue").value().index;
    keys.set("/app/_lock", "held").value();
    keys.set("/app/zone", "north").value();
    auto watch = keys.watch("/app", {.after_index = before, .recursive = true});

    EXPECT_EQ(watch.next(soon).value().node.key, "/app/zone");
    keys.set("/app/_lock", "free").value();
    keys.set("/app/zone", "south").value();
    EXPECT_EQ(watch.next(soon).value().node.value, "south");
}

TEST_F(AWatchOnCluster, replays_the_past_it_is_asked_for)
{
    auto const first = keys.set("/app/mode", "1").value().index;
    for (auto i = 2; i != 200; ++i) { keys.set("/app/mode", std::to_string(i)).value(); }

    auto watch = keys.watch("/app/mode", {.after_index = first});

    for (auto i = 2; i != 200; ++i) {
        EXPECT_EQ(watch.next(soon).value().node.value, std::to_string(i));
    }
}

TEST_F(AWatchOnCluster, survives_that_etcd_forgot_the_past_of_a_quiet_key)
{
    keys.set("/app/mode", "blue").value();
    auto watch = begun({.recursive = true, .liveness = short_liveness});

    make_etcd_forget();
    EXPECT_FALSE(watch.next({.timeout = 2 * short_liveness}));  // meets the 401, says nothing of it
    make_etcd_forget();
    keys.set("/app/mode", "green").value();

    EXPECT_EQ(watch.next(soon).value().node.value, "green");
}

TEST_F(AWatchOnCluster, resyncs_to_the_state_it_missed)
{
    keys.set("/app/kept", "blue").value();
    keys.set("/app/changed", "blue").value();
    keys.set("/app/gone", "blue").value();
    auto watch = keys.watch("/app", {.recursive = true, .liveness = short_liveness});
    EXPECT_FALSE(watch.next({.timeout = 100ms}));
    auto told = std::vector<std::string>{};

    // The changes come while nobody waits: the first is delivered, the others are forgotten by
    // then.
    keys.set("/app/changed", "green").value();
    keys.remove("/app/gone").value();
    keys.set("/app/new", "blue").value();
    make_etcd_forget();
    told.push_back(watch.next(soon).value().node.value);
    for (auto i = 0; i != 2; ++i) {
        auto const event = watch.next(soon).value();
        EXPECT_EQ(event.action, Action::resync) << event;
        told.push_back((is_removal(event) ? '-' : '+') + event.node.key);
    }

    EXPECT_THAT(told, ElementsAre("green", "-/app/gone", "+/app/new"));
}

TEST_F(AWatchOnCluster, begins_anew_where_the_past_it_is_asked_for_is_forgotten)
{
    auto const first = keys.set("/app/mode", "blue").value().index;
    make_etcd_forget();

    auto watch = keys.watch("/app", {.after_index = first, .recursive = true});

    auto const reset = watch.next(soon).value();
    EXPECT_EQ(reset.node.key, "/app");
    EXPECT_TRUE(is_removal(reset));
    EXPECT_EQ(watch.next(soon).value().node.key, "/app");
    EXPECT_EQ(watch.next(soon).value().node.value, "blue");
}

TEST_F(AWatchOnCluster, resumes_elsewhere_without_loss_or_repeat_when_its_member_is_killed)
{
    auto survivor = Client{Config{.endpoints = Endpoints::parse(cluster.url(2)).value()}};
    auto const writer = v2::Keys{survivor};
    auto pinned = Client{
        Config{.endpoints = endpoints_of(cluster), .selector = Sticky::starting_at(0)}};
    auto const after = writer.set("/app/count", "0").value().index;
    auto watch = v2::Keys{pinned}.watch("/app", {.after_index = after, .recursive = true});

    for (auto i = 1; i != 300; ++i) {
        if (i == 100) {
            cluster.kill(0);
            cluster.wait_for_leader();
        }
        writer.set("/app/count", std::to_string(i)).value();
        if (i % 3 == 0) {  // now at the head of the history, now behind it
            for (auto k = i - 2; k <= i; ++k) {
                ASSERT_EQ(watch.next(soon).value().node.value, std::to_string(k));
            }
        }
    }
}

TEST_F(AWatchOnCluster, goes_on_after_its_time_was_up)
{
    auto watch = begun();
    for (auto i = 0; i != 10; ++i) {
        EXPECT_EQ(watch.next({.timeout = 10ms}).error(), Condition::timed_out);
        keys.set("/app/mode", std::to_string(i)).value();
        EXPECT_EQ(watch.next(soon).value().node.value, std::to_string(i));
    }
}

TEST_F(AWatchOnCluster, resyncs_when_its_cluster_is_replaced_by_another)
{
    keys.set("/app/only_here", "blue").value();
    keys.set("/app/in_both", "blue").value();
    auto watch = keys.watch("/app", {.recursive = true, .liveness = short_liveness});
    EXPECT_FALSE(watch.next({.timeout = 100ms}));
    auto another = EtcdCluster{1};
    auto there = Client{Config{.endpoints = Endpoints::parse(another.url(0)).value()}};
    v2::Keys{there}.set("/app/in_both", "green").value();
    v2::Keys{there}.set("/app/only_there", "green").value();

    client.set_endpoints(Endpoints::parse(another.url(0)).value());
    auto held = std::map<std::string, std::string>{
        {"/app/only_here", "blue"}, {"/app/in_both", "blue"}};
    for (auto event = watch.next(soon); event; event = watch.next({.timeout = 300ms})) {
        EXPECT_EQ(event->action, Action::resync) << *event;
        if (is_removal(*event)) {
            held.erase(event->node.key);
        } else if (!event->node.dir) {
            held.insert_or_assign(event->node.key, event->node.value);
        }
    }

    EXPECT_EQ(held, KeyWitness{another}.files("/app"));
    v2::Keys{there}.set("/app/in_both", "red").value();
    EXPECT_EQ(watch.next(soon).value().node.value, "red");
}

TEST_F(AWatchOnCluster, begins_anew_where_its_index_lies_beyond_a_restored_backup)
{
    auto const now = keys.set("/app/mode", "blue").value().index;
    auto const lost = Index{static_cast<std::uint64_t>(now) + 5000};

    auto watch = keys.watch("/app", {.after_index = lost, .recursive = true});

    EXPECT_TRUE(is_removal(watch.next(soon).value()));
    EXPECT_EQ(watch.next(soon).value().node.key, "/app");
    EXPECT_EQ(watch.next(soon).value().node.value, "blue");
}

TEST(AWatchOnOneMember, resyncs_when_its_cluster_is_restored_from_a_backup)
{
    auto cluster = EtcdCluster{1};
    auto client = Client{Config{.endpoints = endpoints_of(cluster)}};
    auto const keys = v2::Keys{client};
    auto const data = cluster.folder() / "member-0";
    auto const backup = cluster.folder() / "backup";
    keys.set("/app/before", "blue").value();
    cluster.terminate(0);
    std::filesystem::copy(data, backup, std::filesystem::copy_options::recursive);
    cluster.restart(0);
    auto follow = keys.follow("/app", short_liveness);
    EXPECT_TRUE(follow.next(soon));
    for (auto i = 0; i != 50; ++i) { keys.set("/app/behind", std::to_string(i)).value(); }
    while (!follow.map().contains("/app/behind") || follow.map().at("/app/behind").value != "49") {
        ASSERT_TRUE(follow.next(soon));
    }

    cluster.kill(0);
    std::filesystem::remove_all(data);
    std::filesystem::copy(backup, data, std::filesystem::copy_options::recursive);
    cluster.restart(0);
    auto const event = follow.next(soon).value();

    EXPECT_EQ(event.action, Action::resync);
    EXPECT_EQ(event.node.key, "/app/behind");
    EXPECT_THAT(follow.map(), ElementsAre(testing::Key("/app/before")));
    keys.set("/app/after", "green").value();
    while (!follow.map().contains("/app/after")) { ASSERT_TRUE(follow.next(soon)); }
}

TEST_F(AWatchOnCluster, in_a_set_of_ten_delivers_what_each_is_to_hear)
{
    auto set = v2::WatchSet{client};
    for (auto i = 0; i != 10; ++i) { set.add(keys.watch("/app/k" + std::to_string(i))); }
    EXPECT_EQ(set.next_any({.timeout = 300ms}).error(), Condition::timed_out);

    auto writer = std::jthread{[&] {
        for (auto round = 0; round != 20; ++round) {
            for (auto i = 0; i != 10; ++i) {
                keys.set("/app/k" + std::to_string(i), std::to_string(round)).value();
            }
        }
    }};
    auto heard = std::array<int, 10>{};
    for (auto i = 0; i != 200; ++i) {
        auto const got = set.next_any(soon).value();
        auto const event = got.event.value();
        EXPECT_EQ(event.node.key, "/app/k" + std::to_string(got.which));
        EXPECT_EQ(event.node.value, std::to_string(heard[got.which]++));
    }

    EXPECT_THAT(heard, Each(20));
}

TEST_F(AWatchOnCluster, as_a_follower_of_a_directory_keeps_a_map_that_equals_it)
{
    for (auto i = 0; i != 20; ++i) { keys.set("/app/k" + std::to_string(i), "0").value(); }
    auto follow = keys.follow("/app", short_liveness);
    EXPECT_EQ(follow.next(soon).value().action, Action::get);
    auto const map = [&] {
        auto files = std::map<std::string, std::string>{};
        for (auto const& [key, node] : follow.map()) { files.emplace(key, node.value); }
        return files;
    };
    EXPECT_EQ(map(), witness.files("/app"));

    for (auto i = 0; i != 20; ++i) { keys.set("/app/d/e" + std::to_string(i), "1").value(); }
    keys.remove("/app/k3").value();
    keys.remove("/app/d", {.recursive = true}).value();
    keys.set("/app/last", "2").value();
    while (!follow.map().contains("/app/last")) { ASSERT_TRUE(follow.next(soon)); }

    EXPECT_EQ(map(), witness.files("/app"));
}

}  // namespace
}  // namespace etcdpp::tests
