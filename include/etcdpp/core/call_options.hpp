// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a single call may set differently from its client's Config.

#include "etcdpp/core/deadline.hpp"

#include <optional>
#include <stop_token>

namespace etcdpp {

struct CallOptions {
    //! The longest the whole call may take, all attempts and pauses included.
    //! Empty: the client's `call_timeout`.
    std::optional<Clock::duration> timeout = {};

    //! A stop request from another thread ends the call with Errc::cancelled within 50 ms.
    std::stop_token stop = {};

    //! The longest wait without a byte from the member in use.
    //! Empty: the client's `attempt_timeout` or `commit_timeout`, whichever fits the operation.
    std::optional<Clock::duration> attempt_timeout = {};

    //! Whether an overwriting request may be sent again after its reply was lost: the first copy
    //! can then be carried out late and undo a newer write. Empty: the client's own setting.
    std::optional<bool> repeat_overwrites = {};
};

}  // namespace etcdpp
