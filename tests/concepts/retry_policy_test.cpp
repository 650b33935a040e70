// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is a retry policy, and what misses it by one thing.

#include "etcdpp/testing/retry_policy.hpp"

#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/retry/budget.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/retry/twice_per_endpoint.hpp"
#include "tests/archetypes/retry_policy.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace etcdpp::retry_policies {
namespace {

static_assert(retry_policy<RetryPolicyArchetype>);
static_assert(retry_policy<Backoff>);
static_assert(retry_policy<OnePass>);
static_assert(retry_policy<TwicePerEndpoint>);
static_assert(retry_policy<Never>);
static_assert(retry_policy<Budget<RetryPolicyArchetype>>, "it asks for no more than a client");
static_assert(retry_policy<mocks::RetryPolicy>);

struct BeginsAsNonConst : Bare {
    using Bare::Bare;
    RetryPolicyArchetype::State begin();
};
static_assert(!retry_policy<BeginsAsNonConst>, "threads begin calls at once");

struct DecidesItself : Bare {
    using Bare::Bare;
    Pause next(Failure const&, std::uint64_t) const;
};
static_assert(!retry_policy<DecidesItself>, "the state of a call belongs to the call");

//! The archetype with another state.
template <class Other>
struct With : Bare {
    using Bare::Bare;
    Other begin() const;
};
struct SameState : RetryPolicyArchetype::State {};
static_assert(retry_policy<With<RetryPolicyArchetype::State>>);
static_assert(retry_policy<With<SameState>>);
static_assert(!retry_policy<With<void>>);
static_assert(!retry_policy<With<int>>);
static_assert(!retry_policy<With<RetryPolicyArchetype::State&>>, "calls would share it");
static_assert(!retry_policy<With<RetryPolicyArchetype::State const&>>);
static_assert(!retry_policy<With<RetryPolicyArchetype::State*>>);
static_assert(!retry_policy<With<std::optional<RetryPolicyArchetype::State>>>);

struct Stuck : RetryPolicyArchetype::State {
    Stuck(Stuck&&) = delete;
};
static_assert(!retry_policy<With<Stuck>>);

struct IsConst {
    Pause next(Failure, std::uint64_t) const noexcept;
};
static_assert(retry_policy<With<IsConst>>, "less than what is granted");

struct AlwaysPauses {
    Clock::duration next(Failure const&, std::uint64_t);
};
static_assert(!retry_policy<With<AlwaysPauses>>, "what converts to a pause is not one");

struct CountsMilliseconds {
    std::optional<std::chrono::milliseconds> next(Failure const&, std::uint64_t);
};
static_assert(!retry_policy<With<CountsMilliseconds>>);

struct SaysWhether {
    bool next(Failure const&, std::uint64_t);
};
static_assert(!retry_policy<With<SaysWhether>>);

struct DrawsItsOwnLots {
    Pause next(Failure const&);
};
static_assert(!retry_policy<With<DrawsItsOwnLots>>, "chance is handed in, so that runs repeat");

struct SeesTheErrorOnly {
    Pause next(Error const&, std::uint64_t);
};
static_assert(!retry_policy<With<SeesTheErrorOnly>>);

struct WantsToChangeTheFailure {
    Pause next(Failure&, std::uint64_t);
};
static_assert(!retry_policy<With<WantsToChangeTheFailure>>);

struct StaysWhereItIs : RetryPolicyArchetype {
    StaysWhereItIs(StaysWhereItIs&&) = delete;
};
static_assert(!retry_policy<StaysWhereItIs>);

static_assert(!retry_policy<RetryPolicyArchetype const>);
static_assert(!retry_policy<RetryPolicyArchetype&>);
static_assert(!retry_policy<void>);

}  // namespace
}  // namespace etcdpp::retry_policies
