// SPDX-License-Identifier: BSL-1.0
//! @file
//! A position comes from a reply.
// expect: (cannot convert|cannot initialize|no viable conversion|could not convert)

#include "etcdpp/v2/options.hpp"

using namespace etcdpp;

#ifdef GOOD
auto compare = v2::Compare{.prev_index = Index{7}};
#else
auto compare = v2::Compare{.prev_index = 7};
#endif
