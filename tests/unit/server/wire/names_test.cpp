// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/server/wire/names.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gtest/gtest.h>

namespace etcdpp::detail {
namespace {

TEST(ServerNames, are_etcds)
{
    auto const version =
        PocoJson{}.decode<VersionBody>(R"({"etcdserver":"3.4.23","etcdcluster":"3.4.0"})").value();
    auto const health =
        PocoJson{}.decode<HealthBody>(R"({"health":"false","reason":"RAFT NO LEADER"})").value();

    EXPECT_EQ(version.etcdserver, "3.4.23");
    EXPECT_EQ(version.etcdcluster, "3.4.0");
    EXPECT_EQ(health.health, "false");
    EXPECT_EQ(health.reason, "RAFT NO LEADER");
}

}  // namespace
}  // namespace etcdpp::detail
