// SPDX-License-Identifier: BSL-1.0

//! @file
//! What servers of every age say of their health.

#include "etcdpp/server/health.hpp"

#include "tests/support/admin_replies.hpp"
#include "tests/support/spy_client.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace etcdpp {
namespace {

using tests::error;
using tests::reply;
using tests::request;
using tests::without_cluster;

static_assert(check_operation<GetHealth, PocoJson>());

TEST(GetHealth, asks_without_an_api)
{
    EXPECT_EQ(request(GetHealth{}), http::Request{.target = "/health"});
}

TEST(GetHealth, is_a_read_that_waits_for_raft)
{
    EXPECT_EQ(GetHealth::idempotency(), Idempotency::read);
    EXPECT_TRUE(GetHealth::commits());
}

TEST(GetHealth, reads_that_all_is_well)
{
    EXPECT_EQ(reply(GetHealth{}, without_cluster(200, R"({"health":"true"})")).value(),
        Health{.healthy = true});
    EXPECT_EQ(reply(GetHealth{}, without_cluster(200, R"({"health":"true","reason":""})")).value(),
        Health{.healthy = true});
}

TEST(GetHealth, takes_a_503_for_an_answer)
{
    EXPECT_EQ(reply(GetHealth{}, without_cluster(503, "{\"health\":\"false\"}\n")).value(),
        Health{.healthy = false});
}

TEST(GetHealth, keeps_the_reason_that_newer_servers_give)
{
    EXPECT_EQ(
        reply(GetHealth{}, without_cluster(503, R"({"health":"false","reason":"RAFT NO LEADER"})"))
            .value(),
        (Health{.healthy = false, .reason = "RAFT NO LEADER"}));
}

TEST(GetHealth, believes_no_good_word_that_the_status_belies)
{
    EXPECT_FALSE(reply(GetHealth{}, without_cluster(503, R"({"health":"true"})"))->healthy);
    EXPECT_FALSE(reply(GetHealth{}, without_cluster(200, R"({"health":"false"})"))->healthy);
}

TEST(GetHealth, takes_the_word_of_no_stranger)
{
    EXPECT_EQ(error(GetHealth{}, without_cluster(200, "OK")), Errc::not_etcd);
    EXPECT_EQ(error(GetHealth{}, without_cluster(200, R"({"health":"good"})")), Errc::not_etcd);
    EXPECT_EQ(error(GetHealth{}, without_cluster(404, R"({"health":"true"})")), Errc::not_etcd);
    EXPECT_EQ(error(GetHealth{}, without_cluster(503, "<html>")), Errc::unreachable);
}

TEST(Health, prints_with_its_reason)
{
    auto const printed = [](Health const& health) {
        return (std::ostringstream{} << health).str();
    };

    EXPECT_EQ(printed({.healthy = true}), "healthy");
    EXPECT_EQ(printed({.healthy = false}), "not healthy");
    EXPECT_EQ(printed({false, "RAFT NO LEADER"}), "not healthy: RAFT NO LEADER");
}

TEST(Health, is_asked_for_in_one_word)
{
    auto spy = tests::SpyClient{};

    EXPECT_EQ(health(spy, tests::SpyClient::hasty).error(), Errc::cancelled);
    spy.asked<GetHealth>();
}

}  // namespace
}  // namespace etcdpp
