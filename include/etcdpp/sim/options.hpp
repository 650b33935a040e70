// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a simulated cluster is made, and where its seed comes from.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/decimal.hpp"
#include "etcdpp/core/endpoint.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <vector>

namespace etcdpp::sim {

//! What `ETCDPP_SEED` says, if it is a number: the run that is to be repeated.
inline std::optional<std::uint64_t> seed_to_repeat()
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment of a test
    auto const* const text = std::getenv("ETCDPP_SEED");
    return text == nullptr ? std::nullopt : etcdpp::detail::read_decimal(text);
}

struct Options {
    std::size_t members = 3;

    //! Every chance of the simulation and of its clients follows from it.
    std::uint64_t seed = seed_to_repeat().value_or(1);

    //! From a client to a member, between two members, and back.
    Clock::duration hop = std::chrono::microseconds{100};

    //! etcd's election timeout. An election takes one to two of them.
    Clock::duration election = std::chrono::seconds{1};

    //! What the clock on each member's wall shows at the beginning.
    std::chrono::system_clock::time_point wall = std::chrono::sys_days{
        std::chrono::year{2030} / 1 / 1};

    //! Where the first members say that they serve clients. The others do so at http://m0:2379,
    //! http://m1:2379 and so on, each by its number.
    std::vector<Endpoint> endpoints = {};

    //! How long, in real time, an actor may run before the simulation gives it up.
    std::chrono::milliseconds patience = std::chrono::seconds{5};
};

}  // namespace etcdpp::sim
