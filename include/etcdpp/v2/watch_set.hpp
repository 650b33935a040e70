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
#include <optional>
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
//! others waiting. Each costs a connection, and none a thread.
//!
//! While one watch connects, the others wait. That takes as long as the network does, and where a
//! member is out of reach, the client's `connect_timeout` or the watch's `liveness`, whichever is
//! shorter. Between two connections what the others have to say is heard, and those that have a
//! member go first, so no event waits longer than for one connection; for two, if it is time to ask
//! a member for its health. A member that could not be
//! connected to is left by all its watches, without a connection of each.
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
            if (auto failed = send_what_is_due(bounds)) { return *std::move(failed); }
            auto turned = turn(bounds);
            if (!turned) { return unexpected(std::move(turned).error()); }
        }
    }

private:
    using Engine = WatchEngine<Client>;
    using Exchange = typename Engine::Exchange;

    //! Sends what is due: of every watch that has a member, and of one that has to find one, which
    //! may take the time of a connection.
    std::optional<Result<Arrival>> send_what_is_due(WatchBounds const& bounds)
    {
        for (auto which = std::size_t{0}; which != watches_.size(); ++which) {
            auto& engine = watches_[which].engine_;
            if (!engine.is_connected() || !engine.is_due()) { continue; }
            if (auto failed = begin(which, bounds)) { return failed; }
        }
        for (auto k = std::size_t{0}; k != watches_.size(); ++k) {
            auto const which = (next_ + k) % watches_.size();
            auto& engine = watches_[which].engine_;
            if (engine.is_connected() || !engine.is_due()) { continue; }
            next_ = which + 1;
            return begin(which, bounds);
        }
        return std::nullopt;
    }

    std::optional<Result<Arrival>> begin(std::size_t which, WatchBounds const& bounds)
    {
        auto begun = watches_[which].engine_.begin(bounds);
        if (begun) { return std::nullopt; }
        if (begun.error().fault() == Fault::caller) { return unexpected(std::move(begun).error()); }
        return Arrival{which, unexpected(std::move(begun).error())};
    }

    //! Gathers what all watches wait for. The transport names the first that is ready, so the one
    //! served last comes last. @returns until when; that is now, while one has something to send
    Deadline gather(WatchBounds const& bounds)
    {
        waiting_.clear();
        owners_.clear();
        auto const now = Deadline{client_->policies().world.now()};
        auto until = bounds.by;
        for (auto k = std::size_t{1}; k <= watches_.size(); ++k) {
            auto const which = (served_ + k) % watches_.size();
            auto& engine = watches_[which].engine_;
            auto exchanges = std::array<Exchange*, Engine::max_exchanges>{};
            auto const count = engine.exchanges(exchanges);
            waiting_.insert(waiting_.end(), exchanges.data(), exchanges.data() + count);
            owners_.insert(owners_.end(), count, which);
            until = earlier(until, engine.is_due() ? now : engine.wakes(bounds));
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

    //! Looks after a watch that should have heard something by now and has not, also while others
    //! never cease to have news. One, for it may connect; the next comes with the next turn.
    Result<void> judge_late(WatchBounds const& bounds, Clock::time_point now)
    {
        for (auto k = std::size_t{1}; k <= watches_.size(); ++k) {
            auto const which = (judged_ + k) % watches_.size();
            auto& engine = watches_[which].engine_;
            if (!engine.wakes(bounds).passed(now)) { continue; }
            auto exchanges = std::array<Exchange*, Engine::max_exchanges>{};
            auto const count = engine.exchanges(exchanges);
            if (count == 0) { continue; }
            auto const ready = client_->policies().transport.wait(
                std::span{exchanges.data(), count}, Deadline{now}, bounds.stop);
            if (ready.kind == Ready::Kind::exchange) { continue; }
            judged_ = which;
            return engine.judge(bounds);
        }
        return {};
    }

    Client* client_;
    std::deque<Watch<Client>> watches_;
    std::vector<Exchange*> waiting_;
    std::vector<std::size_t> owners_;  //!< of each that is waited for
    std::size_t served_ = 0;           //!< the watch served last
    std::size_t next_ = 0;             //!< whose turn it is to look for a member
    std::size_t judged_ = 0;           //!< the one whose silence was judged last
};

}  // namespace etcdpp::v2
