// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What happens to the store when the same request is carried out twice.

#include <cstdint>
#include <ostream>
#include <string_view>

namespace etcdpp {

//! A property of each operation; `retry/safety.hpp` draws the conclusions.
enum class Idempotency : std::uint8_t {
    read,       //!< changes nothing, however often
    overwrite,  //!< twice in a row is the same as once, but a late copy undoes what came between
    once_only,  //!< a second execution changes more, or answers differently, than the first
};

constexpr std::string_view name(Idempotency idempotency) noexcept
{
    switch (idempotency) {
    case Idempotency::read: return "read";
    case Idempotency::overwrite: return "overwrite";
    case Idempotency::once_only: return "once_only";
    }
    return "once_only";
}

inline std::ostream& operator<<(std::ostream& out, Idempotency idempotency)
{
    return out << name(idempotency);
}

}  // namespace etcdpp
