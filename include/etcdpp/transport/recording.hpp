// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A transport with a transcript: passes each request on and keeps it with its reply.

#include "etcdpp/transport/concept.hpp"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace etcdpp {

//! A copy shares the transcript: keep one, give the other to the client. The transcript holds
//! values and, where the client has credentials, the Authorization header: it is for tests.
template <transport Wrapped>
class Recording {
public:
    using Inner = Wrapped;  //!< in whose world this transport lives

    struct Entry {
        Endpoint endpoint;
        http::Request request;
        Result<http::Response> reply;
    };

    explicit Recording(Inner inner = {}) : shared_{std::make_shared<Shared>(std::move(inner))} {}

    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits)
    {
        auto reply = shared_->inner.send(to, request, limits);
        auto const lock = std::lock_guard{shared_->mutex};
        shared_->entries.push_back({to, request, reply});
        return reply;
    }

    //! The wrapped transport's environment, if it has one to give.
    auto environment() const
        requires requires(Inner const& inner) { inner.environment(); }
    {
        return shared_->inner.environment();
    }

    //! What was asked and answered so far, in the order of the answers.
    std::vector<Entry> transcript() const
    {
        auto const lock = std::lock_guard{shared_->mutex};
        return shared_->entries;
    }

private:
    struct Shared {
        explicit Shared(Inner to_wrap) : inner{std::move(to_wrap)} {}

        Inner inner;
        std::mutex mutex;
        std::vector<Entry> entries;
    };

    std::shared_ptr<Shared> shared_;
};

}  // namespace etcdpp
