// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! An environment for GoogleMock: time stands still but for sleeps, which take none.

#include "etcdpp/environment/concept.hpp"
#include "etcdpp/testing/handle.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <stop_token>

namespace etcdpp::mocks {

//! What nothing is said about: `now` begins an hour past the clock's epoch; a sleep moves it on by
//! its pause and returns at once; `entropy` draws the same numbers in every run.
class EnvironmentMock {
public:
    EnvironmentMock()
    {
        ON_CALL(*this, now).WillByDefault([this] {
            return Clock::time_point{std::chrono::hours{1} + Clock::duration{passed_}};
        });
        ON_CALL(*this, sleep_for)
            .WillByDefault([this](Clock::duration pause, std::stop_token const& stop) {
                if (!stop.stop_requested()) { passed_ += pause.count(); }
            });
        ON_CALL(*this, entropy).WillByDefault([this] { return mixed(++draws_); });
    }

    MOCK_METHOD(Clock::time_point, now, ());
    MOCK_METHOD(void, sleep_for, (Clock::duration pause, std::stop_token const& stop));
    MOCK_METHOD(std::uint64_t, entropy, ());
    MOCK_METHOD(void, notify, (Event const& event), (noexcept));

private:
    //! SplitMix64's finalizer.
    static constexpr std::uint64_t mixed(std::uint64_t draw) noexcept
    {
        auto bits = draw * 0x9e3779b97f4a7c15U;
        bits = (bits ^ bits >> 30U) * 0xbf58476d1ce4e5b9U;
        bits = (bits ^ bits >> 27U) * 0x94d049bb133111ebU;
        return bits ^ bits >> 31U;
    }

    std::atomic<Clock::rep> passed_ = 0;
    std::atomic<std::uint64_t> draws_ = 0;
};

//! `EXPECT_CALL(*world, sleep_for(Le(25ms), _))`: a test sees the pauses and waits for none. A copy
//! shares the mock, so the test keeps one and the client gets another.
class Environment : public Handle<EnvironmentMock> {
public:
    Clock::time_point now() { return (**this).now(); }

    void sleep_for(Clock::duration pause, std::stop_token const& stop)
    {
        (**this).sleep_for(pause, stop);
    }

    std::uint64_t entropy() { return (**this).entropy(); }
    void notify(Event const& event) noexcept { (**this).notify(event); }
};

static_assert(environment<Environment>);

}  // namespace etcdpp::mocks
