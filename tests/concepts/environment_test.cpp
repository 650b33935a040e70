// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is an environment, what misses it by one thing, and which environment a transport lives in.

#include "etcdpp/testing/environment.hpp"

#include "etcdpp/environment/counting_observer.hpp"
#include "etcdpp/environment/log_observer.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/transport/recording.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/archetypes/environment.hpp"
#include "tests/archetypes/transport.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <stop_token>

namespace etcdpp::environments {
namespace {

static_assert(environment<EnvironmentArchetype>);
static_assert(environment<SystemEnvironment>);
static_assert(environment<mocks::Environment>);
static_assert(environment<Observed<LogObserver>>);
static_assert(environment<Observed<CountingObserver, Observed<LogObserver>>>);
static_assert(environment<Observed<CountingObserver, EnvironmentArchetype>>,
    "a decorator asks no more than the concept");

// Freedom that the concept leaves.

struct IsConst {
    Clock::time_point now() const noexcept;
    void sleep_for(Clock::duration, std::stop_token) const;
    std::uint64_t entropy() const noexcept;
    void notify(Event) const noexcept;
};
static_assert(environment<IsConst>);

struct SleepsByTheNanosecond : EnvironmentArchetype {
    void sleep_for(std::chrono::duration<double, std::nano>, std::stop_token const&);
};
static_assert(environment<SleepsByTheNanosecond>);

// Near misses: each differs from the archetype in one thing.

struct Same : EnvironmentArchetype {};
static_assert(environment<Same>, "to derive changes nothing by itself");

struct TellsTheWallTime : EnvironmentArchetype {
    std::chrono::system_clock::time_point now();
};
static_assert(!environment<TellsTheWallTime>, "setting the clock would move deadlines");

struct CountsTime : EnvironmentArchetype {
    Clock::duration now();
};
static_assert(!environment<CountsTime>);

struct TellsMilliseconds : EnvironmentArchetype {
    std::chrono::time_point<Clock, std::chrono::milliseconds> now();
};
static_assert(!environment<TellsMilliseconds>);

struct SleepsDeeply : EnvironmentArchetype {
    void sleep_for(Clock::duration);
};
static_assert(!environment<SleepsDeeply>, "a sleep must hear of a stop");

struct SleepsByTheMillisecond : EnvironmentArchetype {
    void sleep_for(std::chrono::milliseconds, std::stop_token const&);
};
static_assert(!environment<SleepsByTheMillisecond>);

struct SleepsUntil : EnvironmentArchetype {
    void sleep_for(Clock::time_point, std::stop_token const&);
};
static_assert(!environment<SleepsUntil>);

struct SaysWhetherItSlept : EnvironmentArchetype {
    bool sleep_for(Clock::duration, std::stop_token const&);
};
static_assert(!environment<SaysWhetherItSlept>);

struct TakesTheToken : EnvironmentArchetype {
    void sleep_for(Clock::duration, std::stop_token&);
};
static_assert(!environment<TakesTheToken>);

struct DrawsHalf : EnvironmentArchetype {
    std::uint32_t entropy();
};
static_assert(!environment<DrawsHalf>);

struct DrawsBytes : EnvironmentArchetype {
    void entropy(unsigned char*);
};
static_assert(!environment<DrawsBytes>);

struct MayThrow : EnvironmentArchetype {
    void notify(Event const&);
};
static_assert(!environment<MayThrow>, "who listens must not fail the call");

struct HearsOfFailuresOnly : EnvironmentArchetype {
    void notify(AttemptFailed const&) noexcept;
};
static_assert(!environment<HearsOfFailuresOnly>);

struct WantsToChangeTheEvent : EnvironmentArchetype {
    void notify(Event&) noexcept;
};
static_assert(!environment<WantsToChangeTheEvent>);

struct StaysWhereItIs : EnvironmentArchetype {
    StaysWhereItIs(StaysWhereItIs&&) = delete;
};
static_assert(!environment<StaysWhereItIs>);

// Observers.

struct SaysWhetherItHeard {
    bool on(Event const&);
};
static_assert(observer<LogObserver> && observer<CountingObserver>);
static_assert(!observer<SaysWhetherItHeard>);
static_assert(!observer<SystemEnvironment>);

// Worlds. Who lives in the system's time works in any environment, such as a test's; a transport
// with a clock of its own must be driven by that clock, bare, observed, or observed by several.

struct SimulatedTransport : TransportArchetype {
    struct Environment : EnvironmentArchetype {
        Environment() : EnvironmentArchetype{0} {}
    };
};

using Simulated = SimulatedTransport::Environment;

static_assert(std::same_as<default_environment_t<TransportArchetype>, SystemEnvironment>);
static_assert(std::same_as<default_environment_t<Recording<ScriptedTransport>>, SystemEnvironment>);
static_assert(std::same_as<default_environment_t<SimulatedTransport>, Simulated>);
static_assert(std::same_as<default_environment_t<Recording<SimulatedTransport>>, Simulated>,
    "a decorator lives where the decorated does");

static_assert(lives_in_one_world<TransportArchetype, SystemEnvironment>);
static_assert(lives_in_one_world<TransportArchetype, mocks::Environment>);
static_assert(lives_in_one_world<SimulatedTransport, Simulated>);
static_assert(lives_in_one_world<SimulatedTransport, Observed<CountingObserver, Simulated>>);
static_assert(lives_in_one_world<SimulatedTransport,
    Observed<LogObserver, Observed<CountingObserver, Simulated>>>);
static_assert(!lives_in_one_world<SimulatedTransport, SystemEnvironment>);
static_assert(!lives_in_one_world<SimulatedTransport, Observed<CountingObserver>>);
static_assert(!lives_in_one_world<SimulatedTransport, EnvironmentArchetype>);
static_assert(!lives_in_one_world<Recording<SimulatedTransport>, SystemEnvironment>);

}  // namespace
}  // namespace etcdpp::environments
