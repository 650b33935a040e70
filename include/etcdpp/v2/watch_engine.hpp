// SPDX-License-Identifier: BSL-1.0
#pragma once

// long because: to be divided: one machine of connection, probe and resync

//! @file
//! A watch at work: what it waits for, when it wakes, and what it does then.

#include "etcdpp/call/vigil.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_bounds.hpp"
#include "etcdpp/v2/watch_cursor.hpp"
#include "etcdpp/v2/watch_listing.hpp"
#include "etcdpp/v2/watch_member.hpp"
#include "etcdpp/v2/watch_options.hpp"
#include "etcdpp/v2/wire/reply.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace etcdpp::v2 {

//! Never waits: its driver does, for one engine (Watch) or for many (WatchSet). The driver repeats
//! four steps: `settled`, `begin`, wait for `exchanges` until `wakes`, then `hear` what is ready
//! or, if nothing was, `judge`. So a driver that was away for long hears what came before silence
//! is judged.
//!
//! Silence of a poll says nothing about the member, so after each `liveness` of it the same poll is
//! opened beside the first. etcd sends the head of a reply at once, and with it the proof of life;
//! then the old one is closed. Whichever brings an event first, wins: the cursor tells equal ones.
template <class Client>
class WatchEngine {
    using Policies = decltype(std::declval<Client&>().policies());

public:
    using Transport = std::remove_reference_t<decltype(std::declval<Policies>().transport)>;

    static_assert(check_streaming_transport<Transport>());

    using Exchange = typename Transport::Exchange;

    //! The poll, its probe, and a question for the member's health.
    static constexpr auto max_exchanges = std::size_t{3};

    WatchEngine(Client& client, WatchScope scope, WatchOptions const& options, bool tells_all)
        : client_{&client}, member_{client, scope.key}, list_{scope}, poll_{scope},
          cursor_{std::move(scope), options.after_index, tells_all},
          liveness_{std::max<Clock::duration>(options.liveness, std::chrono::milliseconds{1})},
          list_request_{client.prepare(list_)}, poll_request_{client.prepare(poll_)}
    {
    }

    WatchScope const& scope() const noexcept { return cursor_.scope(); }

    bool has_event() const noexcept { return cursor_.has_event(); }

    //! What is there to be returned, if anything is: an event, or an error that is nobody's fault
    //! but the request's, such as Errc::unauthorized.
    std::optional<Result<Response>> settled()
    {
        if (cursor_.has_event()) { return cursor_.take(); }
        if (verdict_) {
            auto verdict = *std::exchange(verdict_, std::nullopt);
            return unexpected(std::move(verdict));
        }
        return std::nullopt;
    }

    //! Sends the next question, if none is under way and the watch does not rest; goes on to the
    //! next member while they fail. Connects, which may take `bounds.connect`. An error is the
    //! caller's.
    Result<void> begin(WatchBounds const& bounds)
    {
        if (!list_request_) { return unexpected(list_request_.error()); }
        while (!main_.exchange) {
            auto const now = world().now();
            if (now < member_.rests_until()) { break; }
            if (member_.choose(now)) { health_ = {}; }  // what was asked of another member
            lists_ = cursor_.asks() == WatchCursor::Ask::listing;
            if (!lists_) { poll_from(cursor_.wait_index(), *poll_request_); }
            auto begun = launch(main_, lists_ ? *list_request_ : *poll_request_, bounds);
            if (!begun) { return begun; }
        }
        return {};
    }

    //! What to wait for; `count` of them.
    std::size_t exchanges(std::array<Exchange*, max_exchanges>& into) noexcept
    {
        auto count = std::size_t{0};
        for (auto* const slot : {&main_, &probe_, &health_}) {
            if (slot->exchange) { into[count++] = &*slot->exchange; }
        }
        return count;
    }

    //! When to `judge`, if nothing is heard before.
    Deadline wakes(WatchBounds const& bounds) const noexcept
    {
        auto at = Deadline{member_.rests_until()};
        if (main_.exchange) {
            at = lists_           ? main_.silent_until(bounds.commit)
                : !main_.has_head ? main_.silent_until(answer(bounds))
                : probe_.exchange ? probe_.silent_until(answer(bounds))
                                  : next_probe_;
        }
        return health_.exchange ? earlier(at, health_.silent_until(liveness_)) : at;
    }

    //! One of the exchanges can advance.
    void hear(Exchange const& ready)
    {
        for (auto* const slot : {&main_, &probe_, &health_}) {
            if (slot->exchange && &*slot->exchange == &ready) { return hear(*slot); }
        }
    }

