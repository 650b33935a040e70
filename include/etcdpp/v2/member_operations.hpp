// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be asked of the cluster's membership, as values.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/member.hpp"
#include "etcdpp/v2/wire/admin_reply.hpp"
#include "etcdpp/v2/wire/admin_request.hpp"
#include "etcdpp/v2/wire/member_names.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

namespace wire {

inline bool has_id(Member const& member) noexcept
{
    return !member.id.empty();
}

}  // namespace wire

//! Lists the members, also those that have not started. Whoever is asked answers by himself,
//! without a quorum too, so that what he says may be the past.
struct ListMembers {
    using Reply = std::vector<Member>;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/members"}; }

    static Result<Reply> read(auto const& codec, http::Response const& response)
    {
        auto const are_whole = [](wire::MemberList const& list) {
            return std::ranges::all_of(list.members, wire::has_id);
        };
        return wire::read_value<wire::MemberList>(codec, response, are_whole)
            .transform([](wire::MemberList&& list) { return std::move(list.members); });
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Asks who leads. A member that knows no leader is passed over: AdminErrc::no_leader.
struct GetLeader {
    using Reply = Member;

    static Result<http::Request> encode() { return http::Request{.target = "/v2/members/leader"}; }

    static Result<Reply> read(auto const& codec, http::Response const& response)
    {
        return wire::read_value<Member>(
            codec, response, wire::has_id, {.unavailable = AdminErrc::no_leader});
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! Tells the cluster of a member before that starts. A member counts for the quorum from now on,
//! whether it has started or not. AdminErrc::already_exists if one has such a peer URL.
//!
//! etcd refuses with AdminErrc::internal until all members have been connected for 5 s, and so, but
//! for --strict-reconfig-check=false, while one has been added that has not started.
struct AddMember {
    using Reply = Member;

    std::vector<std::string> peer_urls;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::AdminRequest{http::Method::post, "/v2/members"}
            .texts(peer_urls, "a peer URL")
            .json(codec, wire::PeerUrls{peer_urls});
    }

    static Result<Reply> read(auto const& codec, http::Response const& response)
    {
        return wire::read_value<Member>(codec, response, wire::has_id, wire::to_create);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Replaces a member's peer URLs. AdminErrc::not_found, or AdminErrc::already_exists if another has
//! one of them; AdminErrc::internal also if the member was removed.
struct UpdateMember {
    using Reply = void;

    std::string id;  //!< hexadecimal, as in Member
    std::vector<std::string> peer_urls;

    Result<http::Request> encode(auto const& codec) const
    {
        return wire::AdminRequest{http::Method::put, "/v2/members"}
            .name(id, "the member's id")
            .texts(peer_urls, "a peer URL")
            .json(codec, wire::PeerUrls{peer_urls});
    }

    static Result<void> read(auto const& codec, http::Response const& response)
    {
        return wire::read_done(codec, response, wire::to_create);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Removes a member for good: its process ends, and its id never comes back. AdminErrc::removed if
//! that was done before, AdminErrc::not_found if there never was such a member; both mean that it
//! is not there. etcd refuses with AdminErrc::internal what would cost the started members their
//! quorum.
struct RemoveMember {
    using Reply = void;

    std::string id;  //!< hexadecimal, as in Member

    Result<http::Request> encode() const
    {
        return wire::AdminRequest{http::Method::del, "/v2/members"}
            .name(id, "the member's id")
            .bare();
    }

    static Result<void> read(auto const& codec, http::Response const& response)
    {
        return wire::read_done(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

}  // namespace etcdpp::v2
