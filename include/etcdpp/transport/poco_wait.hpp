// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The one place where the transport waits for a socket: until a deadline, or until it is stopped.

#include "etcdpp/core/deadline.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <stop_token>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace etcdpp::detail {

//! Turns a stop request into a readable descriptor, so that a poll ends at once. If no stop is
//! possible, which is the default, it makes no descriptor and costs nothing.
class StopSignal {
public:
    explicit StopSignal(std::stop_token const& stop) : stop_{stop}
    {
        if (!stop.stop_possible()) { return; }
        descriptor_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (descriptor_ >= 0) { on_stop_.emplace(stop, Raise{descriptor_}); }
    }

    ~StopSignal()
    {
        on_stop_.reset();  // waits for a callback that runs just now: it needs the descriptor
        if (descriptor_ >= 0) { ::close(descriptor_); }
    }

    StopSignal(StopSignal const&) = delete;
    StopSignal& operator=(StopSignal const&) = delete;

    bool raised() const noexcept { return stop_.stop_requested(); }

    //! What to poll beside the sockets; negative, which poll(2) skips, if there is nothing to hear.
    int descriptor() const noexcept { return descriptor_; }

    std::stop_token const& token() const noexcept { return stop_; }

    //! How long a poll may sleep unaware of the token: for ever, unless the process is so short of
    //! descriptors that none was left to hear the stop by.
    Clock::duration longest_sleep() const noexcept
    {
        auto const deaf = descriptor_ < 0 && stop_.stop_possible();
        return deaf ? std::chrono::milliseconds{40} : Clock::duration::max();
    }

private:
    struct Raise {
        int descriptor;

        void operator()() const noexcept
        {
            auto const one = std::uint64_t{1};
            [[maybe_unused]] auto const written = ::write(descriptor, &one, sizeof one);
        }
    };

    std::stop_token stop_;
    int descriptor_ = -1;
    std::optional<std::stop_callback<Raise>> on_stop_;
};

//! How a wait ended.
enum class Woken : std::uint8_t { ready, timed_out, stopped };

inline std::timespec to_timespec(Clock::duration duration) noexcept
{
    auto const seconds = std::chrono::floor<std::chrono::seconds>(duration);
    auto const rest = std::chrono::nanoseconds{duration - seconds};
    return {.tv_sec = seconds.count(), .tv_nsec = rest.count()};
}

//! Waits until one of `watched` has an event. A stop goes before an event, and an event that is
//! there already goes before a deadline that has passed.
//! @pre the last of `watched` is `stop`'s descriptor
inline Woken poll_until(std::span<pollfd> watched, Deadline by, StopSignal const& stop,
    Clock::time_point now = Clock::now())
{
    while (!stop.raised()) {
        auto const sleep = to_timespec(std::min(by.remaining(now), stop.longest_sleep()));
        auto const count = ::ppoll(watched.data(), watched.size(), &sleep, nullptr);
        if (count > 0 && watched.back().revents == 0) { return Woken::ready; }
        if (count < 0 && errno != EINTR) { return Woken::timed_out; }  // for want of kernel memory
        now = Clock::now();
        if (count == 0 && by.passed(now)) { return Woken::timed_out; }
    }
    return Woken::stopped;
}

}  // namespace etcdpp::detail
