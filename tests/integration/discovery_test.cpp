// SPDX-License-Identifier: BSL-1.0

//! @file
//! Clients that find a real cluster, follow it as it changes, and go to its leader.

#include "etcdpp/discovery/srv.hpp"
#include "tests/integration/on_cluster.hpp"
#include "tests/support/dns_server.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::UnorderedElementsAreArray;

Endpoint endpoint_of(EtcdCluster const& cluster, std::size_t member)
{
    return Endpoint::parse(cluster.url(member)).value();
}

Endpoints only(Endpoint const& endpoint)
{
    return Endpoints::of({endpoint}).value();
}

//! Who answered the calls of a client.
class Answerers {
public:
    void on(Event const& event)
    {
        auto const* const answer = std::get_if<AttemptAnswered>(&event);
        if (answer == nullptr) { return; }
        auto const lock = std::lock_guard{shared_->mutex};
        shared_->list.push_back(answer->endpoint);
    }

    //! Those since the last time.
    std::vector<Endpoint> take()
    {
        auto const lock = std::lock_guard{shared_->mutex};
        return std::exchange(shared_->list, {});
    }

private:
    struct Shared {
        std::mutex mutex;
        std::vector<Endpoint> list;
    };

    std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

//! An auto_sync at work in a thread of its own, until the end of the test.
template <class Client>
class Loop {
public:
    Loop(Client& client, Clock::duration interval, AutoSyncOptions options)
        : thread_{[this, &client, interval, options](std::stop_token const& stop) mutable {
              options.on_sync = [this](Result<Synced> const& synced) { note(synced); };
              EXPECT_THAT(auto_sync(client, interval, stop, options), IsOk());
          }}
    {
    }

    void finish()
    {
        thread_.request_stop();
        thread_.join();
    }

    //! Waits for a sync that is as it should be, and was not waited for before.
    std::optional<Synced> await(std::function<bool(Synced const&)> const& should)
    {
        auto lock = std::unique_lock{mutex_};
        auto found = std::optional<Synced>{};
        changed_.wait_for(lock, 60s, [&] {
            for (; !found && seen_ != synced_.size(); ++seen_) {
                if (should(synced_[seen_])) { found = synced_[seen_]; }
            }
            return found.has_value();
        });
        return found;
    }

private:
    void note(Result<Synced> const& synced)
    {
        if (!synced) { return; }
        auto const lock = std::lock_guard{mutex_};
        synced_.push_back(*synced);
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Synced> synced_;
    std::size_t seen_ = 0;
    std::jthread thread_;  //!< last: it uses all the others
};

template <class Client>
Loop(Client&, Clock::duration, AutoSyncOptions) -> Loop<Client>;

// A cluster of three.

struct DiscoveryOnCluster : OnCluster {
    Endpoints const everybody = endpoints_of(cluster);

