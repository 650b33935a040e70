// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Who is at fault for a failure, which decides whether asking elsewhere could help.

#include <cstdint>
#include <ostream>
#include <string_view>

namespace etcdpp {

//! Only a `member` fault makes a call move on; a retry policy sees no other kind.
enum class Fault : std::uint8_t {
    request,  //!< a definitive verdict on the request: every member would say the same
    member,   //!< refused, lost, silent, a 5xx, or not an etcd: another member may do better
    caller,   //!< the caller's own deadline passed, or he asked to stop
};

constexpr std::string_view name(Fault fault) noexcept
{
    switch (fault) {
    case Fault::request: return "request";
    case Fault::member: return "member";
    case Fault::caller: return "caller";
    }
    return "member";
}

inline std::ostream& operator<<(std::ostream& out, Fault fault)
{
    return out << name(fault);
}

}  // namespace etcdpp
