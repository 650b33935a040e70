// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The member that serves a watch: chosen by the client's selector, kept while it works.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/index.hpp"
#include "etcdpp/environment/event.hpp"
#include "etcdpp/selector/concept.hpp"
#include "etcdpp/v2/watch_pause.hpp"

#include <optional>
#include <string>
#include <utility>

namespace etcdpp::v2 {

//! Goes to each untried member at once, and rests when it has tried them all. Tells the selector
//! and the observer what happens.
template <class Client>
class WatchMember {
public:
    WatchMember(Client& client, std::string key)
        : client_{&client}, key_{std::move(key)}, endpoints_{client.endpoints()}
    {
    }

    //! @pre choose() was called, and neither failed() nor leave() since
    Endpoint const& endpoint() const noexcept { return *current_; }

    //! Whether there is a member in use, and it has answered.
    bool is_connected() const noexcept { return current_ && is_connected_; }

    //! When this member was chosen.
    Clock::time_point since() const noexcept { return since_; }

    //! The watch asks nobody before this.
    Clock::time_point rests_until() const noexcept { return rests_until_; }

    //! Why the last member was left; null while one works.
    Error const* trouble() const noexcept { return trouble_ ? &*trouble_ : nullptr; }

    //! Stays with the member in use, if there is one and the client still knows it.
    //! @returns whether it is another now
    bool choose(Clock::time_point now)
    {
        if (is_current()) { return false; }
        if (current_) { leave(); }
        auto const policies = client_->policies();
        auto const pick = Pick{
            endpoints_, tried_, Idempotency::read, now, policies.world.entropy()};
        current_ = endpoints_[policies.selector.pick(pick) % endpoints_.size()];
        since_ = now;
        is_connected_ = false;
        if (left_ && *left_ != *current_) { tell(WatchState::moved); }
        return true;
    }

    //! Whether there is a member in use that is still among the client's endpoints.
    bool is_current()
    {
        if (auto endpoints = client_->endpoints(); endpoints != endpoints_) {
            endpoints_ = std::move(endpoints);
            tried_.reset();
        }
        return current_ && endpoints_.position_of(*current_);
    }

    //! Not the member's fault.
    void leave() { left_ = std::exchange(current_, std::nullopt); }

    void answered(Clock::duration latency, Clock::time_point now)
    {
        client_->policies().selector.report({*current_, Outcome::answered, latency, now});
        trouble_.reset();
        if (!std::exchange(is_connected_, true)) { tell(WatchState::connected); }
    }

    void failed(Error error, Clock::time_point now)
    {
        auto const policies = client_->policies();
        policies.selector.report({*current_, Outcome::failed, now - since_, now});
        policies.world.notify(WatchChanged{key_, WatchState::stalled, *current_, reached_, &error});
        if (auto const position = endpoints_.position_of(*current_)) { tried_.set(*position); }
        trouble_ = std::move(error);
        leave();
        if (tried_.count() >= endpoints_.size()) {
            tried_.reset();
            rest(now);
        }
    }

    //! Something came of it: the next failure is the first again.
    void progressed() noexcept
    {
        tried_.reset();
        pause_.reset();
        vain_ = 0;
    }

    //! An answer that led nowhere. Asked again at once, but not for ever.
    void in_vain(Clock::time_point now)
    {
        if (vain_++ > 0) { rest(now); }
    }

    void rest(Clock::time_point now)
    {
        rests_until_ = now + pause_.next(client_->policies().world.entropy());
    }

    //! How far the watch has come, for the observer.
    void reached(Index index) noexcept { reached_ = index; }

    void tell(WatchState state)
    {
        client_->policies().world.notify(WatchChanged{key_, state, *current_, reached_});
    }

private:
    Client* client_;
    std::string key_;
    Endpoints endpoints_;
    Tried tried_;
    std::optional<Endpoint> current_;
    std::optional<Endpoint> left_;
    std::optional<Error> trouble_;
    Index reached_{};
    Clock::time_point since_{};
    Clock::time_point rests_until_{};
    WatchPause pause_;
    unsigned vain_ = 0;
    bool is_connected_ = false;
};

}  // namespace etcdpp::v2
