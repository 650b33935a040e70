// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How often what was asked of a member's store, as `/v2/stats/store` tells it.

#include <cstdint>

namespace etcdpp::sim {

//! One kind of operation. etcd 3.4 counts some refusals as successes; so does the simulated store.
struct Tally {
    std::uint64_t success = 0;
    std::uint64_t fail = 0;

    void count(bool succeeded) noexcept { ++(succeeded ? success : fail); }

    friend bool operator==(Tally const&, Tally const&) = default;
};

struct StoreStats {
    Tally gets = {};
    Tally sets = {};
    Tally deletes = {};
    Tally updates = {};
    Tally creates = {};
    Tally swaps = {};             //!< compare-and-swap
    Tally compared_deletes = {};  //!< compare-and-delete
    std::uint64_t expired = 0;

    friend bool operator==(StoreStats const&, StoreStats const&) = default;
};

}  // namespace etcdpp::sim
