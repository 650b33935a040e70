// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A ScriptedTransport whose exchanges take time in a ScriptedWorld, while things happen.

#include "etcdpp/transport/scripted.hpp"
#include "tests/support/scripted_world.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace etcdpp::tests {

//! Copies share everything.
class SlowTransport {
public:
    SlowTransport(ScriptedWorld world, Clock::duration latency)
        : world_{std::move(world)}, latency_{latency}
    {
    }

    //! The replies and what was sent.
    ScriptedTransport& script() noexcept { return script_; }

    //! What happens while a reply is awaited, such as a stop.
    void meanwhile(std::function<void()> act) { *meanwhile_ = std::move(act); }

    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits)
    {
        world_.pass(latency_);
        if (*meanwhile_) { (*meanwhile_)(); }
        return script_.send(to, request, limits);
    }

private:
    ScriptedWorld world_;
    Clock::duration latency_;
    ScriptedTransport script_;
    std::shared_ptr<std::function<void()>> meanwhile_ = std::make_shared<std::function<void()>>();
};

static_assert(transport<SlowTransport>);

}  // namespace etcdpp::tests
