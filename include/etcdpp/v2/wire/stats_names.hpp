// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How statistics are spelled on the wire.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/v2/statistics.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace etcdpp::v2::wire {

struct LeaderInfo {
    std::string leader;
    std::string start_time;
};

//! Times are read later: a member that never had a leader says "0001-01-01T00:00:00Z", which is no
//! moment of the system's clock and no reason to doubt the rest.
struct SelfBody : SelfStats {
    LeaderInfo leader_info;
    std::string start_time;
};

struct LatencyBody {
    double current = 0;
    double average = 0;
    double standard_deviation = 0;
    double minimum = 0;
    double maximum = 0;
};

struct CountsBody {
    std::uint64_t fail = 0;
    std::uint64_t success = 0;
};

struct FollowerBody {
    LatencyBody latency;
    CountsBody counts;
};

struct LeaderBody {
    std::string leader;
    std::map<std::string, FollowerBody> followers;
};

//! The last number, seen to be there: all may be zero.
struct StoreBody : StoreStats {
    std::optional<std::uint64_t> watchers_now;
};

inline SelfStats publish(SelfBody&& body)
{
    using Form = TextForm<SelfStats::Time>;
    auto stats = static_cast<SelfStats&&>(body);
    stats.started = Form::parse(body.start_time);
    stats.leader_since = Form::parse(body.leader_info.start_time);
    stats.leader = std::move(body.leader_info.leader);
    return stats;
}

//! The least latency begins at 2^63 ms.
inline FollowerStats publish(FollowerBody const& body) noexcept
{
    using Latency = FollowerStats::Latency;
    auto stats = FollowerStats{.successes = body.counts.success, .failures = body.counts.fail};
    if (stats.successes != 0) {
        stats.current = Latency{body.latency.current};
        stats.average = Latency{body.latency.average};
        stats.standard_deviation = Latency{body.latency.standard_deviation};
        stats.minimum = Latency{body.latency.minimum};
        stats.maximum = Latency{body.latency.maximum};
    }
    return stats;
}

inline LeaderStats publish(LeaderBody&& body)
{
    auto stats = LeaderStats{.leader = std::move(body.leader)};
    for (auto const& [id, follower] : body.followers) {
        stats.followers.emplace(id, publish(follower));
    }
    return stats;
}

inline StoreStats publish(StoreBody&& body)
{
    body.watchers = body.watchers_now.value_or(0);
    return static_cast<StoreStats&&>(body);
}

}  // namespace etcdpp::v2::wire

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::LeaderInfo> = etcdpp::fields(
    etcdpp::field<"leader">(&etcdpp::v2::wire::LeaderInfo::leader),
    etcdpp::field<"startTime">(&etcdpp::v2::wire::LeaderInfo::start_time));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::SelfBody> = etcdpp::fields(
    etcdpp::field<"name">(&etcdpp::v2::SelfStats::name),
    etcdpp::field<"id">(&etcdpp::v2::SelfStats::id),
    etcdpp::field<"state">(&etcdpp::v2::SelfStats::state),
    etcdpp::field<"startTime">(&etcdpp::v2::wire::SelfBody::start_time),
    etcdpp::field<"leaderInfo">(&etcdpp::v2::wire::SelfBody::leader_info),
    etcdpp::field<"recvAppendRequestCnt">(&etcdpp::v2::SelfStats::received_appends),
    etcdpp::field<"recvPkgRate">(&etcdpp::v2::SelfStats::received_per_second),
    etcdpp::field<"recvBandwidthRate">(&etcdpp::v2::SelfStats::received_bytes_per_second),
    etcdpp::field<"sendAppendRequestCnt">(&etcdpp::v2::SelfStats::sent_appends),
    etcdpp::field<"sendPkgRate">(&etcdpp::v2::SelfStats::sent_per_second),
    etcdpp::field<"sendBandwidthRate">(&etcdpp::v2::SelfStats::sent_bytes_per_second));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::LatencyBody> = etcdpp::fields(
    etcdpp::field<"current">(&etcdpp::v2::wire::LatencyBody::current),
    etcdpp::field<"average">(&etcdpp::v2::wire::LatencyBody::average),
    etcdpp::field<"standardDeviation">(&etcdpp::v2::wire::LatencyBody::standard_deviation),
    etcdpp::field<"minimum">(&etcdpp::v2::wire::LatencyBody::minimum),
    etcdpp::field<"maximum">(&etcdpp::v2::wire::LatencyBody::maximum));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::CountsBody> = etcdpp::fields(
    etcdpp::field<"fail">(&etcdpp::v2::wire::CountsBody::fail),
    etcdpp::field<"success">(&etcdpp::v2::wire::CountsBody::success));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::FollowerBody> = etcdpp::fields(
    etcdpp::field<"latency">(&etcdpp::v2::wire::FollowerBody::latency),
    etcdpp::field<"counts">(&etcdpp::v2::wire::FollowerBody::counts));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::LeaderBody> = etcdpp::fields(
    etcdpp::field<"leader">(&etcdpp::v2::wire::LeaderBody::leader),
    etcdpp::field<"followers">(&etcdpp::v2::wire::LeaderBody::followers));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::StoreBody> = etcdpp::fields(
    etcdpp::field<"getsSuccess">(&etcdpp::v2::StoreStats::gets_success),
    etcdpp::field<"getsFail">(&etcdpp::v2::StoreStats::gets_fail),
    etcdpp::field<"setsSuccess">(&etcdpp::v2::StoreStats::sets_success),
    etcdpp::field<"setsFail">(&etcdpp::v2::StoreStats::sets_fail),
    etcdpp::field<"deleteSuccess">(&etcdpp::v2::StoreStats::removes_success),
    etcdpp::field<"deleteFail">(&etcdpp::v2::StoreStats::removes_fail),
    etcdpp::field<"updateSuccess">(&etcdpp::v2::StoreStats::updates_success),
    etcdpp::field<"updateFail">(&etcdpp::v2::StoreStats::updates_fail),
    etcdpp::field<"createSuccess">(&etcdpp::v2::StoreStats::creates_success),
    etcdpp::field<"createFail">(&etcdpp::v2::StoreStats::creates_fail),
    etcdpp::field<"compareAndSwapSuccess">(&etcdpp::v2::StoreStats::compare_and_swaps_success),
    etcdpp::field<"compareAndSwapFail">(&etcdpp::v2::StoreStats::compare_and_swaps_fail),
    etcdpp::field<"compareAndDeleteSuccess">(&etcdpp::v2::StoreStats::compare_and_removes_success),
    etcdpp::field<"compareAndDeleteFail">(&etcdpp::v2::StoreStats::compare_and_removes_fail),
    etcdpp::field<"expireCount">(&etcdpp::v2::StoreStats::expired),
    etcdpp::field<"watchers">(&etcdpp::v2::wire::StoreBody::watchers_now));
