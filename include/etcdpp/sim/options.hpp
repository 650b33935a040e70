// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a simulated cluster is made, and where its seed comes from.

#include "etcdpp/core/deadline.hpp"

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>

namespace etcdpp::sim {

//! What `ETCDPP_SEED` says, if it is a number: the run that is to be repeated.
inline std::optional<std::uint64_t> seed_to_repeat()
{
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment of a test
    auto const* const text = std::getenv("ETCDPP_SEED");
    if (text == nullptr) { return std::nullopt; }
    auto seed = std::uint64_t{0};
    auto const view = std::string_view{text};
    auto const [end, fault] = std::from_chars(view.data(), view.data() + view.size(), seed);
    auto const is_whole = fault == std::errc{} && end == view.data() + view.size();
    return is_whole ? std::optional{seed} : std::nullopt;
}

struct Options {
    std::size_t members = 3;

    //! Every chance of the simulation and of its clients follows from it.
    std::uint64_t seed = seed_to_repeat().value_or(1);

    //! From a client to a member, between two members, and back.
    Clock::duration hop = std::chrono::microseconds{100};

    //! etcd's election timeout. An election takes one to two of them.
    Clock::duration election = std::chrono::seconds{1};

    //! How long, in real time, an actor may run before the simulation gives it up.
    std::chrono::milliseconds patience = std::chrono::seconds{5};
};

}  // namespace etcdpp::sim
