// SPDX-License-Identifier: BSL-1.0
//! @file
//! A bare code says nothing of effect and fault: to make an error of it takes a word.
// expect: (could not convert|no viable conversion).*Errc.*Error

#include "etcdpp/core/error.hpp"

using namespace etcdpp;

Error answer()
{
#ifdef GOOD
    return Error{Errc::timed_out};
#else
    return Errc::timed_out;
#endif
}
