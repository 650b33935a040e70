// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/retry/twice_per_endpoint.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

auto const no_answer = Error{Errc::unreachable};
auto const no_leader = Error{Errc::unreachable, {.status = 500}};
auto const bad_gateway = Error{Errc::unreachable, {.status = 502}};

Failure failure(Error const& error, unsigned attempt, std::size_t members)
{
    return {.error = error,
        .attempt = attempt,
        .elapsed = 1ms,
        .remaining = 10s,
        .members = members,
        .untried = attempt < members ? members - attempt : 0};
}

//! What a call that keeps failing pauses for, until it gives up.
std::vector<Clock::duration> pauses(
    TwicePerEndpoint const& policy, std::size_t members, Error const& error = no_answer)
{
    auto state = policy.begin();
    auto each = std::vector<Clock::duration>{};
    for (auto attempt = 1U;; ++attempt) {
        auto const pause = state.next(failure(error, attempt, members), attempt);
        if (!pause) { return each; }
        each.push_back(*pause);
    }
}

TEST(TwicePerEndpoint, makes_twice_as_many_attempts_as_there_are_members)
{
    for (auto const members : {1U, 2U, 3U, 5U}) {
        EXPECT_EQ(pauses({}, members).size() + 1, 2U * members) << members;
    }
}

TEST(TwicePerEndpoint, doubles_its_pause_from_25_ms_to_a_second)
{
    EXPECT_EQ(pauses({}, 5),
        (std::vector<Clock::duration>{
            25ms, 50ms, 100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms, 1000ms}));
}

TEST(TwicePerEndpoint, rests_200_ms_more_after_a_500)
{
    EXPECT_EQ(pauses({}, 2, no_leader), (std::vector<Clock::duration>{225ms, 250ms, 300ms}));
}

TEST(TwicePerEndpoint, rests_after_no_other_status)
{
    EXPECT_EQ(pauses({}, 2, bad_gateway), (std::vector<Clock::duration>{25ms, 50ms, 100ms}));
}

TEST(TwicePerEndpoint, rests_only_after_the_attempt_that_met_the_500)
{
    auto state = TwicePerEndpoint{}.begin();

    EXPECT_EQ(state.next(failure(no_leader, 1, 3), 0), 225ms);
    EXPECT_EQ(state.next(failure(no_answer, 2, 3), 0), 50ms);
}

TEST(TwicePerEndpoint, leaves_nothing_to_chance)
{
    auto one = TwicePerEndpoint{}.begin();
    auto other = TwicePerEndpoint{}.begin();

    EXPECT_EQ(one.next(failure(no_answer, 1, 3), 0),
        other.next(failure(no_answer, 1, 3), std::numeric_limits<std::uint64_t>::max()));
}

TEST(TwicePerEndpoint, pauses_as_it_is_told)
{
    auto const policy = TwicePerEndpoint{.base = 10ms, .cap = 30ms, .rest_after_500 = 1ms};

    EXPECT_EQ(pauses(policy, 3), (std::vector<Clock::duration>{10ms, 20ms, 30ms, 30ms, 30ms}));
    EXPECT_EQ(pauses(policy, 1, no_leader), (std::vector<Clock::duration>{11ms}));
}

TEST(TwicePerEndpoint, survives_durations_at_the_end_of_their_range)
{
    constexpr auto longest = Clock::duration::max();
    auto const policy = TwicePerEndpoint{.base = longest, .cap = longest, .rest_after_500 = 1ms};

    EXPECT_EQ(pauses(policy, 1, no_leader), (std::vector<Clock::duration>{longest}));
    EXPECT_EQ(pauses({.base = -1s, .cap = -1s}, 1), (std::vector<Clock::duration>{0ms}));
}

}  // namespace
}  // namespace etcdpp
