// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What the events that the observers' tests make up are about.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/http/request.hpp"

#include <string>

namespace etcdpp::tests {

inline auto const etcd_1 = Endpoint{.host = "etcd-1"};
inline auto const etcd_2 = Endpoint{.host = "etcd-2"};
inline auto const key = std::string{"/app/mode"};
inline auto const get = http::Request{.target = "/v2/keys/app/mode"};
inline auto const refused = Error{Errc::unreachable, {.effect = Effect::none, .words = "refused"}};

}  // namespace etcdpp::tests
