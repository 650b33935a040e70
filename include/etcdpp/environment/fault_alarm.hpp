// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Tells another thread that a member has failed.

#include "etcdpp/core/fault.hpp"
#include "etcdpp/environment/event.hpp"

#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <variant>

namespace etcdpp {

//! An observer whose copies share one bell: give one to the client, keep another. Whoever waits,
//! waits with the token of the next fault, in any environment: a failure ends his wait.
//!
//!     auto alarm = e::FaultAlarm{};
//!     auto client = e::Client{e::Config{.environment = e::Observed{alarm}}};
//!
//! A failed attempt rings, and a watch that stalls. An answer costs one look at its kind.
class FaultAlarm {
public:
    void on(Event const& event)
    {
        if (!tells_of_a_fault(event)) { return; }
        auto rung = std::stop_source{};
        {
            auto const lock = std::lock_guard{bell_->mutex};
            std::swap(bell_->next, rung);
        }
        rung.request_stop();
    }

    //! Its stop is requested when a member fails after this.
    std::stop_token next_fault() const
    {
        auto const lock = std::lock_guard{bell_->mutex};
        return bell_->next.get_token();
    }

private:
    struct Bell {
        std::mutex mutex;
        std::stop_source next;
    };

    static bool tells_of_a_fault(Event const& event) noexcept
    {
        if (auto const* const failure = std::get_if<AttemptFailed>(&event)) {
            return failure->error.fault() == Fault::member;
        }
        auto const* const change = std::get_if<WatchChanged>(&event);
        return change != nullptr && change->state == WatchState::stalled;
    }

    std::shared_ptr<Bell> bell_ = std::make_shared<Bell>();
};

}  // namespace etcdpp
