// SPDX-License-Identifier: BSL-1.0
//! @file
//! The retry policies pass the suite of every retry policy.

#include "etcdpp/testing/conformance/retry_policy.hpp"

#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/retry/budget.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/retry/twice_per_endpoint.hpp"
#include "etcdpp/testing/retry_policy.hpp"

namespace etcdpp {
namespace {

struct BackoffWithoutPauses {
    static Backoff make() { return {.base = {}, .cap = {}}; }
};

struct BackoffWithoutCap {
    static Backoff make() { return {.cap = Clock::duration::max()}; }
};

struct BackoffOfAnHour {
    static Backoff make()
    {
        return {.base = std::chrono::hours{1},
            .cap = std::chrono::hours{1},
            .nobody_home_for = std::chrono::hours{1}};
    }
};

struct PausesOfAnAge {
    static TwicePerEndpoint make()
    {
        return {.base = Clock::duration::max(), .cap = Clock::duration::max()};
    }
};

struct BudgetOfNothing {
    static Budget<Backoff> make() { return Budget{Backoff{}, {.per_call = 0, .saved_up = 0}}; }
};

struct MockedForTwoRounds {
    static mocks::RetryPolicy make()
    {
        auto policy = mocks::RetryPolicy{};
        ON_CALL(*policy, next).WillByDefault([](Failure const& failure, std::uint64_t entropy) {
            return failure.attempt < 6 ? Pause{entropy % 100} : std::nullopt;
        });
        return policy;
    }
};

using Policies = testing::Types<ByDefault<Backoff>, BackoffWithoutPauses, BackoffWithoutCap,
    BackoffOfAnHour, ByDefault<OnePass>, ByDefault<TwicePerEndpoint>, PausesOfAnAge,
    ByDefault<Never>, ByDefault<Budget<Backoff>>, ByDefault<Budget<OnePass>>, BudgetOfNothing,
    ByDefault<mocks::RetryPolicy>, MockedForTwoRounds>;

INSTANTIATE_TYPED_TEST_SUITE_P(Models, RetryPolicySuite, Policies);

}  // namespace
}  // namespace etcdpp
