// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The first change of a key behind an index, from etcd's history.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_listing.hpp"
#include "etcdpp/v2/watch_scope.hpp"

#include <string_view>
#include <utility>

namespace etcdpp::v2 {

//! `call`, cut to what is left of it.
template <class Client>
CallOptions until(Client& client, Deadline by, CallOptions call)
{
    call.timeout = by.remaining(client.policies().world.now());
    return call;
}

//! @pre the key has been changed since `behind`
//!
//! It is answered at once, but where the node was only refreshed: no event tells of that, so one
//! silence is the most that is waited. Passes over what etcd tells too much: see WatchScope.
template <class Client>
Result<Response> first_event(
    Client& client, std::string_view key, Index behind, Deadline by, CallOptions const& call)
{
    auto const silence = client.terms(Poll{}, call).silence;
    auto const patience = earlier(by, Deadline::after(client.policies().world.now(), silence));
    auto const scope = WatchScope{canonical_key(key)};
    for (auto from = next(behind);;) {
        auto event = client.run(Poll{scope, from}, until(client, patience, call));
        if (!event || scope.concerns(*event)) { return event; }
        from = next(event->node.modified_index);
    }
}

//! Whether it failed because no event is kept, or none was made.
inline bool tells_nothing(Error const& error) noexcept
{
    return error == make_error_code(Errc::event_index_cleared)
        || error == make_error_code(etcdpp::Errc::timed_out);
}

}  // namespace etcdpp::v2
