// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A retry policy for GoogleMock: the test says whether a call goes on, or sees what it was asked.

#include "etcdpp/retry/concept.hpp"
#include "etcdpp/testing/handle.hpp"

#include <gmock/gmock.h>

#include <cstdint>

namespace etcdpp::mocks {

//! What nothing is said about gives up.
struct RetryPolicyMock {
    MOCK_METHOD(void, begin, (), (const));
    MOCK_METHOD(Pause, next, (Failure const& failure, std::uint64_t entropy));
};

//! `EXPECT_CALL(*retry, next).WillOnce(Return(0ms))`: the calls of a client all ask the one mock. A
//! copy shares it, so the test keeps one and the client gets another.
class RetryPolicy : public Handle<RetryPolicyMock> {
public:
    struct State : Handle<RetryPolicyMock> {
        explicit State(RetryPolicy const& policy) : Handle{policy} {}

        Pause next(Failure const& failure, std::uint64_t entropy)
        {
            return (**this).next(failure, entropy);
        }
    };

    State begin() const
    {
        (**this).begin();
        return State{*this};
    }
};

static_assert(retry_policy<RetryPolicy>);

}  // namespace etcdpp::mocks
