// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How large a reply may become before it is refused.

#include <cstddef>

namespace etcdpp::http {

//! What a reply may be at most.
struct ParserLimits {
    std::size_t max_head = std::size_t{64} * 1024;  //!< interim replies and trailers count, too
    std::size_t max_body = std::size_t{256} * 1024 * 1024;
};

}  // namespace etcdpp::http
