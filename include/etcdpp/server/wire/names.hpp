// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a server spells what it says of itself.

#include "etcdpp/codec/fields_fwd.hpp"

#include <concepts>
#include <string>

namespace etcdpp::detail {

//! etcd 3.6 adds its storage's version, which is passed over.
struct VersionBody {
    std::string etcdserver;
    std::string etcdcluster;
};

//! etcd 3.5 added the reason.
struct HealthBody {
    std::string health;
    std::string reason;
};

}  // namespace etcdpp::detail

template <std::same_as<etcdpp::detail::VersionBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"etcdserver">(&T::etcdserver), etcdpp::field<"etcdcluster">(&T::etcdcluster));

template <std::same_as<etcdpp::detail::HealthBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"health">(&T::health), etcdpp::field<"reason">(&T::reason));
