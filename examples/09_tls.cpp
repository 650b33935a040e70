// SPDX-License-Identifier: BSL-1.0
// Speaks to members over TLS: trusts one authority, and shows a certificate if etcd asks for one.
// Usage: 09_tls https://host:port,... CA_FILE [CERTIFICATE_FILE KEY_FILE]

#include <etcdpp/etcdpp.hpp>

#include <cstdlib>
#include <iostream>

namespace e = etcdpp;

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: 09_tls https://host:port,... CA_FILE [CERTIFICATE_FILE KEY_FILE]\n";
        return EXIT_FAILURE;
    }
    auto const endpoints = e::Endpoints::parse(argv[1]);
    if (!endpoints) {
        std::cerr << endpoints.error() << '\n';
        return EXIT_FAILURE;
    }

    auto tls = e::TlsOptions{.ca_file = argv[2]};  // without it: the authorities of the system
    if (argc > 4) {
        tls.certificate_file = argv[3];
        tls.key_file = argv[4];
    }
    auto client = e::Client{e::Config{.endpoints = *endpoints,
        .transport = e::PocoTransport{{.tls = tls}},
        .retry = e::OnePass{}}};

    auto const set = e::v2::Keys{client}.set("/demo/secret", "well kept");
    if (!set) {
        std::cout << set.error() << '\n';  // whose certificate was refused, and why
        return EXIT_FAILURE;
    }
    std::cout << "set over TLS: " << set->node.key << " = " << set->node.value << '\n';
}
