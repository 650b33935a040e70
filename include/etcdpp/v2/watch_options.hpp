// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What may be said about a watch.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/index.hpp"

#include <chrono>

namespace etcdpp::v2 {

struct WatchOptions {
    //! Events behind this index, which may lie in the past: that of the reply or event after which
    //! the watch goes on. Empty: from the first reply of a member on, which the first `next` asks
    //! for; if that ends without one, such as by its timeout, what happened until then is not told.
    Index after_index = {};

    bool recursive = false;  //!< also everything below the key

    //! After this much silence the member in use has to prove that it is alive and has a leader; it
    //! has as long again to do so. A member that stopped is left within twice this time.
    Clock::duration liveness = std::chrono::seconds{5};
};

}  // namespace etcdpp::v2
