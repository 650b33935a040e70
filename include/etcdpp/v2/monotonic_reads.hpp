// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Reads that never go back in time, whichever member answers.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/client_view.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/seen.hpp"
#include "etcdpp/v2/wire/reply.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

namespace etcdpp::v2 {

//! An operation on keys whose reply must be as new as all that was seen: an older one, also an
//! older "key not found", is Errc::stale (Condition::stale) and the member's fault, so the call
//! moves on. What replies show counts as seen, be they reads, writes or verdicts.
//!
//! The measure is X-Etcd-Index. A verdict without it, such as v2::Errc::unauthorized, does not
//! depend on what is stored, and passes; a plain read without it passes only while nothing was
//! seen. What went through raft, a write or a quorum read, is never refused: see Seen.
template <class Op>
class Monotonic {
    static_assert(std::same_as<typename Op::Reply, Response>,
        "only the replies to operations on keys tell an index: run any other as it is");

public:
    using Reply = Response;

    //! @pre `seen` outlives the operation
    Monotonic(Op op, Seen& seen) : op_{std::move(op)}, seen_{&seen}, before_{seen.index()} {}

    Result<http::Request> encode(auto const& codec) const { return request_of(op_, codec); }

    void apply(Defaults const& defaults)
        requires takes_defaults<Op>
    {
        op_.apply(defaults);
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        auto reply = op_.read(codec, response);
        if (!reply && reply.error().fault() != Fault::request) { return reply; }
        auto const index = wire::index_header(response);
        if (index == Index{} && (!reply || commits())) { return reply; }
        auto const cluster = wire::cluster_id(response);
        if (commits()) {
            seen_->accepts_the_present(index, cluster, before_);
        } else if (!seen_->accepts(index, cluster)) {
            return unexpected(stale(index, response.status));
        }
        return reply;
    }

    Idempotency idempotency() const noexcept { return op_.idempotency(); }
    bool commits() const noexcept { return op_.commits(); }

private:
    Error stale(Index index, int status) const
    {
        auto const number = [](Index each) {
            return std::to_string(static_cast<std::uint64_t>(each));
        };
        return Error{etcdpp::Errc::stale,
            {.effect = Effect::none,
                .fault = Fault::member,
                .status = status,
                .words = "it shows index " + number(index) + ", and " + number(seen_->index())
                    + " was seen before"}};
    }

    Op op_;
    Seen* seen_;
    Index before_;
};

//! A client of which every operation on keys is Monotonic; all others, and watches, are as before.
//! Whatever takes a client takes it: `Keys{monotonic}`. So no read shows less than an earlier read
//! or write through it did. Should every member that can be reached be older, the call ends as
//! calls do: its attempts name Errc::stale.
//!
//! Threads
//!   Those of the client.
template <class Client>
class MonotonicReads : public ClientView<Client> {
public:
    explicit MonotonicReads(Client& client) noexcept : ClientView<Client>{client} {}

    template <class Op>
    auto run(Op op, CallOptions const& options = {}) -> Result<typename Op::Reply>
    {
        if constexpr (std::same_as<typename Op::Reply, Response>) {
            return this->client().run(Monotonic{std::move(op), seen_}, options);
        } else {
            return this->client().run(std::move(op), options);
        }
    }

    Seen& seen() noexcept { return seen_; }

private:
    Seen seen_;
};

}  // namespace etcdpp::v2
