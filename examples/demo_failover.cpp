// SPDX-License-Identifier: BSL-1.0
// What scripts/demo shows: a client whose member is killed under it.
// Usage: demo_failover [http://host:port,...]; kill the member it names, then press Enter. Without
// URLs, it serves a simulated cluster and kills that member itself.

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/environment/observed.hpp>
#include <etcdpp/etcdpp.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <string_view>
#include <variant>

namespace e = etcdpp;

//! Remembers who answered last, and says aloud who failed.
struct Narrator {
    std::shared_ptr<e::Endpoint> in_use = std::make_shared<e::Endpoint>();

    void on(e::Event const& event)
    {
        if (auto const* const answered = std::get_if<e::AttemptAnswered>(&event)) {
            *in_use = answered->endpoint;
        } else if (!std::holds_alternative<e::AttemptBegan>(event)) {
            std::cout << "    " << event << '\n';
        }
    }
};

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster{argc, argv};
    auto const narrator = Narrator{};
    auto client = e::Client{e::Config{.endpoints = cluster.endpoints(),
        .selector = e::Sticky::starting_at(0),
        .environment = e::Observed{narrator},
        .repeat_overwrites = true}};  // a set that was forwarded to the dead leader is lost with it
    auto keys = e::v2::Keys{client};
    auto const show = [&](std::string_view what, auto call) {
        auto const began = std::chrono::steady_clock::now();
        auto const answer = call().value();
        auto const took = std::chrono::duration<double, std::milli>{
            std::chrono::steady_clock::now() - began};
        std::cout << what << ": " << answer.node << "; took " << took.count() << " ms, answered by "
                  << *narrator.in_use << '\n';
    };

    keys.set("/app/mode", "blue").value();
    std::cout << "using " << *narrator.in_use << '\n' << std::flush;
    if (!cluster.kill(*narrator.in_use)) { std::cin.get(); }
    show("get", [&] { return keys.get("/app/mode"); });
    show("set", [&] { return keys.set("/app/mode", "green"); });
    show("quorum get", [&] { return keys.get("/app/mode", {.quorum = true}); });
}
