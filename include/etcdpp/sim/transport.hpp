// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The transport of a simulated cluster: requests that go nowhere, and take virtual time.

#include "etcdpp/sim/conversation.hpp"
#include "etcdpp/sim/environment.hpp"
#include "etcdpp/sim/world.hpp"
#include "etcdpp/transport/concept.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>

namespace etcdpp::sim {

//! A reply under way. Dropped before its end, it is closed on the member, too.
class Exchange {
public:
    Exchange(std::shared_ptr<World> world, Talk talk)
        : world_{std::move(world)}, talk_{std::move(talk)}
    {
    }

    Exchange(Exchange&&) noexcept = default;

    Exchange& operator=(Exchange&& other) noexcept
    {
        std::swap(world_, other.world_);
        std::swap(talk_, other.talk_);
        std::swap(response_, other.response_);
        std::swap(loss_, other.loss_);
        std::swap(has_ended_, other.has_ended_);
        return *this;
    }

    ~Exchange()
    {
        if (!talk_) { return; }
        auto const turn = world_->turn();
        world_->close(talk_);
    }

    Result<Progress> advance()
    {
        auto const turn = world_->turn();
        return take();
    }

    http::Response const& response() const noexcept { return response_; }

private:
    friend class Transport;

    //! @pre the caller has the turn
    Result<Progress> take();

    bool can_advance() const { return !is_over() && !talk_->arrived.empty(); }
    bool is_over() const noexcept { return has_ended_ || loss_; }

    std::shared_ptr<World> world_;
    Talk talk_;
    http::Response response_ = {};
    std::optional<Error> loss_ = {};
    bool has_ended_ = false;
};

inline Result<Progress> Exchange::take()
{
    if (loss_) { return unexpected(*loss_); }
    if (has_ended_) { return Progress::end; }
    if (talk_->arrived.empty()) { return Progress::more; }
    auto piece = std::move(talk_->arrived.front());
    talk_->arrived.pop_front();
    if (piece.loss) {
        loss_ = std::move(piece.loss);
        return unexpected(*loss_);
    }
    switch (piece.progress) {
    case Progress::head: response_ = std::move(piece.part); break;
    case Progress::bytes: response_.body += piece.part.body; break;
    case Progress::end: has_ended_ = true; break;
    case Progress::more: break;
    }
    return piece.progress;
}

//! Made by `cluster.transport()`. Copies share the cluster.
class Transport {
public:
    using Environment = sim::Environment;
    using Exchange = sim::Exchange;

    explicit Transport(std::shared_ptr<World> world) : world_{std::move(world)} {}

    //! The environment that a client of this transport lives in unless it is given another.
    Environment environment() const { return Environment{world_}; }

    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits) const;

    Result<Exchange> start(
        Endpoint const& to, http::Request const& request, Limits const& limits) const
    {
        auto const turn = world_->turn();
        return world_->open(to, request, limits).transform([this](Talk talk) {
            return Exchange{world_, std::move(talk)};
        });
    }

    Ready wait(
        std::span<Exchange* const> exchanges, Deadline by, std::stop_token const& stop) const;

private:
    std::shared_ptr<World> world_;
};

inline Result<http::Response> Transport::send(
    Endpoint const& to, http::Request const& request, Limits const& limits) const
{
    auto const turn = world_->turn();
    auto opened = world_->open(to, request, limits);
    if (!opened) { return unexpected(std::move(opened).error()); }
    auto exchange = Exchange{world_, *std::move(opened)};
    auto const& talk = *exchange.talk_;
    auto const something = Predicate{[&talk] { return !talk.arrived.empty(); }};
    for (;;) {
        while (!talk.arrived.empty()) {
            auto const progress = exchange.take();
            if (!progress) { return unexpected(progress.error()); }
            if (*progress == Progress::end) { return std::move(exchange.response_); }
        }
        auto const until = earlier(limits.by, Deadline::after(talk.heard, limits.silence));
        switch (world_->stage().wait(something, until, limits.stop)) {
        case Woken::ready: break;
        case Woken::timed_out:
            return unexpected(Error{Errc::timed_out, {.words = "the member was silent"}});
        case Woken::stopped:
            return unexpected(Error{
                Errc::cancelled, {.fault = Fault::caller, .words = "stopped awaiting the reply"}});
        }
    }
}

inline Ready Transport::wait(
    std::span<Exchange* const> exchanges, Deadline by, std::stop_token const& stop) const
{
    auto const turn = world_->turn();
    auto const which = [exchanges] {
        return std::ranges::find_if(exchanges, &Exchange::can_advance) - exchanges.begin();
    };
    auto const one_can = Predicate{
        [&] { return static_cast<std::size_t>(which()) != exchanges.size(); }};
    if (stop.stop_requested()) { return {Ready::Kind::stopped}; }
    if (!one_can()) {
        switch (world_->stage().wait(one_can, by, stop)) {
        case Woken::ready: break;
        case Woken::timed_out: return {Ready::Kind::timed_out};
        case Woken::stopped: return {Ready::Kind::stopped};
        }
    }
    return {Ready::Kind::exchange, static_cast<std::size_t>(which())};
}

static_assert(streaming_transport<Transport>);

}  // namespace etcdpp::sim
