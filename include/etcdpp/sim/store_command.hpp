// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a request asks of the store, and by what the members agree on it.

#include "etcdpp/core/index.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace etcdpp::sim {

//! A member's wall clock, which TTLs are counted by; calls are measured in steady time.
using WallTime = std::chrono::system_clock::time_point;

//! A write, or a read that goes the same way. The names are those of the parameters it came with.
struct Command {
    enum class Kind : std::uint8_t { put, post, remove, read };

    Kind kind = Kind::read;
    std::string path = "/";  //!< in the whole tree, clean
    std::string value = {};
    bool dir = false;
    bool recursive = false;
    bool sorted = false;
    bool refresh = false;
    std::optional<bool> prev_exist = {};
    std::string prev_value = {};  //!< empty: not compared, as etcd has it
    Index prev_index = {};        //!< zero: not compared
    std::optional<WallTime> expiration = {};

    bool compares() const noexcept { return prev_index != Index{} || !prev_value.empty(); }

    friend bool operator==(Command const&, Command const&) = default;
};

}  // namespace etcdpp::sim
