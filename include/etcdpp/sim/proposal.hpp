// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What the members of a simulated cluster agree on, entry by entry.

#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/auth.hpp"
#include "etcdpp/sim/roster.hpp"
#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_event.hpp"

#include <cstdint>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! A new leader's first entry: with it, all before it are committed.
struct Nothing {};

//! The leader's clock, every 500 ms while anything expires.
struct Tick {
    WallTime cutoff = {};
};

struct RosterChange {
    enum class Kind : std::uint8_t { add, update, remove, start };

    Kind kind = Kind::add;
    RosterEntry member = {};
};

using Proposal = std::variant<Nothing, Command, Tick, RosterChange, AuthChange>;

//! What came of a proposal at one member.
struct Outcome {
    std::vector<Change> changes = {};  //!< what watches are told
    std::variant<std::monostate, Verdict, http::Response> answer = {};
};

}  // namespace etcdpp::sim
