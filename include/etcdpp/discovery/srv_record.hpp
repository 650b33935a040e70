// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A place of a service in the DNS, and the order in which several are to be used.

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp {

//! As RFC 2782 defines it.
struct SrvRecord {
    std::uint16_t priority = 0;  //!< lower ones are used first
    std::uint16_t weight = 0;    //!< among equal priorities, how often this one is to be the first
    std::uint16_t port = 0;
    std::string target = {};  //!< a host name, without the dot at its end; empty: no host at all

    friend bool operator==(SrvRecord const&, SrvRecord const&) = default;
};

namespace detail {

//! Which of some records of one priority is to be used next, as RFC 2782 has it drawn: a number
//! from 0 to the sum of the weights, both included, in a list that begins with the weights of 0.
//! Where nothing weighs anything, each is as likely.
inline std::size_t weighted_choice(std::vector<SrvRecord> const& equals, std::uint64_t entropy)
{
    auto const add = [](std::uint64_t sum, SrvRecord const& each) { return sum + each.weight; };
    auto const sum = std::accumulate(equals.begin(), equals.end(), std::uint64_t{0}, add);
    if (sum == 0) { return entropy % equals.size(); }
    auto const drawn = entropy % (sum + 1);
    auto position = std::size_t{0};
    for (auto running = std::uint64_t{equals[0].weight}; running < drawn;) {
        running += equals[++position].weight;
    }
    return position;
}

}  // namespace detail

//! By priority, and among equals at random, by weight. `draw()` gives 64 random bits. (The bias of
//! the remainder is below 2^-32.)
template <std::invocable Draw>
std::vector<SrvRecord> in_order_of_use(std::vector<SrvRecord> records, Draw&& draw)
{
    std::ranges::sort(
        records, {}, [](SrvRecord const& each) { return std::pair{each.priority, each.weight}; });
    auto ordered = std::vector<SrvRecord>{};
    for (auto next = records.begin(); next != records.end();) {
        auto const last = std::find_if(next, records.end(),
            [&](SrvRecord const& each) { return each.priority != next->priority; });
        auto equals = std::vector<SrvRecord>{next, last};
        while (!equals.empty()) {
            auto const chosen = detail::weighted_choice(equals, draw());
            ordered.push_back(std::move(equals[chosen]));
            equals.erase(equals.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
        next = last;
    }
    return ordered;
}

}  // namespace etcdpp
