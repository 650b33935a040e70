// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What may be said beside key and value, under etcd's names.

#include "etcdpp/core/index.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace etcdpp::v2 {

struct GetOptions {
    bool recursive = false;  //!< the whole tree below a directory, not only one level
    bool sorted = false;     //!< byte order at every level; else a directory's order is random

    //! Through raft, so that the answer is current; without it a member answers from what it has,
    //! which may be the past. Empty: the client's `Config::quorum`.
    std::optional<bool> quorum = {};
};

struct SetOptions {
    //! How long the node lives. etcd counts seconds: a fraction is rounded up. From one second (or
    //! less, rounded up) to 3e9 seconds; zero is refused, for etcd would expire the node at once.
    //! Empty: for ever. A write without it takes away the TTL that the node had.
    std::optional<std::chrono::milliseconds> ttl = {};

    //! The reply carries the action alone, neither node nor previous node: half the traffic, and
    //! much less where values are large.
    bool no_value_on_success = false;
};

struct RemoveOptions {
    bool dir = false;        //!< also a directory, if it is empty
    bool recursive = false;  //!< also a directory with all that is in it
};

//! What must hold for a compare-and-swap or compare-and-remove; both, if both are given.
struct Compare {
    //! The value that must stand there. Not empty: etcd cannot compare with an empty value.
    std::optional<std::string> prev_value = {};

    //! The modified index that the node must have. Not zero: etcd reads that as "no condition".
    std::optional<Index> prev_index = {};
};

}  // namespace etcdpp::v2
