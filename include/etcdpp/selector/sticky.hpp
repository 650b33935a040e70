// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Stays with one member while it works, and moves on when it fails: etcd/client's way.

#include "etcdpp/selector/concept.hpp"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>

namespace etcdpp {

//! Saves connections on both sides, and costs no consistency: each member holds the replicated
//! data. Starts at a random member, so that many clients spread; `starting_at(n)` starts at the
//! n-th as given. All threads of a client share the choice: one failure moves them all, once.
class Sticky {
public:
    Sticky() = default;

    static Sticky starting_at(std::size_t position)
    {
        auto sticky = Sticky{};
        sticky.start_ = position;
        return sticky;
    }

    Sticky(Sticky&& other) noexcept
        : start_{other.start_}, current_{std::move(other.current_)}, failed_{other.failed_.load()}
    {
    }

    Sticky& operator=(Sticky&& other) noexcept
    {
        start_ = other.start_;
        current_ = std::move(other.current_);
        failed_ = other.failed_.load();
        return *this;
    }

    std::size_t pick(Pick const& pick)
    {
        auto const lock = std::lock_guard{mutex_};
        auto const current = current_ ? pick.endpoints.position_of(*current_) : std::nullopt;
        if (current && !failed_ && !pick.tried[*current]) { return *current; }
        auto const home = place(pick, current);
        auto const position = untried_from(home, pick);
        if (position == home) {  // else a visit, no move
            current_ = pick.endpoints[home];
            failed_ = false;
        }
        return position;
    }

    void report(Report const& report) noexcept
    {
        auto const failed = report.outcome == Outcome::failed;
        if (failed == failed_) { return; }  // as nearly always, and then without the lock
        auto const lock = std::lock_guard{mutex_};
        if (current_ && *current_ == report.endpoint) { failed_ = failed; }
    }

private:
    //! Where the client stays: the current member, the one behind it once it failed, or, when there
    //! is none or the list lost it, a start.
    std::size_t place(Pick const& pick, std::optional<std::size_t> current) const noexcept
    {
        if (current) { return failed_ ? (*current + 1) % pick.endpoints.size() : *current; }
        return start_.value_or(pick.entropy) % pick.endpoints.size();
    }

    std::optional<std::size_t> start_;
    std::mutex mutable mutex_;
    std::optional<Endpoint> current_;
    std::atomic<bool> failed_ = false;
};

static_assert(selector<Sticky>);

}  // namespace etcdpp
