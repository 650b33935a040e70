// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A watch at work: what it waits for, when it wakes, and what it does then.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/environment/event.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_bounds.hpp"
#include "etcdpp/v2/watch_course.hpp"
#include "etcdpp/v2/watch_dialler.hpp"
#include "etcdpp/v2/watch_error.hpp"
#include "etcdpp/v2/watch_lines.hpp"
#include "etcdpp/v2/watch_options.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace etcdpp::v2 {

//! Never waits: its driver does, for one engine (Watch) or for many (WatchSet). The driver repeats
//! four steps: `settled`, `begin` if it `is_due`, wait for `exchanges` until `wakes`, then `hear`
//! what is ready or, if nothing was, `judge`. So a driver that was away for long hears what came
//! before silence is judged.
//!
//! Joins two parts that know nothing of each other: the course, which is what the watch knows, and
//! the lines, which are what it has under way. Whatever goes wrong, the lines are dropped and the
//! member is left; the course stays.
template <class Client>
class WatchEngine {
    using Policies = decltype(std::declval<Client&>().policies());

public:
    using Transport = std::remove_reference_t<decltype(std::declval<Policies>().transport)>;

    static_assert(check_streaming_transport<Transport>());

    using Exchange = typename Transport::Exchange;

    static constexpr auto max_exchanges = WatchLines<Exchange>::max_exchanges;

    WatchEngine(Client& client, WatchScope scope, WatchOptions const& options, bool tells_all)
        : client_{&client},
          liveness_{std::max<Clock::duration>(options.liveness, std::chrono::milliseconds{1})},
          course_{client, std::move(scope), options, tells_all}, lines_{client.vigil(), liveness_}
    {
    }

    WatchScope const& scope() const noexcept { return course_.scope(); }

    bool has_event() const noexcept { return course_.has_event(); }

    //! What is there to be returned, if anything is: an event, or an error that is nobody's fault
    //! but the request's, such as Errc::unauthorized.
    std::optional<Result<Response>> settled() { return course_.settled(); }

    //! Whether there is something to be sent: a question was redirected, or none is under way and
    //! the watch does not rest.
    bool is_due() noexcept
    {
        return lines_.redirected() != nullptr
            || (!lines_.is_asking() && rest().passed(world().now()));
    }

    //! Whether the member in use has answered.
    bool is_connected() const noexcept { return course_.member().is_connected(); }

    //! Sends one question: on to where it was redirected, else the next, to the member in use or,
    //! if there is none, to another. Connects, which may take `bounds.connect`; it is due again at
    //! once if that fails. An error is the caller's.
    Result<void> begin(WatchBounds const& bounds)
    {
        if (auto usable = course_.usable(); !usable) { return usable; }
        if (auto* const line = lines_.redirected()) {
            auto const hop = *line->hop();
            auto question = question_of(*line);
            question.target = hop.target;
            world().notify(Redirected{line->at(), hop.to, RequestToPrint{question}});
            return send(*line, hop.to, question, bounds);
        }
        if (member().choose(world().now())) { lines_.health.asked.drop(); }
        return ask(
            course_.lists() ? lines_.listing : lines_.polls.poll, course_.question(), bounds);
    }

    //! What to wait for; so many of them.
    std::size_t exchanges(std::array<Exchange*, max_exchanges>& into) noexcept
    {
        return lines_.exchanges(into);
    }

    //! When to `judge`, if nothing is heard before.
    Deadline wakes(WatchBounds const& bounds) const noexcept
    {
        auto const at = lines_.wakes(patience(bounds));
        return lines_.is_asking() ? at : earlier(at, rest());
    }

    //! One of the exchanges can advance.
    void hear(Exchange const& ready)
    {
        if (auto* const line = lines_.find(ready)) { hear(*line); }
    }

    //! Nothing could be heard up to now: looks whether something should have been. An error is the
    //! caller's.
    Result<void> judge(WatchBounds const& bounds)
    {
        auto const now = world().now();
        if (auto const spoke = lines_.spoke_in_time(patience(bounds), now); !spoke) {
            if (lines_.health.due().passed(now)) { lines_.health.failed(member().endpoint(), now); }
            fail(spoke.error(), now);
            return {};
        }
        return lines_.polls.is_probe_due(now) ? prove_life(bounds, now) : Result<void>{};
    }

    //! The error of a caller whose time is up.
    Unexpected timed_out() const
    {
        return unexpected(no_event_in_time(course_.member().trouble()));
    }

private:
    using Line = WatchExchange<Exchange>;

    auto& world() const noexcept { return client_->policies().world; }

    WatchMember<Client>& member() noexcept { return course_.member(); }

