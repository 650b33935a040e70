// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The end of a simulation that cannot go on, said aloud: nobody else would hear of it.

#include <cstdlib>
#include <iostream>
#include <string>

namespace etcdpp::sim {

//! Prints and aborts: a thread that keeps the turn for itself, or waits for what can never happen,
//! cannot be told so in any other way.
[[noreturn]] inline void alarm(std::string const& words)
{
    // NOLINTNEXTLINE(performance-avoid-endl): the line must be out before the program ends
    std::cerr << "\netcdpp::sim: " << words << std::endl;
    std::abort();
}

}  // namespace etcdpp::sim
