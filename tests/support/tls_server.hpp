// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a LoopbackServer needs to speak TLS with the certificates of a test.

#include "tests/support/certificates.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace etcdpp::tests {

//! Speaks as `server`. If `clients` is the file of an authority, every client must show a
//! certificate of it.
//! @throws std::runtime_error if a file cannot be used
inline std::shared_ptr<SSL_CTX> server_context(
    Certificate const& server, std::filesystem::path const& clients = {})
{
    auto context = std::shared_ptr<SSL_CTX>{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    auto* const raw = context.get();
    if (SSL_CTX_use_certificate_chain_file(raw, server.certificate.c_str()) != 1
        || SSL_CTX_use_PrivateKey_file(raw, server.key.c_str(), SSL_FILETYPE_PEM) != 1
        || (!clients.empty() && SSL_CTX_load_verify_file(raw, clients.c_str()) != 1)) {
        throw std::runtime_error{"OpenSSL cannot use a test's certificates"};
    }
    if (!clients.empty()) {
        SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    return context;
}

//! Rewrites a key file so that it cannot be read without the passphrase.
//! @throws std::runtime_error if that does not work
inline void encrypt(std::filesystem::path const& key_file, std::string const& passphrase)
{
    using File = std::unique_ptr<BIO, decltype(&BIO_free)>;
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    auto const source = File{BIO_new_file(key_file.c_str(), "r"), BIO_free};
    auto const key = Key{
        PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
    auto const target = File{BIO_new_file(key_file.c_str(), "w"), BIO_free};
    auto const* const secret = reinterpret_cast<unsigned char const*>(passphrase.data());
    if (PEM_write_bio_PrivateKey(target.get(), key.get(), EVP_aes_256_cbc(), secret,
            static_cast<int>(passphrase.size()), nullptr, nullptr)
        != 1) {
        throw std::runtime_error{"OpenSSL cannot encrypt a test's key"};
    }
}

}  // namespace etcdpp::tests
