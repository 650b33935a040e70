// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One attempt and no more: the null object of retry policies.

#include "etcdpp/retry/concept.hpp"

#include <cstdint>
#include <optional>

namespace etcdpp {

class Never {
public:
    struct State {
        Pause next(Failure const&, std::uint64_t) const noexcept { return std::nullopt; }
    };

    State begin() const noexcept { return {}; }
};

static_assert(retry_policy<Never>);

}  // namespace etcdpp
