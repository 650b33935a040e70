// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether the server may have carried out a request that failed.

#include <cstdint>
#include <ostream>
#include <string_view>

namespace etcdpp {

//! What is known about a failed request's effect on the store, from best to worst.
//!
//! `none` is a promise, made only where it is certain: the connection was refused, not one byte was
//! sent, or the server itself turned the request down. A reply that never came proves nothing: that
//! is `unknown`, and the request may even be carried out later (WIRE section 7: five of five writes
//! answered "request timed out" were present after the cluster healed).
enum class Effect : std::uint8_t {
    none,     //!< the server cannot have acted, and will not
    unknown,  //!< it may have acted, or may still
    applied,  //!< it acted, but what it answered cannot be read
};

//! The effect of a call is the worst over all its attempts.
constexpr Effect worst(Effect one, Effect other) noexcept
{
    return one < other ? other : one;
}

constexpr std::string_view name(Effect effect) noexcept
{
    switch (effect) {
    case Effect::none: return "none";
    case Effect::unknown: return "unknown";
    case Effect::applied: return "applied";
    }
    return "unknown";
}

inline std::ostream& operator<<(std::ostream& out, Effect effect)
{
    return out << name(effect);
}

}  // namespace etcdpp
