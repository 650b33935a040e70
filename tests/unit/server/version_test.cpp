// SPDX-License-Identifier: BSL-1.0

//! @file
//! What servers of every age say of their version.

#include "etcdpp/server/version.hpp"

#include "tests/support/admin_replies.hpp"
#include "tests/support/spy_client.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>

namespace etcdpp {
namespace {

using tests::error;
using tests::is_a_local_read;
using tests::reply;
using tests::request;
using tests::without_cluster;

static_assert(check_operation<GetVersion, PocoJson>() && is_a_local_read<GetVersion>());

TEST(GetVersion, asks_without_an_api)
{
    EXPECT_EQ(request(GetVersion{}), http::Request{.target = "/version"});
}

TEST(GetVersion, reads_server_and_cluster)
{
    EXPECT_EQ(reply(GetVersion{},
                  without_cluster(200, R"({"etcdserver":"3.4.23","etcdcluster":"3.4.0"})"))
                  .value(),
        (Version{.server = "3.4.23", .cluster = "3.4.0"}));
}

TEST(GetVersion, passes_over_what_newer_servers_add)
{
    EXPECT_EQ(reply(GetVersion{},
                  without_cluster(
                      200, R"({"etcdserver":"3.6.1","etcdcluster":"3.6.0","storage":"3.6.0"})"))
                  .value(),
        (Version{.server = "3.6.1", .cluster = "3.6.0"}));
}

TEST(GetVersion, knows_that_a_young_cluster_has_not_agreed)
{
    EXPECT_EQ(reply(GetVersion{},
                  without_cluster(200, R"({"etcdserver":"3.4.23","etcdcluster":"not_decided"})"))
                  .value(),
        (Version{.server = "3.4.23", .cluster = std::nullopt}));
}

TEST(GetVersion, refuses_what_no_etcd_says)
{
    for (auto const* const body : {"", "{}", "etcd 0.4.9", R"({"version":"1.0"})"}) {
        EXPECT_EQ(error(GetVersion{}, without_cluster(200, body)), Errc::not_etcd) << body;
    }
    EXPECT_EQ(error(GetVersion{}, without_cluster(404)), Errc::not_etcd);
    EXPECT_EQ(error(GetVersion{}, without_cluster(502)), Errc::unreachable);
}

TEST(Version, prints_both)
{
    auto const printed = [](Version const& version) {
        return (std::ostringstream{} << version).str();
    };

    EXPECT_EQ(printed({"3.4.23", "3.4.0"}), "3.4.23, cluster 3.4.0");
    EXPECT_EQ(printed({"3.4.23", std::nullopt}), "3.4.23, cluster not decided");
}

TEST(Version, is_asked_for_in_one_word)
{
    auto spy = tests::SpyClient{};

    EXPECT_EQ(version(spy, tests::SpyClient::hasty).error(), Errc::cancelled);
    spy.asked<GetVersion>();
}

}  // namespace
}  // namespace etcdpp
