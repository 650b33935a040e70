// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A client in a world of members whose time is the test's, with a selector that remembers.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/fault_alarm.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "tests/support/member_world.hpp"
#include "tests/support/scripted_world.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! Sticky at the first member, and remembers the news. Copies of `heard` are shared.
struct Listener {
    struct Heard {
        std::vector<Endpoints> members;
        std::vector<std::optional<Endpoint>> leaders;
    };

    std::size_t pick(Pick const& pick) { return sticky.pick(pick); }
    void report(Report const& report) noexcept { sticky.report(report); }
    void members(Endpoints const& now) { heard->members.push_back(now); }

    void leader(Endpoint const* now)
    {
        heard->leaders.push_back(now == nullptr ? std::nullopt : std::optional{*now});
    }

    std::shared_ptr<Heard> heard = std::make_shared<Heard>();
    Sticky sticky = Sticky::starting_at(0);
};

//! Three endpoints of one cluster, the first of which leads.
class WithMembers : public testing::Test {
protected:
    using TheClient =
        Client<MemberWorld, Listener, OnePass, PocoJson, Observed<FaultAlarm, ScriptedWorld>>;

    WithMembers() { world.make_cluster("3cb9", endpoints); }

    Endpoints const endpoints = these("http://a,http://b,http://c");
    MemberWorld world;
    ScriptedWorld time;
    FaultAlarm alarm;
    Listener listener;
    std::shared_ptr<Listener::Heard> heard = listener.heard;
    TheClient client{Config{.endpoints = endpoints,
        .transport = world,
        .selector = std::move(listener),
        .retry = OnePass{},
        .environment = Observed{alarm, time}}};
};

}  // namespace etcdpp::tests
