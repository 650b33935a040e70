// SPDX-License-Identifier: BSL-1.0
//! @file
//! An error that does not say on which way it leaves.
// expect: (could not convert|no viable conversion).*Error

#include "etcdpp/core/result.hpp"

using namespace etcdpp;

Result<int> answer()
{
#ifdef GOOD
    return unexpected(Error{Errc::timed_out});
#else
    return Error{Errc::timed_out};
#endif
}
