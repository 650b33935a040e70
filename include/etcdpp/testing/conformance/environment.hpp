// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every environment must do, as tests. Yours passes them if these three lines do:
//!
//!     #include <etcdpp/testing/conformance/environment.hpp>
//!     static_assert(etcdpp::check_environment<Board>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, EnvironmentSuite, ByDefault<Board>); }
//!
//! In place of `ByDefault<Board>` any type will do whose `make()` returns an environment. Its time
//! may be virtual. Run it with the address and thread sanitizers too.

#include "etcdpp/environment/concept.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/testing/conformance/by_default.hpp"
#include "etcdpp/testing/conformance/stopwatch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {

template <class Maker>
class EnvironmentSuite : public testing::Test {
protected:
    using Environment = decltype(std::declval<Maker&>().make());

    std::vector<std::uint64_t> draws(std::size_t count)
    {
        auto drawn = std::vector<std::uint64_t>{};
        for (auto i = std::size_t{0}; i != count; ++i) { drawn.push_back(world.entropy()); }
        return drawn;
    }

    //! How often each bit is set.
    static std::array<std::size_t, 64> counts(std::vector<std::uint64_t> const& drawn)
    {
        auto set = std::array<std::size_t, 64>{};
        for (auto const bits : drawn) {
            for (auto i = 0U; i != 64; ++i) { set[i] += bits >> i & 1U; }
        }
        return set;
    }

    //! Seven standard deviations of 4096 tosses: an honest coin exceeds it once in 10^11 times.
    static constexpr std::size_t tosses = 4096;
    static constexpr std::size_t least = tosses / 2 - 7 * 32;
    static constexpr std::size_t most = tosses / 2 + 7 * 32;

    static constexpr auto long_pause = std::chrono::seconds{2};

    Maker maker{};
    Environment world{maker.make()};
};

TYPED_TEST_SUITE_P(EnvironmentSuite);

TYPED_TEST_P(EnvironmentSuite, tells_times_that_never_go_backwards)
{
    auto before = this->world.now();
    for (auto look = 0; look != 1000; ++look) {
        auto const now = this->world.now();
        EXPECT_GE(now, before);
        before = now;
    }
}

TYPED_TEST_P(EnvironmentSuite, sleeps_until_the_pause_has_passed)
{
    for (auto const pause : {std::chrono::milliseconds{1}, std::chrono::milliseconds{20}}) {
        auto const began = this->world.now();
        this->world.sleep_for(pause, {});
        EXPECT_GE(this->world.now() - began, pause);
    }
}

TYPED_TEST_P(EnvironmentSuite, does_not_sleep_once_it_was_stopped)
{
    auto stop = std::stop_source{};
    stop.request_stop();
    auto const began = Clock::now();

    this->world.sleep_for(this->long_pause, stop.get_token());

    EXPECT_LT(Clock::now() - began, this->long_pause / 2);
}

TYPED_TEST_P(EnvironmentSuite, wakes_within_50_ms_of_a_stop)
{
    constexpr auto bound = std::chrono::milliseconds{50};
    auto const best = detail::best_of_some(bound, [&] {
        auto stop = std::stop_source{};
        auto stopped_at = Clock::time_point{};
        auto stopper = std::jthread{[&] {
            stopped_at = Clock::now();
            stop.request_stop();
        }};
        this->world.sleep_for(this->long_pause, stop.get_token());
        auto const woken_at = Clock::now();
        stopper.join();
        return woken_at - stopped_at;
    });

    EXPECT_LE(detail::in_ms(best), detail::in_ms(bound));
}

TYPED_TEST_P(EnvironmentSuite, draws_each_bit_as_often_as_not)
{
    for (auto const set : this->counts(this->draws(this->tosses))) {
        EXPECT_GE(set, this->least);
        EXPECT_LE(set, this->most);
    }
}

TYPED_TEST_P(EnvironmentSuite, draws_independent_of_the_draw_before)
{
    auto const drawn = this->draws(this->tosses + 1);
    auto changes = std::vector<std::uint64_t>{};
    for (auto i = std::size_t{1}; i != drawn.size(); ++i) {
        changes.push_back(drawn[i] ^ drawn[i - 1]);
    }

    for (auto const set : this->counts(changes)) {
        EXPECT_GE(set, this->least);
        EXPECT_LE(set, this->most);
    }
}

TYPED_TEST_P(EnvironmentSuite, draws_other_bits_in_each_thread)
{
    auto drawn = std::array<std::vector<std::uint64_t>, 4>{};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto& each : drawn) {
            threads.emplace_back([&] { each = this->draws(1000); });
        }
    }

    auto all = std::vector<std::uint64_t>{};
    for (auto const& each : drawn) { all.insert(all.end(), each.begin(), each.end()); }
    std::ranges::sort(all);
    EXPECT_EQ(std::ranges::adjacent_find(all), all.end()) << "one of 4000 came twice";
}

//! With the address sanitizer, an environment that keeps what an event refers to is found out.
TYPED_TEST_P(EnvironmentSuite, hears_of_events_that_are_gone_afterwards)
{
    for (auto attempt = 1U; attempt != 4; ++attempt) {
        auto const endpoint = Endpoint{.host = "a-member-of-long-name-" + std::to_string(attempt)};
        auto const error = Error{Errc::unreachable, {.words = "refused by " + endpoint.host}};
        auto const latency = std::chrono::milliseconds{3};
        auto const request = http::Request{.target = "/v2/keys/" + endpoint.host};
        this->world.notify(AttemptBegan{endpoint, attempt, RequestToPrint{request}});
        this->world.notify(AttemptFailed{endpoint, attempt, latency, error, latency});
        this->world.notify(AttemptFailed{endpoint, attempt, latency, error, {}});
        this->world.notify(Redirected{endpoint, endpoint, RequestToPrint{request}});
        this->world.notify(WatchAsked{endpoint.host, endpoint, RequestToPrint{request}});
        this->world.notify(AttemptAnswered{endpoint, attempt, latency});
    }
    EXPECT_GE(this->world.now(), Clock::time_point{});
}

TYPED_TEST_P(EnvironmentSuite, may_be_used_from_many_threads_at_once)
{
    auto const endpoint = Endpoint{.host = "10.0.0.1"};
    auto const use = [&] {
        auto before = this->world.now();
        for (auto step = 0; step != 100; ++step) {
            this->world.sleep_for(std::chrono::microseconds{this->world.entropy() % 8}, {});
            this->world.notify(AttemptAnswered{endpoint, 1, {}});
            auto const now = this->world.now();
            EXPECT_GE(now, before);
            before = now;
        }
    };
    auto threads = std::vector<std::jthread>{};
    for (auto thread = 0; thread != 4; ++thread) { threads.emplace_back(use); }
}

REGISTER_TYPED_TEST_SUITE_P(EnvironmentSuite, tells_times_that_never_go_backwards,
    sleeps_until_the_pause_has_passed, does_not_sleep_once_it_was_stopped,
    wakes_within_50_ms_of_a_stop, draws_each_bit_as_often_as_not,
    draws_independent_of_the_draw_before, draws_other_bits_in_each_thread,
    hears_of_events_that_are_gone_afterwards, may_be_used_from_many_threads_at_once);

}  // namespace etcdpp
