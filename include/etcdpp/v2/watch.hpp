// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A watch: the changes of a key or a directory, one after another, whatever the members do.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/removal.hpp"
#include "etcdpp/v2/watch_bounds.hpp"
#include "etcdpp/v2/watch_engine.hpp"
#include "etcdpp/v2/watch_error.hpp"
#include "etcdpp/v2/watch_options.hpp"

#include <array>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::v2 {

//! Made by `keys.watch(...)`. Does nothing between two calls of `next`: it has no thread, and what
//! happens meanwhile is delivered by the next call.
//!
//! Promises
//!   Each event is delivered once and in order, or covered by a resync: when etcd no longer keeps
//!   the events asked for (it keeps 1000, of all keys together), when the cluster was replaced or
//!   was restored from a backup. Then what changed is delivered as events marked Action::resync,
//!   removals first. Who applies all events always ends with the true state; `is_removal` tells
//!   how. A watch that resumes behind some event of the past which etcd does not keep cannot know
//!   what its consumer holds: then the watched key is removed first, with everything below it.
//! Members
//!   One that fails, falls silent or loses its leader is left for another, for as long as it takes:
//!   that is no error of `next`. An observer hears it as WatchChanged.
//! Threads
//!   A watch belongs to one thread at a time; its client serves many watches. It points to its
//!   client, which must outlive it. Movable.
template <class Client>
class Watch {
public:
    class Iterator;

    Watch(Client& client, std::string_view key, WatchOptions const& options = {})
        : client_{&client}, engine_{client, {canonical_key(key), options.recursive}, options, false}
    {
    }

    //! Canonical: with a leading slash.
    std::string const& key() const noexcept { return engine_.scope().key; }

    //! Waits for the next event, for ever if `call.timeout` is empty. After Errc::timed_out and
    //! Errc::cancelled (within 50 ms of a stop) the watch goes on where it was. The other errors
    //! are verdicts on the request, such as v2::Errc::unauthorized, Errc::v2_disabled and
    //! Errc::invalid_argument; after them, too, it may be called again.
    //!
    //! `event.index` is the index to resume after: `WatchOptions{.after_index = event.index}`.
    Result<Response> next(CallOptions const& call = {})
    {
        auto const bounds = bounds_of(*client_, call);
        for (;;) {
            if (auto settled = engine_.settled()) { return *std::move(settled); }
            if (bounds.stop.stop_requested()) { return unexpected(watch_cancelled()); }
            auto done = engine_.is_due() ? engine_.begin(bounds) : turn(bounds);
            if (!done) { return unexpected(std::move(done).error()); }
        }
    }

    //! `for (auto const& event : watch)` takes a Result<Response> with each `next()`, and ends
    //! behind the first error. The watch can be used again then.
    Iterator begin() { return Iterator{*this, {}}; }

    static std::default_sentinel_t end() noexcept { return {}; }

private:
    template <class>
    friend class WatchSet;
    template <class>
    friend class Follow;

    using Engine = WatchEngine<Client>;
    using Exchange = typename Engine::Exchange;

    struct TellsAll {};

    Watch(Client& client, std::string_view key, WatchOptions const& options, TellsAll)
        : client_{&client}, engine_{client, {canonical_key(key), options.recursive}, options, true}
    {
    }

    //! Waits once, and does what follows from it.
    Result<void> turn(WatchBounds const& bounds)
    {
        auto const policies = client_->policies();
        auto waiting = std::array<Exchange*, Engine::max_exchanges>{};
        auto const count = engine_.exchanges(waiting);
        auto const until = earlier(bounds.by, engine_.wakes(bounds));
        auto ready = Ready{};
        if (count == 0) {
            policies.world.sleep_for(until.remaining(policies.world.now()), bounds.stop);
        } else {
            ready = policies.transport.wait(std::span{waiting.data(), count}, until, bounds.stop);
        }
        switch (ready.kind) {
        case Ready::Kind::stopped: return unexpected(watch_cancelled());
        case Ready::Kind::exchange: engine_.hear(*waiting[ready.which]); return {};
        case Ready::Kind::timed_out: break;
        }
        auto judged = engine_.judge(bounds);
        if (judged && bounds.by.passed(policies.world.now())) { return engine_.timed_out(); }
        return judged;
    }

    Client* client_;
    Engine engine_;
};

//! Goes through the events of a watch once; what it points at is valid until it moves on.
template <class Client>
class Watch<Client>::Iterator {
public:
    using value_type = Result<Response>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    Iterator(Watch& watch, CallOptions call)
        : watch_{&watch}, call_{std::move(call)}, current_{watch_->next(call_)}
    {
    }

    value_type const& operator*() const noexcept { return *current_; }
    value_type const* operator->() const noexcept { return &*current_; }

    Iterator& operator++()
    {
        if (*current_) {
            current_ = watch_->next(call_);
        } else {
            current_.reset();
        }
        return *this;
    }

    void operator++(int) { ++*this; }

    friend bool operator==(Iterator const& iterator, std::default_sentinel_t) noexcept
    {
        return !iterator.current_;
    }

private:
    Watch* watch_;
    CallOptions call_;
    std::optional<value_type> current_;
};

template <class Client>
Watch<Client> Keys<Client>::watch(std::string const& key, WatchOptions const& options) const
{
    return Watch<Client>{*client_, key, options};
}

}  // namespace etcdpp::v2
