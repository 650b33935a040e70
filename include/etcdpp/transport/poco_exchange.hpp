// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A request that is being sent, and its reply that is under way.

#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/http/response_parser.hpp"
#include "etcdpp/transport/concept.hpp"
#include "etcdpp/transport/poco_connection.hpp"
#include "etcdpp/transport/poco_patience.hpp"
#include "etcdpp/transport/poco_pool.hpp"
#include "etcdpp/transport/poco_wall.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>

namespace etcdpp::detail {

//! What is behind a PocoTransport::Exchange.
class PocoExchange final : public HttpExchange {
public:
    //! Without a pool the connection stays here at the end, if it can be used again.
    PocoExchange(
        std::shared_ptr<ConnectionPool> pool, http::Method method, http::ParserLimits limits)
        : pool_{std::move(pool)}, parser_{method, limits}
    {
    }

    //! Sends the request. A server may answer before it has read all of it, and then close without
    //! reading on (etcd does for more than 10 MiB): the rest stays unsent then, and the reply is
    //! read.
    Result<void> send(http::Request const& request, std::unique_ptr<Connection> connection,
        Patience const& patience)
    {
        connection_ = std::move(connection);
        auto const before = connection_->handed_over();
        auto unsent = connection_->compose(request);
        while (!unsent.empty()) {
            auto const moved = connection_->send(unsent);
            unsent.remove_prefix(moved.count);
            if (moved.kind == Moved::Kind::bytes) { continue; }
            auto const untouched = connection_->handed_over() == before;
            if (moved.is_lost()) { return untouched ? never_sent(moved.words) : Result<void>{}; }
            auto const heard = patience.await(connection_->descriptor(),
                static_cast<short>(moved.awaited() | POLLIN),
                {untouched ? Effect::none : Effect::unknown, "while sending the request"});
            if (!heard) { return unexpected(heard.error()); }
            if ((*heard & POLLIN) != 0) { receive(); }
            if (has_news()) { return {}; }
        }
        is_sent_ = true;
        return {};
    }

    //! Waits for the whole reply.
    Result<http::Response> finish(Patience const& patience)
    {
        while (!outcome_is_news_) {
            auto const ready = await(patience);
            if (!ready) { return unexpected(ready.error()); }
            receive();
        }
        if (failure_) { return unexpected(*std::move(failure_)); }
        return std::move(response_);
    }

    //! Reads what has arrived, and never waits. `end` comes with the last bytes of the body; after
    //! an error there is only that error.
    Result<Progress> advance() override
    {
        if (!has_news()) { receive(); }
        if (failure_) {
            outcome_is_news_ = false;
            return unexpected(*failure_);
        }
        if (std::exchange(head_is_news_, false)) { return Progress::head; }
        auto const grew = std::exchange(body_is_news_, false);
        if (!is_complete_) { return grew ? Progress::bytes : Progress::more; }
        outcome_is_news_ = false;
        return Progress::end;
    }

    http::Response const& response() const noexcept override { return response_; }

    //! True if advance() is worth while without waiting for anything.
    bool can_advance() const noexcept
    {
        return has_news() || (connection_ && connection_->holds_bytes());
    }

    //! What to wait for else. An exchange that is over has nothing to wait for: poll(2) skips a -1.
    pollfd awaited() const
    {
        if (!connection_) { return {-1, 0, 0}; }
        return {connection_->descriptor(), connection_->awaited(), 0};
    }

    //! After the end of an exchange without a pool: the connection, or null if it was closed.
    std::unique_ptr<Connection> connection() && { return std::move(connection_); }

private:
    using Kind = http::ResponseParser::Step::Kind;

    Result<void> await(Patience const& patience) const
    {
        auto const purpose = Purpose{Effect::unknown,
            parser_.is_in_head() ? "while waiting for the reply's head"
                                 : "while waiting for the reply's body"};
        if (connection_->holds_bytes()) { return patience.check(purpose); }
        return patience.await(connection_->descriptor(), connection_->awaited(), purpose)
            .transform([](short) {});
    }

    bool has_news() const noexcept { return head_is_news_ || body_is_news_ || outcome_is_news_; }

    //! Receives once, without waiting, and reads all there is.
    void receive()
    {
        if (!connection_) { return; }
        auto const moved = connection_->receive();
        switch (moved.kind) {
        case Moved::Kind::bytes: return read();
        case Moved::Kind::wants_input:
        case Moved::Kind::wants_output: return;
        case Moved::Kind::closed: return parser_.finish().kind == Kind::end ? complete() : refuse();
        case Moved::Kind::failed: return lose(moved.words);
        }
    }

    void read()
    {
        auto& input = connection_->input();
        for (;;) {
            auto const step = parser_.next(input.unread());
            input.consume(step.consumed);
            switch (step.kind) {
            case Kind::more: return;
            case Kind::head: begin(step.bytes); break;
            case Kind::body:
                response_.body.append(step.bytes);
                body_is_news_ = true;
                break;
            case Kind::end: return complete();
            case Kind::failed: return refuse();
            }
        }
    }

    //! Makes room for the body at once, unless its announced size is beyond belief.
    void begin(std::string_view header_lines)
    {
        constexpr auto believed = std::size_t{32} * 1024 * 1024;
        response_.status = parser_.status();
        response_.headers = http::Headers::from_block(header_lines);
        response_.body.reserve(std::min(parser_.announced_size(), believed));
        head_is_news_ = true;
    }

    void complete()
    {
        is_complete_ = outcome_is_news_ = true;
        auto const reusable = is_sent_ && parser_.keeps_alive() && connection_->input().empty();
        if (!reusable) { return connection_.reset(); }
        connection_->rest();
        if (pool_) { pool_->put(std::move(connection_)); }
    }

    void refuse()
    {
        auto const code = [refusal = parser_.refusal()] {
            switch (refusal) {
            case http::Refusal::not_http: return Errc::not_etcd;
            case http::Refusal::truncated: return Errc::unreachable;
            case http::Refusal::none:
            case http::Refusal::too_large:
            case http::Refusal::malformed: break;
            }
            return Errc::malformed_reply;
        }();
        fail(code, std::string{parser_.words()});
    }

    void lose(std::string const& words)
    {
        auto const when = parser_.has_begun() ? "in the middle of the reply: "
                                              : "before the reply began: ";
        fail(Errc::unreachable, "the connection was lost " + (when + words));
    }

    void fail(Errc code, std::string words)
    {
        failure_ = member_error(code, Effect::unknown, std::move(words));
        outcome_is_news_ = true;
        connection_.reset();
    }

    static Unexpected never_sent(std::string const& words)
    {
        return unexpected(member_error(Errc::unreachable, Effect::none,
            "the connection was lost before the request was sent: " + words));
    }

    std::unique_ptr<Connection> connection_;
    std::shared_ptr<ConnectionPool> pool_;
    http::ResponseParser parser_;
    http::Response response_ = {};
    std::optional<Error> failure_ = {};
    bool is_sent_ = false;
    bool is_complete_ = false;
    bool head_is_news_ = false;
    bool body_is_news_ = false;
    bool outcome_is_news_ = false;
};

}  // namespace etcdpp::detail
