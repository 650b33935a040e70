// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What Result::value() throws for those who prefer exceptions.

#include "etcdpp/core/error.hpp"

#include <sstream>
#include <stdexcept>
#include <utility>

namespace etcdpp {

//! Thrown by Result::value(), and by nothing else in the library. `what()` prints the whole error.
class Exception : public std::runtime_error {
public:
    explicit Exception(Error error)
        : std::runtime_error{(std::ostringstream{} << error).str()}, error_{std::move(error)}
    {
    }

    Error const& error() const noexcept { return error_; }

private:
    Error error_;
};

}  // namespace etcdpp
