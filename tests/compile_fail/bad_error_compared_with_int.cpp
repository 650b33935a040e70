// SPDX-License-Identifier: BSL-1.0
//! @file
//! A number means nothing without its category.
// expect: (no match for 'operator=='|invalid operands to binary expression).*Error

#include "etcdpp/core/error.hpp"
#include "etcdpp/v2/errc.hpp"

using namespace etcdpp;

bool is_missing(Error const& error)
{
#ifdef GOOD
    return error == v2::Errc::key_not_found;
#else
    return error == 100;
#endif
}
