// SPDX-License-Identifier: BSL-1.0
// A client cut to measure: reads spread over the members, one pass over them, tight bounds, a log.
// Usage: 02_tailored_client [http://host:port,...]; without it, a simulated cluster is served

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/environment/log_observer.hpp>
#include <etcdpp/environment/observed.hpp>
#include <etcdpp/etcdpp.hpp>

#include <chrono>
#include <concepts>
#include <cstdlib>
#include <iostream>

namespace e = etcdpp;
using namespace std::chrono_literals;

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster{argc, argv};
    // What is not named keeps its default. The compiler deduces the policies from what is.
    auto client = e::Client{e::Config{
        .endpoints = cluster.endpoints(),
        .transport = e::PocoTransport{{.connections_per_member = 2}},
        .selector = e::RoundRobin{},
        .retry = e::OnePass{},
        .environment = e::Observed{e::LogObserver{std::clog}},
        .connect_timeout = 200ms,
        .attempt_timeout = 300ms,
        .call_timeout = 2s,
        .quorum = true,
    }};
    using Tailored = e::Client<e::PocoTransport, e::RoundRobin, e::OnePass, e::PocoJson,
        e::Observed<e::LogObserver>>;
    static_assert(std::same_as<decltype(client), Tailored>);

    auto keys = e::v2::Keys{client};
    auto const set = keys.set("/app/mode", "blue", {.ttl = 1min});
    if (!set) {
        std::cerr << set.error() << '\n';
        return EXIT_FAILURE;
    }
    for (auto member = 0; member != 3; ++member) {  // each read meets the next member
        auto const got = keys.get("/app/mode", {}, {.timeout = 500ms});
        if (!got) {
            std::cerr << got.error() << '\n';
            return EXIT_FAILURE;
        }
        std::cout << got->node.key << " is " << got->node.value << ", expires: " << std::boolalpha
                  << got->node.expiration.has_value() << '\n';
    }
}
