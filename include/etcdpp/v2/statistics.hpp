// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a member counts: plain values, each since the member was started unless it says otherwise.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace etcdpp::v2 {

//! What a member tells of itself.
struct SelfStats {
    using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

    std::string id = {};  //!< hexadecimal, as in Member
    std::string name = {};

    //! `StateLeader` or `StateFollower`, by its own account, which can be wrong: etcd 3.4.23 has
    //! followers that say StateLeader (WIRE 0.12). Members::leader() knows.
    std::string state = {};

    std::string leader = {};                //!< the id of the leader, while there is one
    std::optional<Time> leader_since = {};  //!< when the member began to follow it, by its clock
    std::optional<Time> started = {};       //!< by its clock
    std::uint64_t received_appends = 0;     //!< messages with raft entries
    std::uint64_t sent_appends = 0;

    // Rates of these, over the last samples; left out by a member that has not enough of them.
    std::optional<double> received_per_second = {};
    std::optional<double> received_bytes_per_second = {};
    std::optional<double> sent_per_second = {};
    std::optional<double> sent_bytes_per_second = {};

    friend bool operator==(SelfStats const&, SelfStats const&) = default;
};

//! What the leader knows of its ways to a follower.
struct FollowerStats {
    using Latency = std::chrono::duration<double, std::milli>;

    std::uint64_t successes = 0;  //!< raft messages that arrived
    std::uint64_t failures = 0;

    // Of those that arrived; zero while none has.
    Latency current = {};
    Latency average = {};
    Latency standard_deviation = {};
    Latency minimum = {};
    Latency maximum = {};

    friend bool operator==(FollowerStats const&, FollowerStats const&) = default;
};

struct LeaderStats {
    std::string leader = {};                              //!< its id
    std::map<std::string, FollowerStats> followers = {};  //!< by their id

    friend bool operator==(LeaderStats const&, LeaderStats const&) = default;
};

//! How often a member's store was asked for something, with and without success. Writes come to
//! every member, and etcd's own count too; of reads each counts those it answered itself.
struct StoreStats {
    std::uint64_t gets_success = 0;
    std::uint64_t gets_fail = 0;
    std::uint64_t sets_success = 0;
    std::uint64_t sets_fail = 0;
    std::uint64_t removes_success = 0;
    std::uint64_t removes_fail = 0;
    std::uint64_t updates_success = 0;
    std::uint64_t updates_fail = 0;
    std::uint64_t creates_success = 0;
    std::uint64_t creates_fail = 0;
    std::uint64_t compare_and_swaps_success = 0;
    std::uint64_t compare_and_swaps_fail = 0;
    std::uint64_t compare_and_removes_success = 0;
    std::uint64_t compare_and_removes_fail = 0;
    std::uint64_t expired = 0;
    std::uint64_t watchers = 0;  //!< now

    friend bool operator==(StoreStats const&, StoreStats const&) = default;
};

}  // namespace etcdpp::v2
