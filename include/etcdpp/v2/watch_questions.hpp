// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a watch asks of a member, encoded once.

#include "etcdpp/core/index.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_listing.hpp"
#include "etcdpp/v2/watch_scope.hpp"

#include <utility>

namespace etcdpp::v2 {

//! The requests of a watch, with the defaults and credentials of its client, and how their replies
//! are read.
class WatchQuestions {
public:
    template <class Client>
    WatchQuestions(Client const& client, WatchScope scope)
        : list_{scope}, poll_{std::move(scope)}, list_request_{client.prepare(list_)},
          poll_request_{client.prepare(poll_)}
    {
    }

    //! Fails if etcd could not name the key: then there is nothing to ask.
    Result<void> usable() const
    {
        if (!list_request_) { return unexpected(list_request_.error()); }
        return {};
    }

    //! @pre usable()
    http::Request const& listing() const noexcept { return *list_request_; }

    //! Valid until asked for another index. @pre usable()
    http::Request const& events_from(Index index)
    {
        poll_from(index, *poll_request_);
        return *poll_request_;
    }

    Result<Listing> read_listing(auto const& codec, http::Response const& response) const
    {
        return list_.read(codec, response);
    }

    Result<Response> read_event(auto const& codec, http::Response const& response) const
    {
        return poll_.read(codec, response);
    }

private:
    List list_;
    Poll poll_;
    Result<http::Request> list_request_;
    Result<http::Request> poll_request_;
};

}  // namespace etcdpp::v2
