// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Stands where a facade expects a client, and keeps what it is asked to run.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"

#include <gtest/gtest.h>

#include <any>
#include <optional>
#include <utility>

namespace etcdpp::tests {

//! Says that each call was cancelled.
class SpyClient {
public:
    template <class Op>
    Result<typename Op::Reply> run(Op op, CallOptions const& options)
    {
        asked_ = std::move(op);
        timeout_ = options.timeout;
        return unexpected(Error{Errc::cancelled});
    }

    //! What was asked for, with the options of `hasty`. Fails, and invents one, if it is no Op.
    template <class Op>
    Op asked() const
    {
        auto const* const op = std::any_cast<Op>(&asked_);
        EXPECT_NE(op, nullptr) << "another operation was run";
        EXPECT_EQ(timeout_, hasty.timeout);
        return op != nullptr ? *op : Op{};
    }

    static inline CallOptions const hasty{.timeout = std::chrono::milliseconds{30}};

private:
    std::any asked_;
    std::optional<Clock::duration> timeout_;
};

}  // namespace etcdpp::tests
