// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/retry/budget.hpp"

#include "etcdpp/retry/never.hpp"
#include "etcdpp/retry/one_pass.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <optional>
#include <thread>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

auto const unreachable = Error{Errc::unreachable};

Failure failure(std::size_t untried = 1)
{
    return {.error = unreachable,
        .attempt = 1,
        .elapsed = 1ms,
        .remaining = 10s,
        .members = 3,
        .untried = untried};
}

//! Begins so many calls, each of which wants one retry. @returns how many got it
template <class Policy>
int retried(Policy const& policy, int calls)
{
    auto granted = 0;
    for (auto call = 0; call != calls; ++call) {
        granted += policy.begin().next(failure(), 0).has_value() ? 1 : 0;
    }
    return granted;
}

TEST(Budget, grants_what_was_saved_up_and_a_fifth_of_a_retry_for_each_call)
{
    EXPECT_EQ(retried(Budget{OnePass{}}, 1000), 10 + 200 - 1)
        << "the first call has nothing to pay into a full purse";
}

TEST(Budget, stops_retries_when_a_fifth_of_the_calls_were_repeated)
{
    auto const budget = Budget{OnePass{}, {.saved_up = 1}};
    retried(budget, 1);

    EXPECT_EQ(retried(budget, 4), 0);
    EXPECT_EQ(retried(budget, 1), 1);
    EXPECT_EQ(retried(budget, 4), 0);
    EXPECT_EQ(retried(budget, 1), 1);
}

TEST(Budget, never_grants_more_than_its_bound)
{
    for (auto const per_call : {0.0, 0.01, 0.1, 0.2, 0.5, 1.0}) {
        for (auto const saved_up : {0.0, 1.0, 3.5, 10.0}) {
            for (auto const calls : {1, 7, 100, 1000}) {
                auto const budget = Budget{OnePass{}, {.per_call = per_call, .saved_up = saved_up}};

                EXPECT_LE(retried(budget, calls), saved_up + per_call * calls)
                    << per_call << ' ' << saved_up << ' ' << calls;
            }
        }
    }
}

TEST(Budget, saves_up_no_more_than_it_may)
{
    auto const budget = Budget{OnePass{}, {.per_call = 0.5, .saved_up = 3}};
    for (auto call = 0; call != 1000; ++call) { budget.begin(); }

    EXPECT_EQ(budget.left(), 3.0);
}

TEST(Budget, begins_with_all_that_can_be_saved_up)
{
    EXPECT_EQ(Budget<>{}.left(), 10.0);
}

TEST(Budget, counts_in_full_what_a_double_holds_a_little_less_of)
{
    auto const budget = Budget<>{Backoff{}, {.saved_up = 2.01}};

    EXPECT_EQ(budget.left(), 2.01);
}

TEST(Budget, is_paid_for_the_retries_of_one_call_too)
{
    auto const budget = Budget{OnePass{}, {.saved_up = 2}};
    auto call = budget.begin();

    EXPECT_EQ(call.next(failure(2), 0), 0ms);
    EXPECT_EQ(call.next(failure(1), 0), 0ms);
    EXPECT_EQ(call.next(failure(1), 0), std::nullopt);
}

TEST(Budget, pays_nothing_where_the_policy_below_gives_up)
{
    auto const budget = Budget{OnePass{}, {.saved_up = 2}};

    EXPECT_EQ(budget.begin().next(failure(0), 0), std::nullopt);

    EXPECT_EQ(budget.left(), 2.0);
}

TEST(Budget, pauses_as_the_policy_below_it)
{
    auto const inner = Backoff{.base = 40ms};

    EXPECT_EQ(
        (Budget{inner}.begin().next(failure(0), 12'345)), inner.begin().next(failure(0), 12'345));
}

TEST(Budget, of_nothing_allows_no_retry)
{
    EXPECT_EQ(retried(Budget{OnePass{}, {.per_call = 0, .saved_up = 0}}, 100), 0);
    EXPECT_EQ(retried(Budget{OnePass{}, {.per_call = -1, .saved_up = -1}}, 100), 0);
}

TEST(Budget, may_be_as_good_as_no_limit)
{
    EXPECT_EQ(retried(Budget{OnePass{}, {.per_call = HUGE_VAL, .saved_up = HUGE_VAL}}, 100), 100);
}

TEST(Budget, is_shared_by_its_copies)
{
    auto const one = Budget{OnePass{}, {.per_call = 0, .saved_up = 3}};
    auto const other = one;

    EXPECT_EQ(retried(one, 2), 2);
    EXPECT_EQ(retried(other, 2), 1);
}

TEST(Budget, is_shared_by_all_threads_that_call)
{
    auto const budget = Budget{OnePass{}, {.per_call = 0, .saved_up = 1000}};
    auto granted = std::atomic{0};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto thread = 0; thread != 4; ++thread) {
            threads.emplace_back([&] { granted += retried(budget, 500); });
        }
    }

    EXPECT_EQ(granted, 1000);
    EXPECT_EQ(budget.left(), 0.0);
}

TEST(Budget, loses_no_call_that_pays_in_from_another_thread)
{
    auto const budget = Budget{OnePass{}, {.per_call = 0.001, .saved_up = 100}};
    retried(budget, 200);
    auto const before = budget.left();
    {
        auto threads = std::vector<std::jthread>{};
        for (auto thread = 0; thread != 4; ++thread) {
            threads.emplace_back([&] {
                for (auto call = 0; call != 1000; ++call) { budget.begin(); }
            });
        }
    }

    EXPECT_DOUBLE_EQ(budget.left(), before + 4.0);
}

TEST(Budget, outlives_its_policy_in_a_call_that_has_begun)
{
    auto call = std::optional
    {
        Budget
        {
            OnePass{}, {.saved_up = 1}
        }
    } -> begin();

    EXPECT_EQ(call.next(failure(), 0), 0ms);
    EXPECT_EQ(call.next(failure(), 0), std::nullopt);
}

TEST(Budget, is_there_where_a_config_names_only_its_type)
{
    struct Config {
        Budget<OnePass> retry = {};
    };

    EXPECT_EQ(Config{}.retry.left(), 10.0);
}

TEST(Budget, has_nothing_to_refuse_where_nothing_is_retried)
{
    auto const budget = Budget{Never{}};

    EXPECT_EQ(retried(budget, 100), 0);
    EXPECT_EQ(budget.left(), 10.0);
}

}  // namespace
}  // namespace etcdpp
