// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What most tests of properties begin with: seeds nobody saw before, and clients of every kind.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/sim/explore.hpp"
#include "etcdpp/v2/keys.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <utility>

namespace etcdpp::tests {

//! Runs `property(cluster)` under so many seeds, fresh ones each time, or that of ETCDPP_SEED.
template <class Property>
sim::Explored explore_afresh(sim::Exploration exploration, Property property)
{
    exploration.first_seed = std::random_device{}();
    std::cout << "    " << exploration.seeds << " seeds from " << exploration.first_seed << " on\n";
    return sim::explore(exploration, std::move(property));
}

template <class Property>
sim::Explored explore_afresh(std::uint64_t seeds, Property property)
{
    return explore_afresh(sim::Exploration{.seeds = seeds}, std::move(property));
}

//! Until the time for faults is over, members that died of a later request live again, and whatever
//! was delayed has arrived.
inline void let_all_settle(sim::Cluster& cluster)
{
    cluster.sleep_for(sim::Chaos{}.time);
    cluster.heal();
    cluster.sleep_for(std::chrono::seconds{30});
}

//! An ordinary client, and what it did.
template <class Selector = Sticky, class RetryPolicy = Backoff>
class Actor {
public:
    struct Ear {
        std::function<void(Event const&)> heard;
        void on(Event const& event) { heard(event); }
    };

    using World = Observed<Ear, sim::Environment>;
    using ActorsClient = Client<sim::Transport, Selector, RetryPolicy, PocoJson, World>;

    explicit Actor(
        sim::Cluster& cluster, Selector selector = {}, RetryPolicy retry = {},
        std::function<void(Event const&)> heard = [](Event const&) {})
        : client{Config{.endpoints = cluster.endpoints(),
              .transport = cluster.transport(),
              .selector = std::move(selector),
              .retry = std::move(retry),
              .codec = PocoJson{},
              .environment = World{Ear{std::move(heard)}, cluster.environment()}}}
    {
    }

    ActorsClient client;
    v2::Keys<ActorsClient> keys{client};
};

inline std::string shown(Error const& error)
{
    return (std::ostringstream{} << error).str();
}

}  // namespace etcdpp::tests
