// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be set about a PocoTransport.

#include "etcdpp/http/parser_limits.hpp"
#include "etcdpp/transport/poco_lookup.hpp"
#include "etcdpp/transport/poco_tls.hpp"

#include <chrono>
#include <cstddef>

namespace etcdpp {

//! PocoTransport::Options.
struct PocoOptions {
    //! After this time without traffic the system asks the peer for a sign of life, and after three
    //! such questions without an answer the connection is lost. Zero: never asks.
    std::chrono::seconds tcp_keep_alive_period{1};

    //! How many idle connections to each member are kept for later requests. It limits no one: with
    //! more requests at once more connections are opened, and closed once they are idle.
    std::size_t connections_per_member = 16;

    //! A reply whose head or body is larger is refused with Errc::malformed_reply. A write's reply
    //! holds the old value and the new one; a listing has no bound of its own.
    std::size_t max_head = http::ParserLimits{}.max_head;
    std::size_t max_body = http::ParserLimits{}.max_body;

    TlsOptions tls = {};

    //! Empty: the system's resolver, getaddrinfo(3), so /etc/hosts counts as well as DNS.
    NameLookup lookup = {};
};

}  // namespace etcdpp
