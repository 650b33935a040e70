// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What may be said about a search in the DNS.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

namespace etcdpp {

struct Nameserver {
    std::string address;  //!< IPv4 or IPv6, without brackets
    std::uint16_t port = 53;
};

struct SrvOptions {
    //! Which of several clusters of a domain: `_etcd-client-ssl-blue._tcp` for "blue".
    std::string service = {};

    //! Empty: those that speak TLS, or, where the domain has none, those that do not.
    std::optional<Scheme> only = {};

    //! Empty: those of the system, which it has from /etc/resolv.conf.
    std::optional<Nameserver> nameserver = {};

    Clock::duration timeout = std::chrono::seconds{5};  //!< for the whole search
    std::stop_token stop = {};                          //!< ends it within 50 ms
};

}  // namespace etcdpp
