// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a server spells what it says of itself.

#include "etcdpp/codec/fields.hpp"

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

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::detail::VersionBody> = etcdpp::fields(
    etcdpp::field<"etcdserver">(&etcdpp::detail::VersionBody::etcdserver),
    etcdpp::field<"etcdcluster">(&etcdpp::detail::VersionBody::etcdcluster));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::detail::HealthBody> = etcdpp::fields(
    etcdpp::field<"health">(&etcdpp::detail::HealthBody::health),
    etcdpp::field<"reason">(&etcdpp::detail::HealthBody::reason));
