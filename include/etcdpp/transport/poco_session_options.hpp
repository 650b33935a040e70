// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be set about a PocoSessionTransport.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/secret.hpp"
#include "etcdpp/transport/poco_options.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp {

//! A forward proxy. Plain members are asked for by their whole URL, members with TLS through a
//! CONNECT tunnel, so that the proxy does not see what is said to them. The proxy itself is spoken
//! to in the clear, its credentials (HTTP Basic, the only kind known here) included.
struct HttpProxy {
    std::string host;
    std::uint16_t port = 3128;
    std::optional<Credentials> credentials = {};

    //! Hosts that are asked without it: a name or an address as in the endpoint, or a suffix such
    //! as ".internal".
    std::vector<std::string> direct = {};

    bool serves(std::string_view member) const
    {
        return std::ranges::none_of(direct, [&](std::string const& each) {
            return member == each || (each.starts_with('.') && member.ends_with(each));
        });
    }

    friend bool operator==(HttpProxy const&, HttpProxy const&) = default;
};

//! PocoSessionTransport::Options.
struct PocoSessionOptions {
    PocoOptions connection = {};
    std::optional<HttpProxy> proxy = {};
};

}  // namespace etcdpp
