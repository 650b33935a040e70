// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The simulation's chance: a stream of numbers that a seed repeats on every machine.

#include <cstdint>
#include <string_view>

namespace etcdpp::sim {

//! The finalizer of SplitMix64: each bit of the result depends on each bit of `bits`.
constexpr std::uint64_t mixed(std::uint64_t bits) noexcept
{
    bits = (bits ^ bits >> 30U) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ bits >> 27U) * 0x94d049bb133111ebU;
    return bits ^ bits >> 31U;
}

constexpr std::uint64_t mixed(std::uint64_t seed, std::string_view text) noexcept
{
    for (auto const c : text) { seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3U; }
    return mixed(seed);
}

//! Not std::mt19937 with std::uniform_int_distribution: what the latter draws is not specified.
class Dice {
public:
    explicit constexpr Dice(std::uint64_t seed) noexcept : state_{seed} {}

    //! A stream of its own for each purpose: how often one is drawn from changes no other.
    constexpr Dice fork(std::string_view purpose) const noexcept
    {
        return Dice{mixed(state_, purpose)};
    }

    constexpr std::uint64_t next() noexcept { return mixed(state_ += 0x9e3779b97f4a7c15U); }

    //! 0 to `bound - 1`. @pre bound != 0
    constexpr std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }

    constexpr bool happens(std::uint64_t times, std::uint64_t out_of) noexcept
    {
        return below(out_of) < times;
    }

private:
    std::uint64_t state_;
};

}  // namespace etcdpp::sim
