// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A map of what stands below a directory, kept current: a listing, then a watch without a gap.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/removal.hpp"
#include "etcdpp/v2/watch.hpp"
#include "etcdpp/v2/watch_options.hpp"

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::v2 {

//! Made by `keys.follow(dir)`. The map holds each key that has a value, at any depth; directories
//! are not in it, nor are hidden keys. It never shows half a resync: each `next` leads from one
//! state of the directory to a later one. A TTL that is refreshed changes nothing in it, for etcd
//! sends no event of that.
//!
//! Threads, members and lifetime are those of a Watch.
template <class Client>
class Follow {
public:
    using Map = std::map<std::string, Node, std::less<>>;

    Follow(Client& client, std::string_view dir, Clock::duration liveness)
        : watch_{client, dir, {.recursive = true, .liveness = liveness},
              typename Watch<Client>::TellsAll{}}
    {
    }

    //! The first call lists the directory, and returns once the map shows it, with Action::get.
    //! Each further call waits for the next change; what it returns the map shows already.
    //! Timeouts, stops and errors are those of Watch::next.
    Result<Response> next(CallOptions const& call = {})
    {
        if (told_.empty()) {
            auto event = watch_.next(call);
            if (!event) { return event; }
            apply(*event);
            told_.push_back(*std::move(event));
            apply_what_came_with_it();
        }
        auto event = std::move(told_.front());
        told_.pop_front();
        return event;
    }

    //! What stands below the directory, by key; empty before the first `next`.
    Map const& map() const noexcept { return map_; }

    //! Canonical: with a leading slash.
    std::string const& dir() const noexcept { return watch_.key(); }

private:
    //! The events of a listing, or of a resync, are all there at once.
    void apply_what_came_with_it()
    {
        while (watch_.engine_.has_event()) {
            auto event = *watch_.engine_.settled();
            apply(*event);
            if (event->action == Action::get) { told_.clear(); }  // the listing, told as one
            told_.push_back(*std::move(event));
        }
    }

    void apply(Response const& event)
    {
        auto const& node = event.node;
        if (event.action == Action::get) { return; }
        if (is_removal(event)) { return remove(node.key); }
        if (node.dir) {
            map_.erase(node.key);
        } else {
            map_.insert_or_assign(node.key, node);
        }
    }

    void remove(std::string const& key)
    {
        if (key == "/" || is_below(dir(), key)) { return map_.clear(); }
        map_.erase(key);
        map_.erase(map_.lower_bound(key + '/'), map_.lower_bound(key + '0'));
    }

    Watch<Client> watch_;
    Map map_;
    std::deque<Response> told_;
};

template <class Client>
Follow<Client> Keys<Client>::follow(std::string const& dir, Clock::duration liveness) const
{
    return Follow<Client>{*client_, dir, liveness};
}

}  // namespace etcdpp::v2
