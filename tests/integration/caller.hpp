// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A user who calls again and again while a test breaks the cluster under him.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/node.hpp"
#include "tests/support/child_process.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! Calls from a thread of his own, about a thousand times a second, and keeps account of it.
class Caller {
public:
    using Call = std::function<Result<v2::Response>()>;

    struct Account {
        std::size_t successes = 0;
        Clock::duration longest_gap{};  //!< between the ends of two successes without one between
        std::vector<Error> errors = {};
    };

    explicit Caller(Call call)
        : call_{std::move(call)}, thread_{[this](std::stop_token const& stop) { go_on(stop); }}
    {
    }

    //! Returns when `times` calls more have succeeded. @returns whether they did in time.
    bool succeeds_again(
        std::size_t times = 30, std::chrono::seconds within = std::chrono::seconds{30})
    {
        auto const before = account().successes;
        return becomes_true([&] { return account().successes >= before + times; }, within);
    }

    Account account() const
    {
        auto const lock = std::lock_guard{mutex_};
        return account_;
    }

    Account finish()
    {
        thread_.request_stop();
        thread_.join();
        return account_;
    }

private:
    void go_on(std::stop_token const& stop)
    {
        while (!stop.stop_requested()) {
            note(call_());
            // Leaves the two cores of a small machine some time for etcd.
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }

    void note(Result<v2::Response> const& result)
    {
        auto const now = Clock::now();
        auto const lock = std::lock_guard{mutex_};
        if (!result) {
            account_.errors.push_back(result.error());
            return;
        }
        if (account_.successes++ > 0) {
            account_.longest_gap = std::max(account_.longest_gap, now - last_success_);
        }
        last_success_ = now;
    }

    Call call_;
    std::mutex mutable mutex_;
    Account account_;
    Clock::time_point last_success_{};
    std::jthread thread_;  //!< Last: it uses all the others.
};

}  // namespace etcdpp::tests
