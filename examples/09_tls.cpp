// SPDX-License-Identifier: BSL-1.0
// Speaks to members over TLS: trusts one authority, and shows a certificate if etcd asks for one.
// Usage: 09_tls [https://host:port,... CA_FILE [CERTIFICATE_FILE KEY_FILE]]; without it, a
// simulated cluster is served over TLS, with a certificate made on the spot.

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/etcdpp.hpp>

#include <cstdlib>
#include <iostream>

namespace e = etcdpp;

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster::over_tls(argc, argv);

    // Without a file: the authorities of the system.
    auto tls = e::TlsOptions{.ca_file = argc > 2 ? argv[2] : cluster.ca_file()};
    if (argc > 4) {
        tls.certificate_file = argv[3];
        tls.key_file = argv[4];
    }
    auto client = e::Client{e::Config{.endpoints = cluster.endpoints(),
        .transport = e::PocoTransport{{.tls = tls}},
        .retry = e::OnePass{}}};

    auto const set = e::v2::Keys{client}.set("/demo/secret", "well kept");
    if (!set) {
        std::cout << set.error() << '\n';  // whose certificate was refused, and why
        return EXIT_FAILURE;
    }
    std::cout << "set over TLS: " << set->node.key << " = " << set->node.value << '\n';
}