    //! Nothing could be heard up to now: looks whether something should have been. An error is the
    //! caller's.
    Result<void> judge(WatchBounds const& bounds)
    {
        auto const now = world().now();
        if (health_.exchange && health_.silent_until(liveness_).passed(now)) {
            client_->vigil().failed(member_.endpoint(), now);
            fail(silence("to a question for its health"), now);
            return {};
        }
        if (!main_.exchange || !wakes(bounds).passed(now)) { return {}; }
        if (lists_) {
            fail(silence("while a listing was awaited"), now);
        } else if (!main_.has_head || probe_.exchange) {
            fail(silence("to a watch, of which it should have sent the head at once"), now);
        } else {
            return prove_life(bounds, now);
        }
        return {};
    }

    //! The error of a caller whose time is up.
    Unexpected timed_out() const
    {
        auto words = std::string{"no event came in time"};
        if (auto const* const trouble = member_.trouble()) {
            words += "; the last member failed: " + trouble->code().message();
            if (!trouble->words().empty()) { words += ": " + trouble->words(); }
        }
        return callers(etcdpp::Errc::timed_out, std::move(words));
    }

    static Unexpected cancelled()
    {
        return callers(etcdpp::Errc::cancelled, "stopped while waiting for an event");
    }

private:
    struct Slot {
        std::optional<Exchange> exchange;
        Clock::time_point began{};
        Clock::time_point heard{};
        bool has_head = false;

        Deadline silent_until(Clock::duration patience) const noexcept
        {
            return Deadline::after(heard, patience);
        }
    };

    auto& world() const noexcept { return client_->policies().world; }

    Clock::duration answer(WatchBounds const& bounds) const noexcept
    {
        return std::min(bounds.answer, liveness_);
    }

    static Unexpected callers(etcdpp::Errc code, std::string words)
    {
        return unexpected(Error{make_error_code(code),
            {.effect = Effect::none, .fault = Fault::caller, .words = std::move(words)}});
    }

    static Error members(etcdpp::Errc code, std::string words)
    {
        return Error{make_error_code(code),
            {.effect = Effect::none, .fault = Fault::member, .words = std::move(words)}};
    }

    static Error silence(std::string const& when)
    {
        return members(etcdpp::Errc::timed_out, "the member was silent " + when);
    }

    Result<void> launch(Slot& slot, http::Request const& request, WatchBounds const& bounds)
    {
        auto const began = world().now();
        if (!dialling_since_) { dialling_since_ = began; }
        auto const connect = std::min(bounds.connect, liveness_);
        auto started = client_->policies().transport.start(member_.endpoint(), request,
            {.by = bounds.by, .connect = connect, .silence = answer(bounds), .stop = bounds.stop});
        if (started) {
            dialling_since_.reset();
            slot = Slot{.exchange = std::move(*started), .began = began, .heard = began};
            return {};
        }
        auto const now = world().now();
        auto const& error = started.error();
        if (error.fault() == Fault::caller) { return cancelled(); }
        if (error.fault() == Fault::request) { return unexpected(error); }
        auto const cut_off = error == make_error_code(etcdpp::Errc::timed_out)
            && bounds.by.passed(now) && now - *dialling_since_ < connect;
        if (cut_off) { return timed_out(); }
        fail(error, now);
        return {};
    }

    //! Opens the poll a second time, and asks for the member's health if no other watch of the
    //! client did so of late.
    Result<void> prove_life(WatchBounds const& bounds, Clock::time_point now)
    {
        member_.progressed();
        if (!member_.is_current()) {
            drop_all();
            member_.leave();
            return {};
        }
        auto& vigil = client_->vigil();
        if (vigil.has_failed_since(member_.endpoint(), member_.since())) {
            fail(members(etcdpp::Errc::unreachable, "the member is not healthy"), now);
            return {};
        }
        if (!health_.exchange && vigil.claim(member_.endpoint(), now, liveness_)) {
            auto asked = launch(health_, {.target = "/health?exclude=NOSPACE"}, bounds);
            if (!asked || !main_.exchange) { return asked; }
        }
        return launch(probe_, *poll_request_, bounds);
    }

    void hear(Slot& slot)
    {
        auto const now = world().now();
        for (;;) {
            auto const progress = slot.exchange->advance();
            if (!progress) { return lost(slot, progress.error(), now); }
            switch (*progress) {
            case Progress::more: return;
            case Progress::head:
                slot.has_head = true;
                slot.heard = now;
                if (&slot != &health_ && !lists_ && !take_head(slot, now)) { return; }
                break;
            case Progress::bytes: slot.heard = now; break;
            case Progress::end: return ended(slot, now);
            }
        }
    }