    Deadline rest() const noexcept { return Deadline{course_.member().rests_until()}; }

    WatchPatience patience(WatchBounds const& bounds) const noexcept
    {
        return {.commit = bounds.commit,
            .answer = std::min(bounds.answer, liveness_),
            .listing = bounds.listing,
            .event = bounds.event};
    }

    http::Request const& question_of(Line const& line)
    {
        return &line == &lines_.health.asked ? lines_.health.question() : course_.question();
    }

    //! Asks the member in use.
    Result<void> ask(Line& line, http::Request const& question, WatchBounds const& bounds)
    {
        auto const& to = member().endpoint();
        world().notify(WatchAsked{scope().key, to, RequestToPrint{question}});
        return send(line, to, question, bounds);
    }

    Result<void> send(
        Line& line, Endpoint const& to, http::Request const& question, WatchBounds const& bounds)
    {
        auto const policies = client_->policies();
        auto const began = policies.world.now();
        auto started = dialler_.start(policies.transport, policies.world, to, question,
            {.by = bounds.by,
                .connect = std::min(bounds.connect, liveness_),
                .silence = patience(bounds).answer,
                .stop = bounds.stop});
        if (started) {
            line.begin(*std::move(started), to, began);
            return {};
        }
        auto const& error = started.error();
        switch (error.fault()) {
        case Fault::caller:
            if (error == make_error_code(etcdpp::Errc::timed_out)) { return timed_out(); }
            return unexpected(watch_cancelled());
        case Fault::request: return unexpected(error);
        case Fault::member: unreachable(line, error, world().now()); break;
        }
        return {};
    }

    //! Opens the poll a second time, and asks for the member's health if no other watch of the
    //! client did so of late.
    Result<void> prove_life(WatchBounds const& bounds, Clock::time_point now)
    {
        member().progressed();
        if (!member().is_current()) {
            lines_.drop();
            member().leave();
            return {};
        }
        auto& health = lines_.health;
        if (auto const known = health.known(member().endpoint(), member().since()); !known) {
            fail(known.error(), now);
            return {};
        }
        if (health.shall_ask(member().endpoint(), now)) {
            auto asked = ask(health.asked, health.question(), bounds);
            if (!asked || !lines_.is_asking()) { return asked; }
        }
        return ask(lines_.polls.probe, course_.question(), bounds);
    }

    void hear(Line& line)
    {
        auto const now = world().now();
        auto progress = line.hear(question_of(line), now);
        if (progress && *progress == Progress::head) {
            if (lines_.polls.has(line) && !hear_head(line, now)) { return; }
            progress = line.hear(question_of(line), now);
        }
        if (!progress) { return lost(line, progress.error(), now); }
        if (*progress == Progress::end) { hear_end(line, now); }
    }

    //! @returns whether to go on hearing that line
    bool hear_head(Line& line, Clock::time_point now)
    {
        auto const taken = course_.head(line.response(), line.age(now), now);
        if (!taken) {
            fail(taken.error(), now);
            return false;
        }
        if (course_.lists()) {
            lines_.polls.drop();
            return false;
        }
        return line.response().status != 200 || lines_.polls.hear_head(line, now, liveness_);
    }

    void hear_end(Line& line, Clock::time_point now)
    {
        auto taken = Result<void>{};
        if (&line == &lines_.listing) {
            taken = course_.listing(line.response(), line.age(now), now);
            line.drop();
        } else if (lines_.polls.has(line)) {
            taken = course_.event(line.response(), now);
            lines_.polls.drop();
        } else {
            taken = lines_.health.answered(member().endpoint(), now);
        }
        if (!taken) { fail(taken.error(), now); }
    }

    void lost(Line const& line, Error const& error, Clock::time_point now)
    {
        if (lines_.polls.can_lose(line)) { return; }
        auto const of_health = &line == &lines_.health.asked;
        if (of_health && lines_.health.lost(member().endpoint(), error, now)) { return; }
        fail(error, now);
    }

    //! No connection. The other watches of the client at that member need not find out by
    //! themselves, which takes the time of a connection each.
    void unreachable(Line const& line, Error const& error, Clock::time_point now)
    {
        if (line.hop() == nullptr) { lines_.health.failed(member().endpoint(), now); }
        lost(line, error, now);
    }

    void fail(Error error, Clock::time_point now)
    {
        lines_.drop();
        dialler_.forget();
        member().failed(std::move(error), now);
    }

    Client* client_;
    Clock::duration liveness_;
    WatchCourse<Client> course_;
    WatchLines<Exchange> lines_;
    WatchDialler dialler_;
};

}  // namespace etcdpp::v2
