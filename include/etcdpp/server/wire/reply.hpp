// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a reply means that is none of the answers every etcd gives about itself.

#include "etcdpp/core/result.hpp"
#include "etcdpp/http/response.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace etcdpp::detail {

//! From a proxy in between if it says so by its status, else from a stranger. Reads act on nothing.
inline Unexpected no_answer(http::Response const& response)
{
    auto const status = response.status;
    auto const in_between = status >= 500 || status == 408 || status == 429;
    auto const line_end = std::min<std::size_t>(response.body.find('\n'), 200);
    return unexpected(Error{in_between ? Errc::unreachable : Errc::not_etcd,
        {.effect = Effect::none,
            .fault = Fault::member,
            .status = status,
            .words = "HTTP " + std::to_string(status) + " \"" + response.body.substr(0, line_end)
                + "\", which is nothing that etcd says of itself"}});
}

}  // namespace etcdpp::detail
