// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A transport that loses the reply to a write which was carried out.

#include "etcdpp/transport/concept.hpp"

#include <atomic>
#include <memory>
#include <utility>

namespace etcdpp::tests {

//! Copies share everything. What is no write passes. Writes for one thread at a time.
template <transport Wrapped>
class LosingTransport {
public:
    using Inner = Wrapped;

    explicit LosingTransport(Inner inner = {}) : shared_{std::make_shared<Shared>(std::move(inner))}
    {
    }

    //! Loses the replies to the next so many writes.
    void lose(int replies) { shared_->to_lose = replies; }

    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits)
    {
        auto reply = shared_->inner.send(to, request, limits);
        if (request.method == http::Method::get || shared_->to_lose == 0) { return reply; }
        --shared_->to_lose;
        return unexpected(Error{
            Errc::unreachable, {.effect = Effect::unknown, .words = "the connection was lost"}});
    }

private:
    struct Shared {
        explicit Shared(Inner to_wrap) : inner{std::move(to_wrap)} {}

        Inner inner;
        std::atomic<int> to_lose = 0;
    };

    std::shared_ptr<Shared> shared_;
};

}  // namespace etcdpp::tests
