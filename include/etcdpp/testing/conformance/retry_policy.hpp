// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every retry policy must do, as tests. Yours passes them if these three lines do:
//!
//!     #include <etcdpp/testing/conformance/retry_policy.hpp>
//!     static_assert(etcdpp::check_retry_policy<Twice>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, RetryPolicySuite, ByDefault<Twice>); }
//!
//! In place of `ByDefault<Twice>` any type will do whose `make()` returns a policy, each time one
//! that behaves the same. Run it with the address and thread sanitizers too.

#include "etcdpp/retry/concept.hpp"
#include "etcdpp/testing/conformance/by_default.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {

template <class Maker>
class RetryPolicySuite : public testing::Test {
protected:
    using Policy = decltype(std::declval<Maker&>().make());
    using State = retry_state_of<Policy>;

    static constexpr std::size_t members = 3;

    //! Asks after each of so many failed attempts, until it gives up. Half a second each.
    static std::vector<Pause> pauses(State& state, Error const& error, unsigned attempts)
    {
        auto answers = std::vector<Pause>{};
        for (auto attempt = 1U; attempt <= attempts; ++attempt) {
            answers.push_back(ask(state, error, attempt));
            if (!answers.back()) { break; }
        }
        return answers;
    }

    static Pause ask(State& state, Error const& error, unsigned attempt)
    {
        constexpr auto call = std::chrono::hours{1};
        auto const elapsed = std::chrono::milliseconds{500} * attempt;
        return state.next({.error = error,
                              .attempt = attempt,
                              .elapsed = elapsed,
                              .remaining = call - elapsed,
                              .members = members,
                              .untried = attempt < members ? members - attempt : 0},
            entropies[attempt % entropies.size()]);
    }

    static std::vector<Pause> pauses(State&& state, Error const& error, unsigned attempts)
    {
        return pauses(state, error, attempts);
    }

    static constexpr std::array<std::uint64_t, 5> entropies{
        0, 1, 0x9e3779b97f4a7c15U, 0x8000000000000000U, std::numeric_limits<std::uint64_t>::max()};

    Error const refused{Errc::unreachable, {.effect = Effect::none}};
    Error const silent{Errc::timed_out, {.effect = Effect::unknown}};
    Error const stranger{Errc::not_etcd, {.effect = Effect::unknown, .status = 200}};

    Maker maker{};
    Policy policy{maker.make()};
};

TYPED_TEST_SUITE_P(RetryPolicySuite);

TYPED_TEST_P(RetryPolicySuite, never_pauses_less_than_no_time)
{
    for (auto const* const error : {&this->refused, &this->silent, &this->stranger}) {
        for (auto const pause : this->pauses(this->policy.begin(), *error, 1000)) {
            EXPECT_GE(pause.value_or(Clock::duration::zero()), Clock::duration::zero());
        }
    }
}

TYPED_TEST_P(RetryPolicySuite, decides_the_same_when_told_the_same)
{
    auto const twin = this->maker.make();

    for (auto const* const error : {&this->refused, &this->silent, &this->stranger}) {
        EXPECT_EQ(this->pauses(this->policy.begin(), *error, 100),
            this->pauses(twin.begin(), *error, 100));
    }
}

TYPED_TEST_P(RetryPolicySuite, gives_each_call_a_state_that_moves_into_it)
{
    auto const twin = this->maker.make();
    auto expected = twin.begin();
    auto state = this->policy.begin();
    this->ask(state, this->silent, 1);
    this->ask(expected, this->silent, 1);

    auto moved = std::move(state);

    EXPECT_EQ(this->ask(moved, this->silent, 2), this->ask(expected, this->silent, 2));
}

TYPED_TEST_P(RetryPolicySuite, may_go_before_its_states)
{
    auto const twin = this->maker.make();
    auto short_lived = std::optional{this->maker.make()};
    auto state = short_lived->begin();

    short_lived.reset();

    EXPECT_EQ(this->pauses(state, this->silent, 20), this->pauses(twin.begin(), this->silent, 20));
}

TYPED_TEST_P(RetryPolicySuite, may_begin_calls_from_many_threads_at_once)
{
    auto const use = [&] {
        for (auto call = 0; call != 200; ++call) {
            for (auto const pause : this->pauses(this->policy.begin(), this->silent, 5)) {
                EXPECT_GE(pause.value_or(Clock::duration::zero()), Clock::duration::zero());
            }
        }
    };
    auto threads = std::vector<std::jthread>{};
    for (auto thread = 0; thread != 4; ++thread) { threads.emplace_back(use); }
}

REGISTER_TYPED_TEST_SUITE_P(RetryPolicySuite, never_pauses_less_than_no_time,
    decides_the_same_when_told_the_same, gives_each_call_a_state_that_moves_into_it,
    may_go_before_its_states, may_begin_calls_from_many_threads_at_once);

}  // namespace etcdpp
