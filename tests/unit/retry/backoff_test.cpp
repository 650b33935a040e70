// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/retry/backoff.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

constexpr auto most_entropy = std::numeric_limits<std::uint64_t>::max();

auto const refused = Error{Errc::unreachable, {.effect = Effect::none, .words = "refused"}};
auto const lost = Error{Errc::unreachable, {.effect = Effect::unknown, .words = "reset"}};

Failure failure(Error const& error, Clock::duration elapsed = 1ms, std::size_t untried = 0)
{
    return {.error = error,
        .attempt = 1,
        .elapsed = elapsed,
        .remaining = 10s,
        .members = 3,
        .untried = untried};
}

std::uint64_t ticks(Clock::duration duration)
{
    return static_cast<std::uint64_t>(duration.count());
}

//! The longest pauses that a policy can draw, one failure after the other.
std::vector<Clock::duration> ceilings(Backoff const& policy, std::size_t count)
{
    auto pauses = std::vector<Clock::duration>{};
    for (auto i = std::size_t{0}; i != count; ++i) {
        // The ceiling is the one pause drawn from its own length, and not from one tick more.
        for (auto const candidate :
            {0ms, 1ms, 10ms, 20ms, 25ms, 40ms, 50ms, 70ms, 100ms, 200ms, 400ms, 500ms, 1000ms}) {
            auto at = policy.begin();
            auto beyond = policy.begin();
            for (auto earlier = std::size_t{0}; earlier != i; ++earlier) {
                at.next(failure(lost), 0);
                beyond.next(failure(lost), 0);
            }
            auto const drawn = at.next(failure(lost), ticks(candidate));
            auto const wrapped = beyond.next(failure(lost), ticks(candidate) + 1);
            if (drawn == candidate && wrapped == 0ms) { pauses.push_back(candidate); }
        }
    }
    return pauses;
}

TEST(Backoff, goes_to_each_untried_member_at_once)
{
    auto state = Backoff{}.begin();

    EXPECT_EQ(state.next(failure(refused, 1ms, 2), most_entropy), 0ms);
    EXPECT_EQ(state.next(failure(lost, 2ms, 1), most_entropy), 0ms);
}

TEST(Backoff, pauses_for_what_is_drawn_from_zero_to_its_ceiling)
{
    struct Case {
        std::uint64_t entropy;
        Clock::duration pause;
    };
    for (auto const& [entropy, pause] : {
             Case{0, 0ns},
             Case{1, 1ns},
             Case{12'500'000, 12'500us},
             Case{25'000'000, 25ms},
             Case{25'000'001, 0ns},
             Case{25'000'002, 1ns},
             Case{most_entropy, Clock::duration{most_entropy % 25'000'001}},
         }) {
        EXPECT_EQ(Backoff{}.begin().next(failure(lost), entropy), pause) << entropy;
    }
}

TEST(Backoff, doubles_its_ceiling_up_to_the_cap)
{
    EXPECT_EQ(ceilings(Backoff{}, 7),
        (std::vector<Clock::duration>{25ms, 50ms, 100ms, 200ms, 400ms, 500ms, 500ms}));
}

TEST(Backoff, doubles_from_and_to_what_it_is_told)
{
    EXPECT_EQ(ceilings(Backoff{.base = 10ms, .cap = 70ms}, 5),
        (std::vector<Clock::duration>{10ms, 20ms, 40ms, 70ms, 70ms}));
}

TEST(Backoff, never_pauses_longer_than_the_cap)
{
    EXPECT_EQ(ceilings(Backoff{.base = 1s, .cap = 100ms}, 2),
        (std::vector<Clock::duration>{100ms, 100ms}));
}

TEST(Backoff, does_not_raise_its_ceiling_while_members_are_left)
{
    auto state = Backoff{}.begin();
    for (auto untried = std::size_t{5}; untried != 0; --untried) {
        state.next(failure(lost, 1ms, untried), 0);
    }

    EXPECT_EQ(state.next(failure(lost), ticks(25ms)), 25ms);
}

TEST(Backoff, survives_durations_at_the_end_of_their_range)
{
    auto state = Backoff{.base = Clock::duration::max(), .cap = Clock::duration::max()}.begin();

    for (auto i = 0; i != 3; ++i) {
        EXPECT_EQ(state.next(failure(lost), ticks(Clock::duration::max())), Clock::duration::max());
    }
    EXPECT_EQ((Backoff{.base = -1s, .cap = -1s}.begin().next(failure(lost), most_entropy)), 0ms);
}

TEST(Backoff, keeps_the_ceilings_of_two_calls_apart)
{
    auto const policy = Backoff{};
    auto earlier = policy.begin();
    for (auto i = 0; i != 5; ++i) { earlier.next(failure(lost), 0); }

    EXPECT_EQ(policy.begin().next(failure(lost), ticks(25ms) + 1), 0ms);
}

TEST(Backoff, gives_up_after_two_seconds_when_every_failure_says_that_nobody_is_home)
{
    for (auto const& nobody : {refused, Error{Errc::not_etcd}, Error{Errc::malformed_reply}}) {
        auto state = Backoff{}.begin();

        EXPECT_TRUE(state.next(failure(nobody, 1ms), 0)) << nobody;
        EXPECT_TRUE(state.next(failure(nobody, 1999ms), 0)) << nobody;
        EXPECT_EQ(state.next(failure(nobody, 2s), 0), std::nullopt) << nobody;
        EXPECT_EQ(state.next(failure(nobody, 3s), 0), std::nullopt) << nobody;
    }
}

TEST(Backoff, waits_for_nobody_as_long_as_it_is_told)
{
    auto state = Backoff{.nobody_home_for = 300ms}.begin();

    EXPECT_TRUE(state.next(failure(refused, 299ms), 0));
    EXPECT_EQ(state.next(failure(refused, 300ms), 0), std::nullopt);
}

TEST(Backoff, does_not_give_up_on_members_it_has_not_tried)
{
    EXPECT_EQ(Backoff{}.begin().next(failure(refused, 5s, 1), 0), 0ms);
}

TEST(Backoff, goes_on_until_the_deadline_when_a_failure_says_that_somebody_is_home)
{
    for (auto const& somebody : {lost, Error{Errc::timed_out},
             Error{Errc::timed_out, {.effect = Effect::none}}, Error{Errc::v2_disabled},
             Error{std::make_error_code(std::errc::io_error), {.effect = Effect::none}}}) {
        auto state = Backoff{}.begin();

        EXPECT_TRUE(state.next(failure(somebody, 9s), 0)) << somebody;
    }
}

TEST(Backoff, remembers_that_somebody_was_home_once)
{
    auto state = Backoff{}.begin();
    state.next(failure(refused, 1ms, 2), 0);
    state.next(failure(lost, 2ms, 1), 0);

    EXPECT_TRUE(state.next(failure(refused, 3ms), 0));
    EXPECT_TRUE(state.next(failure(refused, 9s), 0));
}

}  // namespace
}  // namespace etcdpp
