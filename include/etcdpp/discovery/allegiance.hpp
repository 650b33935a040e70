// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The question to which cluster a member belongs, and whom it takes for the leader of that.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/v2/admin_errc.hpp"
#include "etcdpp/v2/member.hpp"
#include "etcdpp/v2/member_operations.hpp"

#include <optional>
#include <utility>

namespace etcdpp::detail {

struct Allegiance {
    ClusterId cluster_id;
    std::optional<v2::Member> leader = {};  //!< empty during an election, and without a quorum

    friend bool operator==(Allegiance const&, Allegiance const&) = default;
};

//! As v2::GetLeader, but that a member knows no leader is an answer, since it names its cluster.
struct AskAllegiance {
    using Reply = Allegiance;

    static Result<http::Request> encode() { return v2::GetLeader::encode(); }

    static Result<Allegiance> read(auto const& codec, http::Response const& response)
    {
        auto allegiance = Allegiance{v2::wire::cluster_id(response)};
        auto leader = v2::GetLeader::read(codec, response);
        if (leader) {
            allegiance.leader = *std::move(leader);
        } else if (leader.error() != v2::make_error_code(v2::AdminErrc::no_leader)) {
            return unexpected(std::move(leader).error());
        }
        return allegiance;
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

}  // namespace etcdpp::detail
