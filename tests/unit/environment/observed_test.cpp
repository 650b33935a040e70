// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/observed.hpp"

#include "etcdpp/environment/counting_observer.hpp"
#include "etcdpp/environment/log_observer.hpp"
#include "tests/unit/environment/subjects.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using tests::etcd_1;
using tests::etcd_2;
using tests::get;

//! An environment that says what it was asked.
struct Scripted {
    Clock::time_point now() const { return Clock::time_point{7s}; }
    void sleep_for(Clock::duration pause, std::stop_token const&) { *slept = pause; }
    std::uint64_t entropy() const { return 1234; }
    void notify(Event const&) noexcept { ++*heard; }

    std::shared_ptr<Clock::duration> slept = std::make_shared<Clock::duration>();
    std::shared_ptr<int> heard = std::make_shared<int>();
};

struct Clumsy {
    void on(Event const&) { throw std::runtime_error{"the disk is full"}; }
};

TEST(Observed, is_an_environment_as_the_one_it_wraps_is)
{
    static_assert(check_environment<Observed<CountingObserver>>());
    static_assert(check_environment<Observed<LogObserver, Scripted>>());
    static_assert(check_environment<Observed<Clumsy, Observed<CountingObserver>>>());
}

TEST(Observed, is_named_by_its_observer_alone_in_the_world_of_the_system)
{
    static_assert(std::same_as<decltype(Observed{CountingObserver{}}),
        Observed<CountingObserver, SystemEnvironment>>);
    static_assert(std::same_as<decltype(Observed{CountingObserver{}, Scripted{}}),
        Observed<CountingObserver, Scripted>>);
}

TEST(Observed, has_the_time_the_chance_and_the_sleep_of_its_world)
{
    auto const world = Scripted{};
    auto environment = Observed{CountingObserver{}, world};
    environment.sleep_for(25ms, {});

    EXPECT_EQ(environment.now(), Clock::time_point{7s});
    EXPECT_EQ(environment.entropy(), 1234U);
    EXPECT_EQ(*world.slept, 25ms);
}

TEST(Observed, tells_its_observer_and_its_world)
{
    auto const counts = CountingObserver{};
    auto const world = Scripted{};
    auto environment = Observed{counts, world};
    environment.notify(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(counts.redirected(), 1U);
    EXPECT_EQ(*world.heard, 1);
}

TEST(Observed, may_be_observed_by_several)
{
    auto log = std::ostringstream{};
    auto const counts = CountingObserver{};
    auto environment = Observed{LogObserver{log}, Observed{counts, Scripted{}}};
    environment.notify(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(counts.redirected(), 1U);
    EXPECT_NE(log.str(), "");
}

TEST(Observed, loses_the_event_but_not_the_call_where_its_observer_throws)
{
    auto const world = Scripted{};
    auto environment = Observed{Clumsy{}, world};
    environment.notify(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(*world.heard, 1);
}

TEST(Observed, takes_no_observer_that_cannot_hear)
{
    static_assert(observer<CountingObserver>);
    static_assert(observer<LogObserver>);
    static_assert(observer<Clumsy>);
    static_assert(!observer<Scripted>);
    static_assert(!observer<int>);
}

}  // namespace
}  // namespace etcdpp
