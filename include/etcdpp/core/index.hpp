// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A position in etcd's v2 history.

#include <cstdint>
#include <ostream>

namespace etcdpp {

//! X-Etcd-Index, createdIndex and modifiedIndex: each change of the store takes the next one.
//! Zero is the index of no change at all.
enum class Index : std::uint64_t {};

//! The position right behind `index`, where a watch goes on.
constexpr Index next(Index index) noexcept
{
    return Index{static_cast<std::uint64_t>(index) + 1};
}

inline std::ostream& operator<<(std::ostream& out, Index index)
{
    return out << static_cast<std::uint64_t>(index);
}

}  // namespace etcdpp
