// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whom a connection over TLS trusts, and who it says it is.

#include "etcdpp/core/secret.hpp"

#include <string>

namespace etcdpp {

//! What `https` endpoints are asked for. The defaults trust what the system trusts, and nothing
//! else. TLS 1.2 is the oldest version spoken. Files are PEM, and are read when the first
//! connection needs them.
struct TlsOptions {
    //! The certificate authorities to trust, in one file or in a directory as `openssl rehash` lays
    //! it out; both may be given. Neither: those of the system.
    std::string ca_file = {};
    std::string ca_path = {};

    //! The client's own certificate, with those that lead up to its authority, and its key: what
    //! etcd asks for if it runs with --client-cert-auth.
    std::string certificate_file = {};
    std::string key_file = {};
    Secret key_passphrase = {};

    //! The name to ask for and to find in the member's certificate, if it is not the endpoint's
    //! host.
    std::string server_name = {};

    //! Whether the member's certificate must be for the very host that was asked for. Without this
    //! any member's certificate of the same authority will do for any other.
    bool verify_host_name = true;

    //! Accepts every certificate, an attacker's as well: for a laboratory only.
    bool insecure_trust_everyone = false;

    friend bool operator==(TlsOptions const&, TlsOptions const&) = default;
};

}  // namespace etcdpp
