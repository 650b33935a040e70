// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How members are spelled on the wire.

#include "etcdpp/codec/fields_fwd.hpp"
#include "etcdpp/v2/member.hpp"

#include <concepts>
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

template <std::same_as<etcdpp::v2::Member> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"id">(&T::id),
    etcdpp::field<"name">(&T::name), etcdpp::field<"peerURLs">(&T::peer_urls),
    etcdpp::field<"clientURLs">(&T::client_urls));

template <std::same_as<etcdpp::v2::wire::MemberList> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"members">(&T::members));

template <std::same_as<etcdpp::v2::wire::PeerUrls> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"peerURLs">(&T::peer_urls));