    void expect_everybody(Endpoints const& endpoints)
    {
        EXPECT_THAT(std::vector<Endpoint>(endpoints.begin(), endpoints.end()),
            UnorderedElementsAreArray(everybody));
    }
};

TEST_F(DiscoveryOnCluster, finds_all_members_from_one)
{
    client.set_endpoints(only(everybody[1]));

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    expect_everybody(client.endpoints());
    EXPECT_EQ(synced->leader, endpoint_of(cluster, cluster.wait_for_leader()));
    EXPECT_THAT(keys.set("/app/mode", "blue"), IsOk());
}

TEST_F(DiscoveryOnCluster, keeps_members_that_are_down_or_frozen)
{
    cluster.kill(0);
    auto const killed = sync(client);
    cluster.restart(0);
    cluster.stop(1);
    auto const frozen = sync(client);
    cluster.cont(1);

    ASSERT_THAT(killed, IsOk());
    EXPECT_FALSE(killed->changed);
    ASSERT_THAT(frozen, IsOk());
    EXPECT_FALSE(frozen->changed);
}

TEST_F(DiscoveryOnCluster, finds_the_members_without_a_quorum_though_no_leader)
{
    cluster.kill(0);
    cluster.kill(1);
    ASSERT_TRUE(becomes_true(
        [&] { return cluster.witness(2).get("/v2/members/leader").status == 503; }, 10s));
    client.set_endpoints(only(everybody[2]));

    auto const synced = sync(client);

    ASSERT_THAT(synced, IsOk());
    expect_everybody(synced->endpoints);
    EXPECT_EQ(synced->leader, std::nullopt);
    EXPECT_THAT(find_leader(client, {}, {.timeout = 1s}), IsError(Condition::timed_out));
}

TEST_F(DiscoveryOnCluster, finds_the_leader)
{
    EXPECT_THAT(find_leader(client), IsOkAnd(endpoint_of(cluster, cluster.wait_for_leader())));
}

TEST_F(DiscoveryOnCluster, finds_another_leader_after_one_was_killed)
{
    auto const dead = cluster.wait_for_leader();
    ASSERT_THAT(find_leader(client), IsOkAnd(endpoint_of(cluster, dead)));

    cluster.kill(dead);
    auto const found = find_leader(client, {}, {.timeout = 30s});

    ASSERT_THAT(found, IsOk());
    EXPECT_NE(*found, endpoint_of(cluster, dead));
    EXPECT_EQ(*found, endpoint_of(cluster, cluster.wait_for_leader()));
}

TEST_F(DiscoveryOnCluster, finds_another_leader_after_one_was_frozen)
{
    auto const frozen = cluster.wait_for_leader();

    cluster.stop(frozen);
    auto const found = find_leader(client, {}, {.timeout = 30s});

    ASSERT_THAT(found, IsOk());
    EXPECT_NE(*found, endpoint_of(cluster, frozen));
}

TEST_F(DiscoveryOnCluster, lets_every_call_of_leader_first_go_to_the_leader)
{
    auto answerers = Answerers{};
    auto led = Client{Config{
        .endpoints = everybody, .selector = LeaderFirst{}, .environment = Observed{answerers}}};
    auto const leader = find_leader(led);
    ASSERT_THAT(leader, IsOk());
    answerers.take();

    for (auto i = 0; i != 5; ++i) { ASSERT_THAT(v2::Keys{led}.set("/app/mode", "blue"), IsOk()); }

    EXPECT_THAT(answerers.take(), AllOf(SizeIs(5), Each(*leader)));
}

TEST_F(DiscoveryOnCluster, follows_to_the_next_leader_soon_after_a_call_met_the_dead_one)
{
    auto const alarm = FaultAlarm{};
    auto answerers = Answerers{};
    auto led = Client{Config{.endpoints = everybody,
        .selector = LeaderFirst{},
        .environment = Observed{alarm, Observed{answerers}}}};
    auto const dead = cluster.wait_for_leader();
    auto const at_the_dead_one = endpoint_of(cluster, dead);
    auto loop = Loop{led, 1h, {.alarm = alarm, .rest = 200ms}};
    ASSERT_TRUE(loop.await([&](Synced const& each) { return each.leader == at_the_dead_one; }));

    cluster.kill(dead);
    EXPECT_THAT(v2::Keys{led}.get("/", {.recursive = false}), IsOk()) << "by another";
    auto const next = loop.await(
        [&](Synced const& each) { return each.leader && each.leader != at_the_dead_one; });

    ASSERT_TRUE(next) << "an hour would be too long";
    loop.finish();
    answerers.take();
    EXPECT_THAT(v2::Keys{led}.set("/app/mode", "green"), IsOk());
    EXPECT_THAT(answerers.take(), ElementsAre(*next->leader));
}

TEST_F(DiscoveryOnCluster, begins_with_no_more_than_a_domain)
{
    auto const server = DnsServer{[&](std::string const& asked, bool) {
        auto records = std::vector<SrvRecord>{};
        for (auto const& each : everybody) { records.push_back({0, 1, each.port, "localhost"}); }
        return asked == "_etcd-client._tcp.example.com"
            ? dns_reply(asked, records)
            : dns_header(dns_is_reply | 3U, 1, 0) + dns_question(asked);
    }};

    auto const found = discover("example.com.", {.nameserver = server.nameserver()});
    ASSERT_THAT(found, IsOkAnd(SizeIs(3)));
    auto by_name = Client{Config{.endpoints = *found}};

    EXPECT_THAT(v2::Keys{by_name}.set("/app/mode", "blue"), IsOk());
    EXPECT_EQ(witness.value("/app/mode"), "blue");
    ASSERT_THAT(sync(by_name), IsOk());
    expect_everybody(by_name.endpoints());
}

// Clusters that change.

//! Changes its members at once, without waiting until all have been connected for 5 s.
EtcdOptions changeable(std::size_t members)
{
    return {.members = members, .extra_arguments = {"--strict-reconfig-check=false"}};
}

TEST(Discovery, follows_a_cluster_until_none_of_its_first_members_is_left)
{
    auto cluster = EtcdCluster{changeable(1)};
    auto const first = endpoint_of(cluster, 0);
    auto client = Client{Config{.endpoints = only(first)}};
    ASSERT_THAT(v2::Keys{client}.set("/app/mode", "blue"), IsOk());

    auto const added = endpoint_of(cluster, cluster.add());
    cluster.wait_healthy();
    auto const grown = sync(client);
    ASSERT_THAT(grown, IsOk());
    EXPECT_TRUE(grown->changed);
    EXPECT_THAT(std::vector<Endpoint>(grown->endpoints.begin(), grown->endpoints.end()),
        UnorderedElementsAreArray({first, added}));

    cluster.remove(0);
    cluster.wait_until_ended(0);
    cluster.wait_healthy();
    auto const shrunk = sync(client);
    ASSERT_THAT(shrunk, IsOk());
    EXPECT_EQ(shrunk->endpoints, only(added));
    EXPECT_EQ(shrunk->cluster_id, grown->cluster_id);
    EXPECT_THAT(v2::Keys{client}.get("/app/mode"), IsOk());
}

TEST(Discovery, follows_by_itself_where_a_loop_syncs)
{
    auto cluster = EtcdCluster{changeable(1)};
    auto client = Client{Config{.endpoints = endpoints_of(cluster)}};
    auto loop = Loop{client, 200ms, {.rest = 50ms}};
    ASSERT_TRUE(loop.await([](Synced const& each) { return each.endpoints.size() == 1; }));

    cluster.add();
    EXPECT_TRUE(loop.await([](Synced const& each) { return each.endpoints.size() == 2; }));

    cluster.wait_healthy();
    cluster.remove(0);
    EXPECT_TRUE(loop.await([](Synced const& each) { return each.endpoints.size() == 1; }));
    EXPECT_EQ(client.endpoints(), only(endpoint_of(cluster, 1)));
}

TEST(Discovery, refuses_two_clusters_in_one_client)
{
    auto const one = EtcdCluster{1};
    auto const other = EtcdCluster{1};
    auto const both = Endpoints::of({endpoint_of(one, 0), endpoint_of(other, 0)}).value();
    auto client = Client{Config{.endpoints = both}};

    auto const synced = sync(client);

    EXPECT_THAT(synced, IsError(DiscoveryErrc::mixed_clusters));
    for (auto const& each : both) {
        auto alone = Client{Config{.endpoints = only(each)}};
        auto const id = v2::Keys{alone}.get("/").value().cluster_id;
        EXPECT_THAT(synced, HasWords(HasSubstr(to_string(each) + " is of cluster " + id)));
    }
    EXPECT_EQ(client.endpoints(), both);
    EXPECT_THAT(find_leader(client), IsError(DiscoveryErrc::mixed_clusters));
}

//! Its members advertise what is right on their side of a NAT, and nowhere else.
TEST(Discovery, stays_with_what_works_until_it_is_told_the_way_round_a_nat)
{
    auto cluster = EtcdCluster{EtcdOptions{
        .members = 2, .extra_arguments = {"--advertise-client-urls=http://127.0.0.1:1"}}};
    auto client = Client{Config{.endpoints = endpoints_of(cluster)}};

    auto const refused = sync(client);

    EXPECT_THAT(refused, IsError(DiscoveryErrc::out_of_reach));
    EXPECT_EQ(client.endpoints(), endpoints_of(cluster));
    EXPECT_THAT(v2::Keys{client}.set("/app/mode", "blue"), IsOk());

    auto const port_map = [&](v2::Member const& member, Endpoint const&) {
        return std::optional{endpoint_of(cluster, member.name == "member-0" ? 0 : 1)};
    };
    client.set_endpoints(only(endpoint_of(cluster, 0)));

    auto const synced = sync(client, {.rewrite = port_map});

    ASSERT_THAT(synced, IsOk());
    EXPECT_THAT(synced->endpoints, SizeIs(2));
    EXPECT_EQ(synced->leader, endpoint_of(cluster, cluster.wait_for_leader()));
}

}  // namespace
}  // namespace etcdpp::tests
