// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Certificates for tests of TLS, made on the spot by the openssl program.

#include "tests/support/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! A certificate and its key, as PEM files.
struct Certificate {
    std::filesystem::path certificate;
    std::filesystem::path key;
};

//! An authority that exists for one test, and the certificates it signs; all gone with the object.
//!
//! Keys are of the curve P-256, which costs nothing to make. Certificates are valid for a day.
class Authority {
public:
    //! @throws std::runtime_error if openssl is missing or does not do it.
    explicit Authority(std::string name) : name_{std::move(name)}
    {
        run({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "1", "-subj", "/CN=" + name_, "-keyout", ca().key, "-out",
                ca().certificate},
            ca().certificate);
    }

    //! The authority's own certificate: whom to trust.
    std::filesystem::path file() const { return ca().certificate; }

    //! `alternatives` as openssl spells them: "IP:127.0.0.1,DNS:member.example".
    Certificate for_server(std::string const& name, std::string const& alternatives)
    {
        return sign(name, "subjectAltName=" + alternatives + "\nextendedKeyUsage=serverAuth\n");
    }

    Certificate for_client(std::string const& name)
    {
        return sign(name, "extendedKeyUsage=clientAuth\n");
    }

private:
    Certificate files(std::string const& name) const
    {
        return {folder_.path() / (name + ".pem"), folder_.path() / (name + "-key.pem")};
    }

    Certificate ca() const { return files("authority"); }

    Certificate sign(std::string const& name, std::string const& extensions)
    {
        auto const made = files(name);
        auto const request = folder_.path() / (name + ".csr");
        auto const wishes = folder_.path() / (name + ".ext");
        std::ofstream{wishes} << extensions;
        run({"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", "/CN=" + name, "-keyout", made.key, "-out", request},
            request);
        run({"x509", "-req", "-in", request, "-CA", ca().certificate, "-CAkey", ca().key,
                "-CAcreateserial", "-days", "1", "-extfile", wishes, "-out", made.certificate},
            made.certificate);
        return made;
    }

    void run(std::vector<std::string> arguments, std::filesystem::path const& result)
    {
        auto const log = folder_.path() / "openssl.log";
        arguments.insert(arguments.begin(), {"/usr/bin/env", "openssl"});
        auto const* const path = std::getenv("PATH");
        auto openssl = ChildProcess{launcher_,
            {.arguments = std::move(arguments),
                .environment = {std::string{"PATH="} + (path != nullptr ? path : "/usr/bin")},
                .output = log}};
        auto const done = becomes_true([&] { return openssl.ended(); }, std::chrono::seconds{30});
        if (!done || openssl.exit_code() != 0 || !std::filesystem::exists(result)) {
            auto words = std::ostringstream{};
            words << "openssl does not make " << result << ": " << std::ifstream{log}.rdbuf();
            throw std::runtime_error{words.str()};
        }
    }

    std::string name_;
    TemporaryFolder folder_;
    Launcher launcher_;
};

}  // namespace etcdpp::tests
