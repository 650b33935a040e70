// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether an event of a watch says that something is gone.

#include "etcdpp/v2/node.hpp"

namespace etcdpp::v2 {

//! True for a removal, an expiry, and a resync whose node does not exist any more. What is gone is
//! `event.node.key` with everything below it: a watch of "/app/mode" is told that "/app" was
//! removed.
constexpr bool is_removal(Response const& event) noexcept
{
    switch (event.action) {
    case Action::remove:
    case Action::compare_and_remove:
    case Action::expire: return true;
    case Action::resync: return event.node.created_index == Index{};
    case Action::get:
    case Action::set:
    case Action::create:
    case Action::update:
    case Action::compare_and_swap: break;
    }
    return false;
}

}  // namespace etcdpp::v2
