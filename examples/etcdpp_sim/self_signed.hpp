// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A certificate for 127.0.0.1 that vouches for itself, made on the spot.

#include <filesystem>
#include <string>

namespace etcdpp::examples {

//! Two PEM files in a folder of their own, which goes with the object. Valid for a day; the key is
//! of the curve P-256.
class SelfSigned {
public:
    //! @throws std::runtime_error if OpenSSL does not make it, std::filesystem::filesystem_error
    SelfSigned();

    SelfSigned(SelfSigned const&) = delete;
    SelfSigned& operator=(SelfSigned const&) = delete;
    ~SelfSigned();

    //! What a server shows, and what its clients trust.
    std::string certificate_file() const { return folder_ / "certificate.pem"; }
    std::string key_file() const { return folder_ / "key.pem"; }

private:
    std::filesystem::path folder_;
};

}  // namespace etcdpp::examples
