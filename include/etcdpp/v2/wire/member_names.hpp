// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How members are spelled on the wire.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/v2/member.hpp"

#include <string>
#include <vector>

namespace etcdpp::v2::wire {

struct MemberList {
    std::vector<Member> members;
};

//! All that a request says of a member.
struct PeerUrls {
    std::vector<std::string> peer_urls;
};

}  // namespace etcdpp::v2::wire

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::Member> = etcdpp::fields(
    etcdpp::field<"id">(&etcdpp::v2::Member::id), etcdpp::field<"name">(&etcdpp::v2::Member::name),
    etcdpp::field<"peerURLs">(&etcdpp::v2::Member::peer_urls),
    etcdpp::field<"clientURLs">(&etcdpp::v2::Member::client_urls));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::MemberList> = etcdpp::fields(
    etcdpp::field<"members">(&etcdpp::v2::wire::MemberList::members));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::PeerUrls> = etcdpp::fields(
    etcdpp::field<"peerURLs">(&etcdpp::v2::wire::PeerUrls::peer_urls));
