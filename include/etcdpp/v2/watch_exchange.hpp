// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One question of a watch under way: where it was sent on to, what came, how long it is silent.

#include "etcdpp/call/redirect.hpp"
#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/transport/concept.hpp"

#include <optional>
#include <utility>

namespace etcdpp::v2 {

//! `Exchange` is the transport's. Not busy while nothing is asked.
template <class Exchange>
class WatchExchange {
public:
    //! `to` was asked at `began`, as the question itself or as the hop that it was waiting for.
    void begin(Exchange exchange, Endpoint to, Clock::time_point began)
    {
        auto const hops = hop_ ? hops_ + 1 : 0;
        auto const asked = hop_ ? asked_ : began;
        *this = {};
        exchange_ = std::move(exchange);
        at_ = std::move(to);
        asked_ = asked;
        heard_ = began;
        hops_ = hops;
    }

    //! A reply is under way, or the question has yet to follow a redirect.
    bool is_busy() const noexcept { return exchange_ || hop_; }

    //! What a transport waits for; null if nothing is under way.
    Exchange* waited_for() noexcept { return exchange_ ? &*exchange_ : nullptr; }

    //! Where the question has to be sent now; null unless it was redirected.
    Hop const* hop() const noexcept { return hop_ ? &*hop_ : nullptr; }

    //! Who was asked last.
    Endpoint const& at() const noexcept { return at_; }

    bool has_head() const noexcept { return has_head_; }

    //! Whether the reply has begun in a way that has its end follow at once: a part of the body is
    //! there, or it is a refusal.
    bool owes_its_end() const noexcept { return owes_since_.has_value(); }

    //! What has arrived. @pre waited_for()
    http::Response const& response() const noexcept { return exchange_->response(); }

    //! Since the question was asked, before all redirects.
    Clock::duration age(Clock::time_point now) const noexcept { return now - asked_; }

    //! When it will have been silent for so long. Bytes count, not answers: a large listing takes
    //! its time.
    Deadline silent_until(Clock::duration patience) const noexcept
    {
        return Deadline::after(heard_, patience);
    }

    //! When it will have taken so long in all, silent or not.
    Deadline whole_until(Clock::duration patience) const noexcept
    {
        return Deadline::after(asked_, patience);
    }

    //! When it will have owed its end for so long. @pre owes_its_end()
    Deadline end_due(Clock::duration patience) const noexcept
    {
        return Deadline::after(*owes_since_, patience);
    }

    //! Takes in what is there. @returns what asks for a decision: the head, once; the end; or that
    //! there is `more` to wait for, if need be after following a redirect. `question` is what was
    //! asked: where it may be sent on to depends on it.
    Result<Progress> hear(http::Request const& question, Clock::time_point now)
    {
        for (;;) {
            auto progress = exchange_->advance();
            if (!progress || *progress == Progress::more) { return progress; }
            heard_ = now;
            has_head_ = true;
            if (*progress == Progress::end) { return progress; }
            auto const is_head = *progress == Progress::head;
            if (is_head && is_redirect(response().status)) { return redirected(question); }
            if (!owes_since_ && (!is_head || response().status != 200)) { owes_since_ = now; }
            if (is_head) { return progress; }
        }
    }

    //! Ends it, on the server too.
    void drop() noexcept { *this = {}; }

private:
    Result<Progress> redirected(http::Request const& question)
    {
        if (hops_ == max_redirects) { return redirected_too_often(response().status); }
        auto hop = redirect(at_, question, response());
        if (!hop) { return unexpected(std::move(hop).error()); }
        hop_ = *std::move(hop);
        exchange_.reset();
        has_head_ = false;
        return Progress::more;
    }

    std::optional<Exchange> exchange_ = {};
    std::optional<Hop> hop_ = {};
    Endpoint at_ = {};
    int hops_ = 0;
    Clock::time_point asked_{};
    Clock::time_point heard_{};
    std::optional<Clock::time_point> owes_since_ = {};
    bool has_head_ = false;
};

}  // namespace etcdpp::v2
