// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/concept.hpp"

#include "etcdpp/environment/counting_observer.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/environment/system.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <stop_token>

namespace etcdpp {
namespace {

//! A transport that lives in the system's time.
struct Wire {};

//! An environment whose time passes only when somebody sleeps.
struct VirtualTime {
    Clock::time_point now() const { return at; }
    void sleep_for(Clock::duration pause, std::stop_token const&) { at += pause; }
    std::uint64_t entropy() { return 4; }
    void notify(Event const&) noexcept {}

    Clock::time_point at{};
};

//! A transport with a clock of its own, and a decorator of it.
struct Simulated {
    using Environment = VirtualTime;
};

template <class Wrapped>
struct Decorator {
    using Inner = Wrapped;
};

template <class T>
using Listened = Observed<CountingObserver, T>;

TEST(DefaultEnvironment, of_a_transport_is_the_system)
{
    static_assert(std::same_as<default_environment_t<Wire>, SystemEnvironment>);
}

TEST(DefaultEnvironment, of_a_transport_with_a_clock_of_its_own_is_that_one)
{
    static_assert(std::same_as<default_environment_t<Simulated>, VirtualTime>);
}

TEST(DefaultEnvironment, of_a_decorator_is_the_one_of_what_it_decorates)
{
    static_assert(std::same_as<default_environment_t<Decorator<Wire>>, SystemEnvironment>);
    static_assert(std::same_as<default_environment_t<Decorator<Simulated>>, VirtualTime>);
    static_assert(
        std::same_as<default_environment_t<Decorator<Decorator<Simulated>>>, VirtualTime>);
}

TEST(OneWorld, is_any_for_a_transport_that_lives_in_the_time_of_the_system)
{
    static_assert(lives_in_one_world<Wire, SystemEnvironment>);
    static_assert(lives_in_one_world<Wire, VirtualTime>);
}

TEST(OneWorld, is_its_own_for_a_transport_with_a_clock)
{
    static_assert(lives_in_one_world<Simulated, VirtualTime>);
    static_assert(!lives_in_one_world<Simulated, SystemEnvironment>);
    static_assert(!lives_in_one_world<Decorator<Simulated>, SystemEnvironment>);
}

TEST(OneWorld, may_be_observed_more_than_once)
{
    static_assert(lives_in_one_world<Simulated, Listened<VirtualTime>>);
    static_assert(lives_in_one_world<Simulated, Listened<Listened<VirtualTime>>>);
    static_assert(!lives_in_one_world<Simulated, Listened<Listened<SystemEnvironment>>>);
}

TEST(Environment, may_be_the_own_one_of_a_user)
{
    static_assert(check_environment<VirtualTime>());
}

}  // namespace
}  // namespace etcdpp
