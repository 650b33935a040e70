// SPDX-License-Identifier: BSL-1.0

//! @file
//! Statistics as etcd 3.4.23 was seen to send them.

#include "etcdpp/v2/wire/stats_names.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::v2::wire {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

template <class Body>
auto published(std::string_view text)
{
    return publish(PocoJson{}.decode<Body>(text).value());
}

TEST(StatsNames, of_a_member_are_etcds)
{
    auto const stats = published<SelfBody>(
        R"({"name":"b","id":"a89d2986252f0fe0","state":"StateFollower",)"
        R"("startTime":"2026-11-21T03:09:12.991353108Z","leaderInfo":{"leader":"b01a13770778ab2e",)"
        R"("uptime":"3.731929642s","startTime":"2026-11-21T03:09:13.277493424Z"},)"
        R"("recvAppendRequestCnt":8,"recvPkgRate":2.5,"recvBandwidthRate":1024,)"
        R"("sendAppendRequestCnt":3,"sendPkgRate":0.5,"sendBandwidthRate":17.25})");

    auto const started = std::chrono::sys_days{2026y / 11 / 21} + 3h + 9min;
    EXPECT_EQ(stats,
        (SelfStats{.id = "a89d2986252f0fe0",
            .name = "b",
            .state = "StateFollower",
            .leader = "b01a13770778ab2e",
            .leader_since = started + 13'277'493'424ns,
            .started = started + 12'991'353'108ns,
            .received_appends = 8,
            .sent_appends = 3,
            .received_per_second = 2.5,
            .received_bytes_per_second = 1024,
            .sent_per_second = 0.5,
            .sent_bytes_per_second = 17.25}));
}

//! Go's zero time, which is out of the range of a clock that counts nanoseconds.
TEST(StatsNames, of_a_member_survive_a_leader_that_never_was)
{
    auto const stats = published<SelfBody>(
        R"({"name":"b","id":"a89d2986252f0fe0","state":"StateFollower",)"
        R"("leaderInfo":{"leader":"","uptime":"1h","startTime":"0001-01-01T00:00:00Z"}})");

    EXPECT_EQ(stats.id, "a89d2986252f0fe0");
    EXPECT_EQ(stats.leader, "");
    EXPECT_EQ(stats.leader_since, std::nullopt);
    EXPECT_EQ(stats.started, std::nullopt);
}

TEST(StatsNames, of_a_leader_are_etcds)
{
    auto const stats = published<LeaderBody>(
        R"({"leader":"b01a13770778ab2e","followers":{"a89d2986252f0fe0":{"latency":)"
        R"({"current":0.000541,"average":0.0040585,"standardDeviation":0.007169929811371935,)"
        R"("minimum":0.00012,"maximum":0.022854},"counts":{"fail":1,"success":8}}}})");

    EXPECT_EQ(stats.leader, "b01a13770778ab2e");
    ASSERT_THAT(stats.followers, SizeIs(1));
    using Latency = FollowerStats::Latency;
    EXPECT_EQ(stats.followers.at("a89d2986252f0fe0"),
        (FollowerStats{.successes = 8,
            .failures = 1,
            .current = Latency{0.000541},
            .average = Latency{0.0040585},
            .standard_deviation = Latency{0.007169929811371935},
            .minimum = Latency{0.00012},
            .maximum = Latency{0.022854}}));
}

TEST(StatsNames, of_a_follower_that_was_never_reached_show_no_latency)
{
    auto const stats = published<LeaderBody>(
        R"({"leader":"b01a13770778ab2e","followers":{"a89d2986252f0fe0":{"latency":)"
        R"({"current":0,"average":0,"standardDeviation":0,"minimum":9223372036854775808,)"
        R"("maximum":0},"counts":{"fail":7,"success":0}}}})");

    EXPECT_EQ(stats.followers.at("a89d2986252f0fe0"), FollowerStats{.failures = 7});
}

TEST(StatsNames, of_a_store_are_etcds)
{
    auto const stats = published<StoreBody>(
        R"({"getsSuccess":1,"getsFail":2,"setsSuccess":3,"setsFail":4,"deleteSuccess":5,)"
        R"("deleteFail":6,"updateSuccess":7,"updateFail":8,"createSuccess":9,"createFail":10,)"
        R"("compareAndSwapSuccess":11,"compareAndSwapFail":12,"compareAndDeleteSuccess":13,)"
        R"("compareAndDeleteFail":14,"expireCount":15,"watchers":16})");

    EXPECT_EQ(stats, (StoreStats{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
}

}  // namespace
}  // namespace etcdpp::v2::wire
