// SPDX-License-Identifier: BSL-1.0
// Sets /foo, gets it back and prints what etcd says about it.
// Usage: 01_set_and_get [http://host:port,...]; without it, a simulated cluster is served

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/etcdpp.hpp>

#include <cstdlib>
#include <iostream>

namespace e = etcdpp;

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster{argc, argv};

    auto client = e::Client{e::Config{.endpoints = cluster.endpoints()}};
    auto keys = e::v2::Keys{client};

    std::cout << "Setting /foo to \"bar\"\n";
    auto const set = keys.set("/foo", "bar");
    if (!set) {
        std::cerr << set.error() << '\n';
        return EXIT_FAILURE;
    }
    std::cout << "Set is done. Metadata is: " << *set << '\n';

    std::cout << "Getting /foo\n";
    auto const got = keys.get("/foo");
    if (!got) {
        std::cerr << got.error() << '\n';
        return EXIT_FAILURE;
    }
    std::cout << "Get is done. Metadata is: " << *got << '\n'
              << got->node.key << " has the value \"" << got->node.value << "\"\n";
}
