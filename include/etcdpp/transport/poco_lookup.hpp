// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Who finds the addresses of a host: the system, unless PocoOptions name another.

#include <functional>
#include <string>
#include <vector>

// Only named, so that who is content with the system's resolver compiles none of Poco.
// NOLINTNEXTLINE(readability-identifier-naming): the name is Poco's
namespace Poco::Net {
class IPAddress;
}

namespace etcdpp {

using Addresses = std::vector<Poco::Net::IPAddress>;

//! Finds the addresses of a host, in the order in which to try them. It may throw any
//! std::exception, and block for as long as it likes: a thread of its own calls it, which is left
//! behind if it takes too long. So it must own, or share, all it refers to. Who writes one includes
//! <Poco/Net/IPAddress.h>.
using NameLookup = std::function<Addresses(std::string const& host)>;

}  // namespace etcdpp
