// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Caps the retries of all calls together to a share of the calls.

#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/retry/concept.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace etcdpp {

struct BudgetLimits {
    //! How many retries each call pays for, in the long run: a fifth of a retry.
    double per_call = 0.2;

    //! How many retries can be saved up, and how many there are to begin with: so many calls in
    //! flight can move to another member at once when theirs dies.
    double saved_up = 10;
};

//! Decides as `Inner` does while the budget lasts, and then gives up. However many threads call,
//! and however long the cluster is down, there are never more retries than `saved_up` plus
//! `per_call` for each call begun: a cluster that comes back is not met by a flood of its clients'
//! own making.
//!
//! A copy shares the budget: clients that are given copies have one between them. A retry is also
//! what takes a call to its second member. With a selector that goes on sending calls to a dead
//! member, as RoundRobin does, a share below one in so many members refuses calls that could
//! succeed; Sticky moves on once.
template <retry_policy Inner = Backoff>
class Budget {
public:
    class State;

    Budget() : Budget{Inner{}} {}

    explicit Budget(Inner inner, BudgetLimits limits = {})
        : inner_{std::move(inner)}, purse_{std::make_shared<Purse>(limits)}
    {
    }

    State begin() const
    {
        purse_->pay_in();
        return State{inner_.begin(), purse_};
    }

    //! How many retries could be had now; whole ones are granted.
    double left() const noexcept { return static_cast<double>(purse_->left()) / retry; }

private:
    static constexpr std::int64_t retry = 1'000'000;  //!< one retry, in what the purse counts

    class Purse {
    public:
        explicit Purse(BudgetLimits const& limits)
            : per_call_{coins(limits.per_call)}, full_{coins(limits.saved_up)}, left_{full_}
        {
        }

        void pay_in() noexcept
        {
            auto had = left_.load(std::memory_order_relaxed);
            while (had < full_
                && !left_.compare_exchange_weak(
                    had, std::min(had + per_call_, full_), std::memory_order_relaxed)) {}
        }

        bool pay_for_retry() noexcept
        {
            auto had = left_.load(std::memory_order_relaxed);
            while (had >= retry) {
                if (left_.compare_exchange_weak(had, had - retry, std::memory_order_relaxed)) {
                    return true;
                }
            }
            return false;
        }

        std::int64_t left() const noexcept { return left_.load(std::memory_order_relaxed); }

    private:
        //! Rounded, since 2.01 in a double is a little less. More than a million retries is as good
        //! as no limit, and cannot overflow.
        static std::int64_t coins(double retries) noexcept
        {
            auto const halves = retries > 0
                ? static_cast<std::int64_t>(std::min(retries, 1e6) * (2 * retry))
                : 0;
            return (halves + 1) / 2;
        }

        std::int64_t per_call_;
        std::int64_t full_;
        std::atomic<std::int64_t> left_;
    };

    Inner inner_;
    std::shared_ptr<Purse> purse_;
};

template <retry_policy Inner>
class Budget<Inner>::State {
public:
    Pause next(Failure const& failure, std::uint64_t entropy)
    {
        auto const pause = inner_.next(failure, entropy);
        return pause && purse_->pay_for_retry() ? pause : std::nullopt;
    }

private:
    friend class Budget;

    State(retry_state_of<Inner> inner, std::shared_ptr<Purse> purse)
        : inner_{std::move(inner)}, purse_{std::move(purse)}
    {
    }

    retry_state_of<Inner> inner_;
    std::shared_ptr<Purse> purse_;
};

static_assert(retry_policy<Budget<>>);

}  // namespace etcdpp
