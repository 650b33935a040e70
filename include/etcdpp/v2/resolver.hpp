// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Finds out what became of a write whose reply was lost, and says so only where it can be proven.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/client_view.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/fate.hpp"
#include "etcdpp/v2/first_event.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/watch_listing.hpp"

#include <concepts>
#include <sstream>
#include <string>
#include <utility>

namespace etcdpp::v2 {

//! A client whose create, compare-and-swap and create-in-order read back what became of them when
//! their effect is not known, within the time that is left of the call: `Keys{resolver}`. All else
//! is as before.
//!
//! Who uses it vouches that the values of these three are unique: that nobody else writes the same
//! to the same key, or into the same directory. A value that names its writer is. Then a write that
//! was carried out is a success, with what etcd would have answered; one that was not and never
//! will be is Errc::test_failed, Effect::none; and of all others the error stays what it was,
//! Effect::unknown, and says what was found.
//!
//! Over a MonotonicReads, not under it: that would hide from it what it is to run.
//!
//! Threads
//!   Those of the client.
template <class Client>
class Resolver : public ClientView<Client> {
public:
    //! Its user vouches for them.
    static constexpr bool values_are_unique = true;

    explicit Resolver(Client& client) noexcept : ClientView<Client>{client} {}

    template <class Op>
    auto run(Op op, CallOptions const& call = {}) -> Result<typename Op::Reply>
    {
        if constexpr (resolvable<Op>) {
            auto const by = this->terms(op, call).by;
            auto written = this->client().run(op, call);
            if (written || written.error().effect() == Effect::none) { return written; }
            auto found = resolve(op, {}, call, by);
            return found ? settled(written.error(), *std::move(found)) : written;
        } else {
            return this->client().run(std::move(op), call);
        }
    }

    //! Reads what became of a write of which no more than an unknown effect was heard; may be asked
    //! again later. `before` is an X-Etcd-Index that was seen before the write was sent, of the
    //! same history, such as `Response::index`; it proves more cases of Fate::not_so_far, and
    //! nothing else. An error is that of the reading.
    template <resolvable Op>
    Result<Resolution> resolve(Op const& op, Index before = {}, CallOptions const& call = {})
    {
        return resolve(op, before, call, this->terms(op, call).by);
    }

private:
    template <resolvable Op>
    Result<Resolution> resolve(Op const& op, Index before, CallOptions const& call, Deadline by)
    {
        auto const read = this->client().run(
            List{.scope = {.key = scope_of(op)}}, until(this->client(), by, call));
        if (!read) { return unexpected(read.error()); }
        if constexpr (std::same_as<Op, CompareAndSwap>) {
            if (an_event_decides(op, *read)) {
                auto event = first_event(this->client(), op.key, *op.compare.prev_index, by, call);
                if (event) { return fate_by(op, *std::move(event), read->index); }
                if (!tells_nothing(event.error())) { return unexpected(event.error()); }
            }
        }
        return fate_of(op, *read, before);
    }

    static Result<Response> settled(Error const& error, Resolution resolution)
    {
        switch (resolution.fate) {
        case Fate::carried_out: return std::move(resolution.reply);
        case Fate::never:
            return unexpected(Error{Errc::test_failed,
                {.effect = Effect::none,
                    .fault = Fault::request,
                    .words = "another write came first: the reply was lost (" + error.words()
                        + "), but the history tells",
                    .attempts = error.attempts()}});
        case Fate::not_so_far:
        case Fate::unknown: break;
        }
        auto words = std::ostringstream{};
        words << error.words() << "; read back at index " << resolution.index
              << ", its fate is: " << resolution.fate;
        return unexpected(Error{error.code(),
            {.effect = error.effect(),
                .fault = error.fault(),
                .status = error.status(),
                .words = words.str(),
                .attempts = error.attempts()}});
    }

    static std::string scope_of(CreateInOrder const& op) { return canonical_key(op.dir); }
    static std::string scope_of(auto const& op) { return canonical_key(op.key); }
};

}  // namespace etcdpp::v2
