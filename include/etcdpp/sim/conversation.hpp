// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One request on its way through the simulated network, and what has come back of its reply.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/mishap.hpp"
#include "etcdpp/transport/concept.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! What arrives at the client at one moment.
struct Piece {
    Progress progress = Progress::more;  //!< `more`: bytes that tell nothing yet
    http::Response part = {};
    std::optional<Error> loss = {};  //!< the connection ended instead
};

struct Conversation {
    std::uint64_t number = 0;
    std::size_t member = 0;
    http::Request request = {};
    std::vector<Mishap> mishaps = {};

    std::deque<Piece> arrived = {};  //!< and not read yet
    Clock::time_point heard = {};    //!< when something arrived last
    bool is_dropped = false;         //!< the client has gone
    bool is_settled = false;         //!< the member has answered, or is lost

    Mishap const* mishap(Harm harm) const noexcept
    {
        auto const there = std::ranges::find(mishaps, harm, &Mishap::harm);
        return there == mishaps.end() ? nullptr : &*there;
    }
};

using Talk = std::shared_ptr<Conversation>;

}  // namespace etcdpp::sim
