// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Many watches on one thread.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/watch.hpp"
#include "etcdpp/v2/watch_error.hpp"

#include <array>
#include <cstddef>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! An event, or the verdict on the request of one watch, and which watch it is of.
struct Arrival {
    std::size_t which;
    Result<Response> event;
};

//! Waits for all its watches at once, and serves them in turn, so that a busy one does not keep the
//! others waiting. Each costs a connection, and none a thread. While a member is being connected
//! to, which is bounded by the client's `connect_timeout`, the other watches wait as well.
//!
//! Belongs to one thread at a time. All watches are of the client it was made with.
template <class Client>
class WatchSet {
public:
    explicit WatchSet(Client& client) noexcept : client_{&client} {}

    //! @returns the watch's number: 0 for the first
    std::size_t add(Watch<Client> watch)
    {
        watches_.push_back(std::move(watch));
        return watches_.size() - 1;
    }

    std::size_t size() const noexcept { return watches_.size(); }

    //! @pre which < size()
    Watch<Client> const& operator[](std::size_t which) const noexcept { return watches_[which]; }

    //! As Watch::next, for the first that has something. An error of the call itself is the
    //! caller's: time is up, the stop was requested, or there is nothing to watch.
    Result<Arrival> next_any(CallOptions const& call = {})
    {
        if (watches_.empty()) {
            return unexpected(invalid_argument("the set of watches is empty: add one first"));
        }
        auto const bounds = bounds_of(*client_, call);
        for (;;) {
            for (auto k = std::size_t{0}; k != watches_.size(); ++k) {
                auto const which = (served_ + k) % watches_.size();
                if (auto settled = watches_[which].engine_.settled()) {
                    return Arrival{which, *std::move(settled)};
                }
            }
            if (bounds.stop.stop_requested()) { return unexpected(watch_cancelled()); }
            for (auto which = std::size_t{0}; which != watches_.size(); ++which) {
                auto& engine = watches_[which].engine_;
                auto begun = Result<void>{};
                while (begun && engine.is_due()) { begun = engine.begin(bounds); }
                if (begun) { continue; }
                if (begun.error().fault() == Fault::caller) { return unexpected(begun.error()); }
                return Arrival{which, unexpected(std::move(begun).error())};
            }
            auto turned = turn(bounds);
            if (!turned) { return unexpected(std::move(turned).error()); }
        }
    }

private:
    using Engine = WatchEngine<Client>;
    using Exchange = typename Engine::Exchange;

    //! Gathers what all watches wait for. The transport names the first that is ready, so the one
    //! served last comes last.
    Deadline gather(WatchBounds const& bounds)
    {
        waiting_.clear();
        owners_.clear();
        auto until = bounds.by;
        for (auto k = std::size_t{1}; k <= watches_.size(); ++k) {
            auto const which = (served_ + k) % watches_.size();
            auto& engine = watches_[which].engine_;
            auto exchanges = std::array<Exchange*, Engine::max_exchanges>{};
            auto const count = engine.exchanges(exchanges);
            waiting_.insert(waiting_.end(), exchanges.data(), exchanges.data() + count);
            owners_.insert(owners_.end(), count, which);
            until = earlier(until, engine.wakes(bounds));
        }
        return until;
    }

    //! Waits once, and does what follows from it.
    Result<void> turn(WatchBounds const& bounds)
    {
        auto const policies = client_->policies();
        auto const until = gather(bounds);
        auto ready = Ready{};
        if (waiting_.empty()) {
            policies.world.sleep_for(until.remaining(policies.world.now()), bounds.stop);
        } else {
            ready = policies.transport.wait(std::span{waiting_}, until, bounds.stop);
        }
        if (ready.kind == Ready::Kind::stopped) { return unexpected(watch_cancelled()); }
        auto const has_news = ready.kind == Ready::Kind::exchange;
        if (has_news) {
            served_ = owners_[ready.which];
            watches_[served_].engine_.hear(*waiting_[ready.which]);
        }
        auto const now = policies.world.now();
        if (until.passed(now)) {
            auto judged = judge_late(bounds, now);
            if (!judged) { return judged; }
        }
        if (!has_news && bounds.by.passed(now)) { return watches_.front().engine_.timed_out(); }
        return {};
    }

    //! Looks after the watches that should have heard something by now and have not, also while
    //! others never cease to have news.
    Result<void> judge_late(WatchBounds const& bounds, Clock::time_point now)
    {
        for (auto& watch : watches_) {
            auto& engine = watch.engine_;
            if (!engine.wakes(bounds).passed(now)) { continue; }
            auto exchanges = std::array<Exchange*, Engine::max_exchanges>{};
            auto const count = engine.exchanges(exchanges);
            if (count == 0) { continue; }
            auto const ready = client_->policies().transport.wait(
                std::span{exchanges.data(), count}, Deadline{now}, bounds.stop);
            if (ready.kind == Ready::Kind::exchange) { continue; }
            auto judged = engine.judge(bounds);
            if (!judged) { return judged; }
        }
        return {};
    }

    Client* client_;
    std::deque<Watch<Client>> watches_;
    std::vector<Exchange*> waiting_;
    std::vector<std::size_t> owners_;  //!< of each that is waited for
    std::size_t served_ = 0;           //!< the watch served last
};

}  // namespace etcdpp::v2
