// SPDX-License-Identifier: BSL-1.0
// Prints what changes below /demo: three changes made by another thread, then what a map has kept.
// Usage: 06_watch [http://host:port,...]; without it, a simulated cluster is served

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/etcdpp.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

namespace e = etcdpp;
using namespace std::chrono_literals;

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster{argc, argv};
    auto client = e::Client{e::Config{.endpoints = cluster.endpoints()}};
    auto keys = e::v2::Keys{client};

    auto const before = keys.set("/demo/mode", "blue");
    if (!before) {
        std::cerr << before.error() << '\n';
        return EXIT_FAILURE;
    }
    auto follow = keys.follow("/demo");  // a listing, then a watch without a gap
    if (auto const listed = follow.next({.timeout = 10s}); !listed) {
        std::cerr << listed.error() << '\n';
        return EXIT_FAILURE;
    }

    auto const writer = std::jthread{[&] {
        keys.set("/demo/mode", "green").value();
        keys.set("/demo/size", "4").value();
        keys.remove("/demo/mode").value();
    }};

    // Every change behind that of `before`, whatever happens to the members meanwhile.
    auto watch = keys.watch("/demo", {.after_index = before->index, .recursive = true});
    for (auto change = 0; change != 3; ++change) {
        auto const event = watch.next({.timeout = 10s});
        if (!event) {
            std::cerr << event.error() << '\n';
            return EXIT_FAILURE;
        }
        auto const what = e::v2::is_removal(*event) ? "gone" : event->node.value;
        std::cout << event->action << ' ' << event->node.key << ": " << what << '\n';
    }

    while (follow.map().contains("/demo/mode")) {
        if (!follow.next({.timeout = 10s})) { return EXIT_FAILURE; }
    }
    for (auto const& [key, node] : follow.map()) {
        std::cout << key << " is " << node.value << '\n';
    }
}
