// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What goes wrong, and when: the faults of one run.

#include "etcdpp/sim/mishap.hpp"
#include "etcdpp/sim/trigger.hpp"

#include <ostream>
#include <vector>

namespace etcdpp::sim {

struct Rule {
    Trigger trigger = {};
    Mishap mishap = {};

    friend bool operator==(Rule const&, Rule const&) = default;
};

using Schedule = std::vector<Rule>;

//! `write 3 kills after it was carried out the leader`
inline std::ostream& operator<<(std::ostream& out, Rule const& rule)
{
    return out << rule.trigger << ' ' << rule.mishap;
}

}  // namespace etcdpp::sim
