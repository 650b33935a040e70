// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Waits for what cannot be interrupted, and goes on without it when the time is up.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>

namespace etcdpp::detail {

//! Calls `work()`, which returns a Result, in a thread of its own, and waits for that until `by` or
//! until a stop is requested: Errc::timed_out or Errc::cancelled, the caller's fault. The thread is
//! left behind then, and ends in its own time; so `work` must own, or share, all it refers to, and
//! must not throw. Errc::unreachable if no thread can be had.
template <class Work>
auto wait_or_leave_behind(Work work, Deadline by, std::stop_token const& stop) -> decltype(work())
{
    using Outcome = decltype(work());
    struct Shared {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::optional<Outcome> outcome;
    };
    auto const no_outcome = [](Errc code, Fault fault, char const* words) {
        return unexpected(Error{code, {.effect = Effect::none, .fault = fault, .words = words}});
    };

    auto const shared = std::make_shared<Shared>();
    try {
        std::thread{[shared, work = std::move(work)]() mutable {
            auto outcome = work();
            auto const lock = std::lock_guard{shared->mutex};
            shared->outcome.emplace(std::move(outcome));
            shared->changed.notify_all();
        }}.detach();
    } catch (std::system_error const&) {
        return no_outcome(Errc::unreachable, Fault::member, "no thread can be had for it");
    }

    auto lock = std::unique_lock{shared->mutex};
    auto const is_done = shared->changed.wait_until(
        lock, stop, by.at(), [&] { return shared->outcome.has_value(); });
    if (is_done) { return *std::move(shared->outcome); }
    return stop.stop_requested()
        ? no_outcome(Errc::cancelled, Fault::caller, "stopped by the caller")
        : no_outcome(Errc::timed_out, Fault::caller, "the deadline passed");
}

}  // namespace etcdpp::detail
