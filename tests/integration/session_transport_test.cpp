// SPDX-License-Identifier: BSL-1.0

//! @file
//! Real members, asked through Poco's HTTPClientSession.

#include "etcdpp/transport/poco_session.hpp"
#include "tests/integration/on_cluster.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

class SessionTransport : public testing::Test {
protected:
    EtcdCluster& cluster = SharedCluster<3>::fresh();
    KeyWitness witness{cluster};
    Client<PocoSessionTransport> client{Config{.endpoints = endpoints_of(cluster),
        .transport = PocoSessionTransport{},
        .selector = Sticky::starting_at(0)}};
    v2::Keys<Client<PocoSessionTransport>> keys{client};
};

TEST_F(SessionTransport, carries_every_kind_of_write)
{
    EXPECT_THAT(keys.create("/app/owner", "me & you + ä"), IsOk());
    EXPECT_EQ(witness.value("/app/owner"), "me & you + ä");
    EXPECT_THAT(keys.compare_and_swap("/app/owner", "you", {.prev_value = "me & you + ä"}), IsOk());
    EXPECT_THAT(keys.create("/app/owner", "me"), IsError(Condition::already_exists));
    EXPECT_THAT(keys.create_in_order("/queue", "job"), IsOk());
    EXPECT_THAT(keys.compare_and_remove("/app/owner", {.prev_value = "you"}), IsOk());
    EXPECT_THAT(keys.get("/app/owner"), IsError(Condition::not_found));
}

//! Replies beyond 2 KiB come in chunks.
TEST_F(SessionTransport, carries_large_values_and_long_listings)
{
    auto const large = std::string(1'000'000, 'x');
    for (auto i = 0; i != 50; ++i) { keys.set("/app/" + std::to_string(i), "value").value(); }

    EXPECT_EQ(keys.set("/app/large", large).value().node.value, large);
    EXPECT_EQ(keys.get("/app/large").value().node.value, large);
    EXPECT_THAT(keys.get("/app").value().node.nodes, SizeIs(51));
}

TEST_F(SessionTransport, leaves_a_member_that_is_killed_and_one_that_is_frozen)
{
    keys.set("/app/mode", "blue").value();
    cluster.wait_healthy();  // a plain read from a member that lags would not find the key
    cluster.kill(0);
    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
    cluster.stop(1);

    auto const get = keys.get("/app/mode", {}, {.attempt_timeout = 300ms});

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "blue");
}

}  // namespace
}  // namespace etcdpp::tests
