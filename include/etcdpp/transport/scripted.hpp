// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Replays prepared replies: a transport for tests that needs neither socket nor mocking library.

#include "etcdpp/transport/concept.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <sstream>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp {

//! Answers the n-th request with the n-th prepared reply or error, whatever its endpoint, and keeps
//! what was sent. A copy shares the script: keep one, give the other to the client. Past its end,
//! every request fails with Errc::unreachable and words that say so.
class ScriptedTransport {
public:
    struct Sent {
        Endpoint endpoint;
        http::Request request;
        Limits limits;
    };

    class Exchange;

    //! Prepares what the next request comes to that nothing is prepared for yet.
    ScriptedTransport& then(Result<http::Response> outcome)
    {
        auto const lock = std::lock_guard{script_->mutex};
        script_->replies.push_back(std::move(outcome));
        return *this;
    }

    ScriptedTransport& reply(http::Response response) { return then(std::move(response)); }
    ScriptedTransport& fail(Error error) { return then(unexpected(std::move(error))); }

    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits)
    {
        auto const lock = std::lock_guard{script_->mutex};
        script_->sent.push_back({to, request, limits});
        if (script_->replies.empty()) { return past_the_end(request); }
        auto reply = std::move(script_->replies.front());
        script_->replies.pop_front();
        return reply;
    }

    Result<Exchange> start(Endpoint const& to, http::Request const& request, Limits const& limits);
    Ready wait(
        std::span<Exchange* const> exchanges, Deadline by, std::stop_token const& stop) const;

    //! What was sent so far, in order.
    std::vector<Sent> sent() const
    {
        auto const lock = std::lock_guard{script_->mutex};
        return script_->sent;
    }

    //! How many prepared replies nobody has asked for.
    std::size_t left() const
    {
        auto const lock = std::lock_guard{script_->mutex};
        return script_->replies.size();
    }

private:
    struct Script {
        std::mutex mutex;
        std::deque<Result<http::Response>> replies;
        std::vector<Sent> sent;
    };

    static Unexpected past_the_end(http::Request const& request)
    {
        auto words = std::ostringstream{};
        words << "the script has no reply for " << request
              << "; prepare one with reply() or fail()";
        return unexpected(Error{Errc::unreachable, {.effect = Effect::none, .words = words.str()}});
    }

    std::shared_ptr<Script> script_ = std::make_shared<Script>();
};

//! A prepared reply that comes in three steps: head, body, end.
class ScriptedTransport::Exchange {
public:
    explicit Exchange(http::Response whole) : whole_{std::move(whole)} {}

    Result<Progress> advance()
    {
        if (!head_) {
            head_ = true;
            arrived_.status = whole_.status;
            arrived_.headers = std::move(whole_.headers);
            return Progress::head;
        }
        if (!whole_.body.empty()) {
            arrived_.body = std::exchange(whole_.body, {});
            return Progress::bytes;
        }
        over_ = true;
        return Progress::end;
    }

    http::Response const& response() const noexcept { return arrived_; }

private:
    friend class ScriptedTransport;

    http::Response whole_;
    http::Response arrived_;
    bool head_ = false;
    bool over_ = false;
};

inline Result<ScriptedTransport::Exchange> ScriptedTransport::start(
    Endpoint const& to, http::Request const& request, Limits const& limits)
{
    return send(to, request, limits).transform([](http::Response whole) {
        return Exchange{std::move(whole)};
    });
}

//! What is prepared is ready at once: the first exchange that has not told its end is, unless the
//! stop came first.
inline Ready ScriptedTransport::wait(
    std::span<Exchange* const> exchanges, Deadline, std::stop_token const& stop) const
{
    if (stop.stop_requested()) { return {Ready::Kind::stopped}; }
    auto const under_way = [](Exchange const* each) { return !each->over_; };
    auto const first = std::ranges::find_if(exchanges, under_way);
    if (first == exchanges.end()) { return {Ready::Kind::timed_out}; }
    return {Ready::Kind::exchange, static_cast<std::size_t>(first - exchanges.begin())};
}

static_assert(streaming_transport<ScriptedTransport>);

}  // namespace etcdpp
