// SPDX-License-Identifier: BSL-1.0
//! @file
//! A position in etcd's history is no number to count with.
// expect: (no match for 'operator\+'|invalid operands to binary expression).*Index

#include "etcdpp/core/index.hpp"

using namespace etcdpp;

Index behind(Index index)
{
#ifdef GOOD
    return next(index);
#else
    return index + 1;
#endif
}
