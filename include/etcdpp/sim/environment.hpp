// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The environment of a simulated cluster: its clients live in its time.

#include "etcdpp/environment/concept.hpp"
#include "etcdpp/sim/world.hpp"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <utility>

namespace etcdpp::sim {

//! Made by `cluster.environment()`. Copies share the cluster. A sleep takes no real time; entropy
//! is the seed's, each actor's its own.
class Environment {
public:
    explicit Environment(std::shared_ptr<World> world) : world_{std::move(world)} {}

    Clock::time_point now() const
    {
        auto const turn = world_->turn();
        return world_->now();
    }

    void sleep_for(Clock::duration pause, std::stop_token const& stop) const
    {
        auto const turn = world_->turn();
        auto const never = Predicate{[] { return false; }};
        world_->stage().wait(never, Deadline::after(world_->now(), pause), stop);
    }

    std::uint64_t entropy() const
    {
        auto const turn = world_->turn();
        return world_->stage().dice().next();
    }

    void notify(Event const&) const noexcept {}

private:
    std::shared_ptr<World> world_;
};

static_assert(environment<Environment>);

}  // namespace etcdpp::sim
