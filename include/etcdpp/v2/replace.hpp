// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A new value made from the old one: read, then compare-and-swap on its index, until it holds.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/fate.hpp"
#include "etcdpp/v2/first_event.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/watch_pause.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <utility>

namespace etcdpp::v2 {

//! Makes the new value from the node that stands there, or nothing to leave it as it is. It may be
//! asked several times, whenever another was faster.
template <class T>
concept makes_values = requires(T& change, Node const& now) {
    { change(now) } -> std::convertible_to<std::optional<std::string>>;
};

namespace detail {

//! A client whose user vouches that nobody else writes the same values, as a Resolver's does.
template <class Client>
concept writes_unique_values = requires { requires Client::values_are_unique; };

//! One swap, by as many copies as it takes: since all compare with the same index, at most one is
//! ever carried out, be it late. So it can be sent again, which a client does with no other swap.
template <class Client>
class SurelyOnce {
public:
    SurelyOnce(Client& client, CompareAndSwap op, Deadline by, CallOptions const& call)
        : client_{client}, op_{std::move(op)}, by_{by}, call_{call}
    {
    }

    //! Errc::test_failed and Errc::key_not_found, Effect::none: it was not carried out, and no copy
    //! ever will be. After Effect::unknown one may be.
    Result<Response> run()
    {
        auto sent = send();
        for (auto pause = WatchPause{}; is_open(sent);) {
            auto const policies = client_.policies();
            policies.world.sleep_for(pause.next(policies.world.entropy()), call_.stop);
            auto again = send();
            if (again || again.error().effect() == Effect::applied) { return again; }
            if (was_beaten(again.error())) { return judged(sent.error()); }
            if (!is_open(again)) { return unexpected(unknown(again.error(), again.error())); }
            sent = std::move(again);
        }
        return sent;
    }

    static bool was_beaten(Error const& error) noexcept
    {
        return error.effect() == Effect::none
            && (error == make_error_code(Errc::test_failed)
                || error == make_error_code(Errc::key_not_found));
    }

private:
    Result<Response> send() { return client_.run(op_, until(client_, by_, call_)); }

    static bool is_open(Result<Response> const& sent) noexcept
    {
        return !sent && sent.error().effect() == Effect::unknown;
    }

    //! Some write came first; it may be a copy of ours, of which nobody heard.
    Result<Response> judged(Error const& lost)
    {
        auto event = first_event(client_, op_.key, *op_.compare.prev_index, by_, call_);
        if (!event) { return unexpected(unknown(lost, event.error())); }
        auto found = fate_by(op_, *std::move(event), {});
        if (found.fate == Fate::never) { return unexpected(beaten()); }
        if constexpr (writes_unique_values<Client>) { return std::move(found.reply); }
        return unexpected(unknown(lost,
            Error{lost.code(),
                {.words =
                        "this value was written, by this call or by another that made the same"}}));
    }

    static Error beaten()
    {
        return Error{Errc::test_failed,
            {.effect = Effect::none, .fault = Fault::request, .words = "another write came first"}};
    }

    //! What happened is `of`; that a copy was sent of which nobody heard stays true.
    static Error unknown(Error const& of, Error const& why)
    {
        return Error{of.code(),
            {.effect = Effect::unknown,
                .fault = of.fault(),
                .status = of.status(),
                .words = "a swap was sent of which nobody heard: " + why.words(),
                .attempts = of.attempts()}};
    }

    Client& client_;
    CompareAndSwap op_;
    Deadline by_;
    CallOptions const& call_;
};

}  // namespace detail

//! Reads `key` with quorum, has `change` make a new value of it, and writes that if the node is
//! still the same; else from the beginning, until it holds or the call's time is over. No change of
//! another is lost, and none is made twice: a copy that comes late finds its index gone.
//!
//! Fails with Errc::key_not_found and Errc::not_file where no value stands there, Effect::none.
//! Effect::unknown: the last value made may be written, or may be yet. In particular where the
//! reply to it was lost and that very value came first: another call may have made the same, as
//! two counters do. Through a Resolver it is taken for ours.
//!
//! As after every swap the TTL is gone unless `options` give it again. If `change` returns nothing,
//! nothing is written and the reply is what was read.
template <class Client, makes_values Change>
Result<Response> replace(Client& client, std::string const& key, Change&& change,
    SetOptions const& options = {}, CallOptions const& call = {})
{
    auto const by = client.terms(CompareAndSwap{}, call).by;
    for (;;) {
        auto now = client.run(Get{key, {.quorum = true}}, until(client, by, call));
        if (!now) { return now; }
        if (now->node.dir) {
            return unexpected(Error{Errc::not_file,
                {.effect = Effect::none,
                    .fault = Fault::request,
                    .words = "a directory has no value to replace: " + now->node.key}});
        }
        auto value = std::optional<std::string>{change(std::as_const(now->node))};
        if (!value) { return now; }
        auto once = detail::SurelyOnce{client,
            CompareAndSwap{
                key, *std::move(value), {.prev_index = now->node.modified_index}, options},
            by, call};
        auto swapped = once.run();
        if (swapped || !once.was_beaten(swapped.error())) { return swapped; }
    }
}

template <class Client>
template <class Change>
Result<Response> Keys<Client>::replace(std::string const& key, Change&& change,
    SetOptions const& options, CallOptions const& call) const
{
    return v2::replace(*client_, key, std::forward<Change>(change), options, call);
}

}  // namespace etcdpp::v2
