// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The matchers that users get, under the names of this project's own tests.

#include "etcdpp/testing/result_matchers.hpp"

#include <system_error>

namespace etcdpp::tests {

using mocks::HasEffect;
using mocks::HasFault;
using mocks::HasWords;
using mocks::IsOk;
using mocks::IsOkAnd;

//! FailsWith, under a name that suits an Error as well as a Result.
inline auto IsError(std::error_code code)
{
    return mocks::FailsWith(code);
}

inline auto IsError(std::error_condition condition)
{
    return mocks::FailsWith(condition);
}

}  // namespace etcdpp::tests
