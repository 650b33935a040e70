// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How an attempt fails before, and after, the member may have seen the request.

#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/error.hpp"

namespace etcdpp::tests {

inline Error refused()
{
    return Error{Errc::unreachable, {.effect = Effect::none, .words = "connection refused"}};
}

inline Error lost()
{
    return Error{Errc::unreachable, {.effect = Effect::unknown, .words = "connection reset"}};
}

}  // namespace etcdpp::tests
