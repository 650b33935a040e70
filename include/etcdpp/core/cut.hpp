// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Text taken apart at a separator, from the front.

#include <string_view>

namespace etcdpp::detail {

//! Takes what stands before the first separator off the front of `rest`, and the separator with it;
//! all of `rest` where there is none.
constexpr std::string_view cut(std::string_view& rest, char separator) noexcept
{
    auto const piece = rest.substr(0, rest.find(separator));
    rest.remove_prefix(piece.size());
    if (!rest.empty()) { rest.remove_prefix(1); }
    return piece;
}

}  // namespace etcdpp::detail
