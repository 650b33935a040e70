// SPDX-License-Identifier: BSL-1.0
// Sets /foo, gets it back and prints what etcd says about it.
// Usage: 01_set_and_get [http://host:port,...]

#include <etcdpp/etcdpp.hpp>

#include <cstdlib>
#include <iostream>

namespace e = etcdpp;

int main(int argc, char** argv)
{
    auto const endpoints = e::Endpoints::parse(argc > 1 ? argv[1] : "http://127.0.0.1:2379");
    if (!endpoints) {
        std::cerr << endpoints.error() << '\n';
        return EXIT_FAILURE;
    }

    auto client = e::Client{e::Config{.endpoints = *endpoints}};
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
