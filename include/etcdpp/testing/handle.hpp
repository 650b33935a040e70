// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a mock, which cannot be moved, becomes a policy, which is stored by value.

#include <gmock/gmock.h>

#include <memory>

namespace etcdpp::mocks {

//! Points to a mock that all its copies share. `EXPECT_CALL(*handle, ...)` sets expectations, which
//! are checked when the last copy dies: let the client go before the test ends. A call that nothing
//! is said about passes without a warning and returns a default value.
template <class Mock>
class Handle {
public:
    Mock& operator*() const noexcept { return *mock_; }
    Mock* operator->() const noexcept { return mock_.get(); }

private:
    std::shared_ptr<Mock> mock_ = std::make_shared<testing::NiceMock<Mock>>();
};

}  // namespace etcdpp::mocks
