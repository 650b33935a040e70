// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Counts what calls do, for a program's own metrics.

#include "etcdpp/environment/event.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <variant>

namespace etcdpp {

//! A copy shares its counters: keep one copy, give the other to the client. Reading is lock-free;
//! the counters are exact each, not a snapshot of one instant together.
class CountingObserver {
public:
    void on(Event const& event) noexcept
    {
        if (std::holds_alternative<AttemptAnswered>(event)) { ++counters_->answered; }
        if (std::holds_alternative<Redirected>(event)) { ++counters_->redirected; }
        if (auto const* const failure = std::get_if<AttemptFailed>(&event)) {
            ++counters_->failed;
            if (failure->pause) { ++counters_->retried; }
        }
    }

    std::uint64_t answered() const noexcept { return counters_->answered; }
    std::uint64_t failed() const noexcept { return counters_->failed; }
    std::uint64_t retried() const noexcept { return counters_->retried; }
    std::uint64_t redirected() const noexcept { return counters_->redirected; }

private:
    struct Counters {
        std::atomic<std::uint64_t> answered = 0;
        std::atomic<std::uint64_t> failed = 0;
        std::atomic<std::uint64_t> retried = 0;
        std::atomic<std::uint64_t> redirected = 0;
    };

    std::shared_ptr<Counters> counters_ = std::make_shared<Counters>();
};

}  // namespace etcdpp
