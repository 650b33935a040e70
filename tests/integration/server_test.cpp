// SPDX-License-Identifier: BSL-1.0

//! @file
//! What real servers say of their version and health, with the v2 API and without it.

#include "etcdpp/server/health.hpp"
#include "etcdpp/server/version.hpp"
#include "etcdpp/v2/auth.hpp"
#include "etcdpp/v2/members.hpp"
#include "etcdpp/v2/stats.hpp"
#include "tests/integration/on_cluster.hpp"
#include "tests/support/free_port.hpp"

#include <chrono>
#include <string>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

using ServerOnCluster = OnCluster;

TEST_F(ServerOnCluster, tells_its_version_and_the_clusters)
{
    auto const said = cluster.witness(0).get("/version").body;

    auto const told = version(client);

    ASSERT_THAT(told, IsOk());
    EXPECT_THAT(said, HasSubstr("\"etcdserver\":\"" + told->server + '"'));
    ASSERT_TRUE(told->cluster);
    EXPECT_THAT(said, HasSubstr("\"etcdcluster\":\"" + *told->cluster + '"'));
}

TEST_F(ServerOnCluster, is_healthy)
{
    EXPECT_THAT(health(client), IsOkAnd(Health{.healthy = true}));
}

TEST_F(ServerOnCluster, answers_that_it_is_not_healthy_without_a_quorum)
{
    cluster.kill(0);
    cluster.kill(1);

    auto answer = Result<Health>{};
    auto const knows_it = becomes_true(
        [&] { return (answer = health(client)) && !answer->healthy; }, 10s);

    EXPECT_TRUE(knows_it) << testing::PrintToString(answer);
    EXPECT_THAT(version(client), IsOk());
}

TEST_F(ServerOnCluster, is_passed_over_where_it_does_not_answer)
{
    cluster.kill(0);
    cluster.wait_for_leader();
    cluster.wait_healthy();
    auto dead_first = Client{
        Config{.endpoints = endpoints_of(cluster), .selector = Sticky::starting_at(0)}};

    EXPECT_THAT(health(dead_first), IsOkAnd(Health{.healthy = true}));
}

TEST_F(ServerOnCluster, is_missed_if_nobody_answers)
{
    auto const port = FreePort{};
    auto const url = "http://127.0.0.1:" + std::to_string(port.number());
    auto nobody = Client{Config{.endpoints = Endpoints::parse(url).value(), .retry = OnePass{}}};

    EXPECT_THAT(health(nobody), IsError(Condition::unavailable));
    EXPECT_THAT(version(nobody), IsError(Condition::unavailable));
}

//! As servers are from 3.4 on, unless they are told otherwise.
struct ServerWithoutV2 : testing::Test {
    EtcdCluster cluster{EtcdOptions{.members = 1, .enable_v2 = false}};
    Client<> client{Config{.endpoints = endpoints_of(cluster)}};
};

TEST_F(ServerWithoutV2, tells_version_and_health_and_that_the_rest_is_off)
{
    EXPECT_THAT(version(client), IsOk());
    EXPECT_THAT(health(client), IsOkAnd(Health{.healthy = true}));

    auto const list = v2::Members{client}.list();
    EXPECT_THAT(list, IsError(Errc::v2_disabled));
    EXPECT_THAT(list, HasFault(Fault::request));
    EXPECT_THAT(list, HasWords(HasSubstr("--enable-v2")));
    EXPECT_THAT(v2::Members{client}.add({"http://10.0.0.9:2380"}), IsError(Errc::v2_disabled));
    EXPECT_THAT(v2::Auth{client}.enabled(), IsError(Errc::v2_disabled));
    EXPECT_THAT(
        v2::Auth{client}.users().put("alice", Secret{"sesame"}), IsError(Errc::v2_disabled));
    EXPECT_THAT(v2::Auth{client}.roles().remove("reader"), IsError(Errc::v2_disabled));
    EXPECT_THAT(v2::Stats{client}.self(), IsError(Errc::v2_disabled));
    EXPECT_THAT(v2::Stats{client}.leader(), IsError(Errc::v2_disabled));
}

}  // namespace
}  // namespace etcdpp::tests
