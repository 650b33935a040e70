// SPDX-License-Identifier: BSL-1.0
//! @file
//! The simulated member against a real one: as many requests as ETCDPP_OPERATIONS says, 4000 by
//! default, drawn from ETCDPP_SEED or from a fresh seed that is printed. With ETCDPP_REPORT it
//! writes docs/fidelity.md to that file.

#include "tests/differential/duel.hpp"
#include "tests/differential/report.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>

namespace etcdpp::tests {
namespace {

std::uint64_t number_in(char const* variable, std::uint64_t otherwise)
{
    auto const* const text = std::getenv(variable);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(Differential, simulated_member_answers_as_a_real_one)
{
    auto const seed = number_in("ETCDPP_SEED", std::random_device{}());
    auto const operations = number_in("ETCDPP_OPERATIONS", 4000);
    std::cout << operations << " operations, ETCDPP_SEED=" << seed << '\n';
    auto duel = Duel{seed};

    for (auto i = std::uint64_t{0}; i != operations; ++i) {
        auto difference = duel.turn();
        if (!difference && i + 1 == operations) { difference = duel.finish(); }
        ASSERT_FALSE(difference) << "operation " << i << " of ETCDPP_SEED=" << seed << ": "
                                 << difference->request << "\nthe real member: " << difference->real
                                 << "\nthe simulated one: " << difference->simulated;
    }

    if (auto const* const file = std::getenv("ETCDPP_REPORT")) {
        std::ofstream{file} << Report{operations, seed, duel.tallies()};
    }
}

TEST(Differential, simulated_member_counts_as_a_real_one)
{
    auto const seed = number_in("ETCDPP_SEED", std::random_device{}());
    auto duel = Duel{seed};
    duel.compare_statistics();  // what it takes to begin is not compared

    for (auto i = 0; i != 500; ++i) { duel.plain_turn(); }
    auto const difference = duel.compare_statistics();

    EXPECT_FALSE(difference) << "ETCDPP_SEED=" << seed << "\nthe real member: " << difference->real
                             << "\nthe simulated one: " << difference->simulated;
}

}  // namespace
}  // namespace etcdpp::tests
