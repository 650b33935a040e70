// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How statistics are spelled on the wire.

#include "etcdpp/codec/fields_fwd.hpp"
#include "etcdpp/codec/rfc3339.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/v2/statistics.hpp"

#include <concepts>
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

inline StoreStats publish(StoreBody const& body) noexcept
{
    auto stats = static_cast<StoreStats const&>(body);
    stats.watchers = body.watchers_now.value_or(0);
    return stats;
}

}  // namespace etcdpp::v2::wire

template <std::same_as<etcdpp::v2::wire::LeaderInfo> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"leader">(&T::leader), etcdpp::field<"startTime">(&T::start_time));

template <std::same_as<etcdpp::v2::wire::SelfBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"name">(&T::name),
    etcdpp::field<"id">(&T::id), etcdpp::field<"state">(&T::state),
    etcdpp::field<"startTime">(&T::start_time), etcdpp::field<"leaderInfo">(&T::leader_info),
    etcdpp::field<"recvAppendRequestCnt">(&T::received_appends),
    etcdpp::field<"recvPkgRate">(&T::received_per_second),
    etcdpp::field<"recvBandwidthRate">(&T::received_bytes_per_second),
    etcdpp::field<"sendAppendRequestCnt">(&T::sent_appends),
    etcdpp::field<"sendPkgRate">(&T::sent_per_second),
    etcdpp::field<"sendBandwidthRate">(&T::sent_bytes_per_second));

template <std::same_as<etcdpp::v2::wire::LatencyBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"current">(&T::current),
    etcdpp::field<"average">(&T::average),
    etcdpp::field<"standardDeviation">(&T::standard_deviation),
    etcdpp::field<"minimum">(&T::minimum), etcdpp::field<"maximum">(&T::maximum));

template <std::same_as<etcdpp::v2::wire::CountsBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"fail">(&T::fail), etcdpp::field<"success">(&T::success));

template <std::same_as<etcdpp::v2::wire::FollowerBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"latency">(&T::latency), etcdpp::field<"counts">(&T::counts));

template <std::same_as<etcdpp::v2::wire::LeaderBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"leader">(&T::leader), etcdpp::field<"followers">(&T::followers));

template <std::same_as<etcdpp::v2::wire::StoreBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"getsSuccess">(&T::gets_success), etcdpp::field<"getsFail">(&T::gets_fail),
    etcdpp::field<"setsSuccess">(&T::sets_success), etcdpp::field<"setsFail">(&T::sets_fail),
    etcdpp::field<"deleteSuccess">(&T::removes_success),
    etcdpp::field<"deleteFail">(&T::removes_fail),
    etcdpp::field<"updateSuccess">(&T::updates_success),
    etcdpp::field<"updateFail">(&T::updates_fail),
    etcdpp::field<"createSuccess">(&T::creates_success),
    etcdpp::field<"createFail">(&T::creates_fail),
    etcdpp::field<"compareAndSwapSuccess">(&T::compare_and_swaps_success),
    etcdpp::field<"compareAndSwapFail">(&T::compare_and_swaps_fail),
    etcdpp::field<"compareAndDeleteSuccess">(&T::compare_and_removes_success),
    etcdpp::field<"compareAndDeleteFail">(&T::compare_and_removes_fail),
    etcdpp::field<"expireCount">(&T::expired), etcdpp::field<"watchers">(&T::watchers_now));