    //! The head of a poll. @returns whether to go on hearing that slot
    bool take_head(Slot& slot, Clock::time_point now)
    {
        auto const& response = slot.exchange->response();
        if (response.status != 200) { return true; }  // its body says why
        auto const cluster_id = response.headers.find("X-Etcd-Cluster-Id");
        if (!cluster_id) {
            fail(members(etcdpp::Errc::not_etcd, "the reply to a watch is none of etcd's"), now);
            return false;
        }
        member_.answered(now - slot.began, now);
        cursor_.head(*cluster_id, wire::index_header(response));
        if (cursor_.asks() == WatchCursor::Ask::listing) {
            drop_polls();
            member_.in_vain(now);
            return false;
        }
        next_probe_ = Deadline::after(now, liveness_);
        if (&slot != &probe_) { return true; }
        promote_probe();
        return false;
    }

    void ended(Slot& slot, Clock::time_point now)
    {
        if (&slot == &health_) { return take_health(now); }
        return lists_ ? take_listing(now) : take_event(slot, now);
    }

    void take_event(Slot& slot, Clock::time_point now)
    {
        auto const& response = slot.exchange->response();
        auto const is_empty = response.body.find_first_not_of(" \r\n") == std::string::npos;
        if (response.status == 200 && is_empty) {
            drop_polls();
            return member_.in_vain(now);
        }
        auto event = poll_.read(client_->policies().codec, response);
        drop_polls();
        if (event) {
            if (!cursor_.event(*std::move(event))) { return member_.in_vain(now); }
            member_.reached(cursor_.position());
            return member_.progressed();
        }
        if (event.error() == make_error_code(Errc::event_index_cleared)) {
            cursor_.cleared();
            return member_.in_vain(now);
        }
        refused(event.error(), now);
    }

    void take_listing(Clock::time_point now)
    {
        auto listing = list_.read(client_->policies().codec, main_.exchange->response());
        auto const latency = now - main_.began;
        main_ = {};
        if (!listing) { return refused(listing.error(), now); }
        member_.answered(latency, now);
        auto const outcome = cursor_.listing(*std::move(listing));
        member_.reached(cursor_.position());
        if (outcome == WatchCursor::Outcome::resynced) { member_.tell(WatchState::resynced); }
    }

    //! A server error is the member's word that it cannot read through raft. Anything else comes
    //! from what stands between and does not know `/health`.
    void take_health(Clock::time_point now)
    {
        auto const status = health_.exchange->response().status;
        health_ = {};
        if (status < 500) { return client_->vigil().answered(member_.endpoint()); }
        client_->vigil().failed(member_.endpoint(), now);
        fail(members(etcdpp::Errc::unreachable,
                 "the member is cut off from its cluster: HTTP " + std::to_string(status)
                     + " to a question for its health"),
            now);
    }

    void lost(Slot& slot, Error const& error, Clock::time_point now)
    {
        if (&slot == &main_ && probe_.exchange) { return promote_probe(); }
        if (&slot == &health_) { client_->vigil().failed(member_.endpoint(), now); }
        fail(error, now);
    }

    void refused(Error const& error, Clock::time_point now)
    {
        if (error.fault() == Fault::member) { return fail(error, now); }
        verdict_ = error;
        member_.rest(now);
    }

    void fail(Error error, Clock::time_point now)
    {
        drop_all();
        dialling_since_.reset();
        member_.failed(std::move(error), now);
    }

    void promote_probe()
    {
        main_ = std::move(probe_);
        probe_ = {};
    }

    void drop_polls() noexcept
    {
        main_ = {};
        probe_ = {};
    }

    void drop_all() noexcept
    {
        drop_polls();
        health_ = {};
    }

    Client* client_;
    WatchMember<Client> member_;
    List list_;
    Poll poll_;
    WatchCursor cursor_;
    Clock::duration liveness_;
    Result<http::Request> list_request_;
    Result<http::Request> poll_request_;
    Slot main_;   //!< the poll, or a listing
    Slot probe_;  //!< the same poll again, to see whether the member lives
    Slot health_;
    bool lists_ = false;
    Deadline next_probe_ = Deadline::never();
    std::optional<Clock::time_point> dialling_since_;
    std::optional<Error> verdict_;
};

}  // namespace etcdpp::v2
