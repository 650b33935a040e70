// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/deadline.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

constexpr auto epoch = Clock::time_point{};
constexpr auto noon = Clock::time_point{12h};
constexpr auto tick = Clock::duration{1};
constexpr auto end_of_time = Clock::time_point::max();

TEST(Deadline, is_made_from_an_instant_only_on_purpose)
{
    static_assert(std::constructible_from<Deadline, Clock::time_point>);
    static_assert(!std::convertible_to<Clock::time_point, Deadline>);
}

TEST(Deadline, has_passed_from_its_instant_on)
{
    constexpr auto deadline = Deadline{noon};

    EXPECT_FALSE(deadline.passed(noon - tick));
    EXPECT_TRUE(deadline.passed(noon));
    EXPECT_TRUE(deadline.passed(noon + tick));
}

TEST(Deadline, after_a_timeout_is_that_much_later)
{
    static_assert(Deadline::after(noon, 10s).at() == noon + 10s);
    static_assert(Deadline::after(noon, 0s).at() == noon);
}

TEST(Deadline, after_a_negative_timeout_has_passed_at_once)
{
    for (auto const timeout : {Clock::duration{-1s}, Clock::duration::min()}) {
        EXPECT_TRUE(Deadline::after(epoch, timeout).passed(epoch)) << timeout.count();
        EXPECT_TRUE(Deadline::after(noon, timeout).passed(noon)) << timeout.count();
        EXPECT_TRUE(Deadline::after(end_of_time, timeout).passed(end_of_time)) << timeout.count();
    }
}

TEST(Deadline, beyond_the_range_of_the_clock_is_never)
{
    static_assert(Deadline::after(epoch + tick, Clock::duration::max()) == Deadline::never());
    static_assert(Deadline::after(noon, Clock::duration::max()) == Deadline::never());
    static_assert(Deadline::after(end_of_time - 1s, 2s) == Deadline::never());
    static_assert(Deadline::after(end_of_time, tick) == Deadline::never());
}

TEST(Deadline, at_the_very_end_of_the_range_is_computed_exactly)
{
    static_assert(Deadline::after(end_of_time - 2s, 1s).at() == end_of_time - 1s);
    static_assert(Deadline::after(epoch, Clock::duration::max() - tick).at() == end_of_time - tick);
}

TEST(Deadline, leaves_the_time_until_its_instant)
{
    static_assert(Deadline{noon}.remaining(noon - 1500ms) == 1500ms);
    static_assert(Deadline::never().remaining(epoch) == Clock::duration::max());
}

TEST(Deadline, leaves_nothing_once_it_has_passed)
{
    static_assert(Deadline{noon}.remaining(noon) == 0s);
    static_assert(Deadline{noon}.remaining(noon + 1s) == 0s);
    static_assert(Deadline{epoch}.remaining(end_of_time) == 0s);
}

TEST(Deadline, never_comes_after_every_other)
{
    static_assert(Deadline{end_of_time - tick} < Deadline::never());
    EXPECT_FALSE(Deadline::never().passed(end_of_time - tick));
}

TEST(Deadline, earlier_takes_the_bound_that_holds_first)
{
    constexpr auto sooner = Deadline{noon};
    constexpr auto later = Deadline{noon + 1s};

    static_assert(earlier(sooner, later) == sooner);
    static_assert(earlier(later, sooner) == sooner);
    static_assert(earlier(later, Deadline::never()) == later);
}

}  // namespace
}  // namespace etcdpp
