// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/fault_alarm.hpp"

#include "etcdpp/environment/observed.hpp"
#include "tests/unit/environment/subjects.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using tests::get;
using tests::key;

static_assert(observer<FaultAlarm>);

Endpoint const member{.host = "etcd-1"};

//! An attempt that failed through somebody's fault.
void fails_by(Fault fault, FaultAlarm alarm)
{
    auto const error = Error{Errc::timed_out, {.effect = Effect::none, .fault = fault}};
    alarm.on(AttemptFailed{member, 1, 1s, error, std::nullopt});
}

TEST(FaultAlarm, rings_when_a_member_fails)
{
    auto const alarm = FaultAlarm{};
    auto const fault = alarm.next_fault();
    ASSERT_FALSE(fault.stop_requested());

    fails_by(Fault::member, alarm);

    EXPECT_TRUE(fault.stop_requested());
}

TEST(FaultAlarm, rings_when_a_watch_stalls)
{
    auto alarm = FaultAlarm{};
    auto const fault = alarm.next_fault();

    alarm.on(WatchChanged{key, WatchState::stalled, member});

    EXPECT_TRUE(fault.stop_requested());
}

TEST(FaultAlarm, does_not_ring_for_what_is_no_members_fault)
{
    auto alarm = FaultAlarm{};
    auto const fault = alarm.next_fault();

    fails_by(Fault::caller, alarm);
    fails_by(Fault::request, alarm);
    alarm.on(AttemptAnswered{member, 1, 1s});
    alarm.on(Redirected{member, member, RequestToPrint{get}});
    alarm.on(WatchAsked{key, member, RequestToPrint{get}});
    alarm.on(WatchChanged{key, WatchState::connected, member});
    alarm.on(WatchChanged{key, WatchState::moved, member});
    alarm.on(WatchChanged{key, WatchState::resynced, member});

    EXPECT_FALSE(fault.stop_requested());
}

TEST(FaultAlarm, knows_nothing_of_a_fault_before_it_was_asked_for_the_next)
{
    auto const alarm = FaultAlarm{};
    auto const first = alarm.next_fault();
    fails_by(Fault::member, alarm);

    auto const next = alarm.next_fault();

    EXPECT_FALSE(next.stop_requested());
    fails_by(Fault::member, alarm);
    EXPECT_TRUE(next.stop_requested());
}

TEST(FaultAlarm, rings_for_all_who_wait_for_the_same)
{
    auto const alarm = FaultAlarm{};
    auto const one = alarm.next_fault();
    auto const other = alarm.next_fault();

    fails_by(Fault::member, alarm);

    EXPECT_TRUE(one.stop_requested() && other.stop_requested());
}

TEST(FaultAlarm, wakes_another_thread)
{
    auto const alarm = FaultAlarm{};
    auto sleeper = std::jthread{
        [fault = alarm.next_fault()] { SystemEnvironment{}.sleep_for(1h, fault); }};

    fails_by(Fault::member, alarm);

    sleeper.join();  // else the test would never end
}

}  // namespace
}  // namespace etcdpp
