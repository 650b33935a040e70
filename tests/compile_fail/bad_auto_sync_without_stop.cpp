// SPDX-License-Identifier: BSL-1.0
//! @file
//! A loop that nobody could end.
// expect: no matching function for call to .*auto_sync

#include "etcdpp/discovery/auto_sync.hpp"
#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

void keep_current(SomeClient& client, [[maybe_unused]] std::stop_token const& stop)
{
#ifdef GOOD
    auto const ended = auto_sync(client, std::chrono::seconds{30}, stop);
#else
    auto const ended = auto_sync(client, std::chrono::seconds{30});
#endif
    static_cast<void>(ended);
}
