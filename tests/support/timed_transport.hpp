// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A streaming transport in a ScriptedWorld: heads, bodies, silences and losses at set times.

#include "etcdpp/transport/concept.hpp"
#include "tests/support/scripted_world.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! What one request meets. Times count from the request. Without more, silence.
class Answer {
public:
    static constexpr auto cluster = "cdf818194e3a8c32";

    static http::Headers headers(std::uint64_t index, std::string const& of = cluster)
    {
        return {{"X-Etcd-Cluster-Id", of}, {"X-Etcd-Index", std::to_string(index)}};
    }

    //! The head of a reply to a poll.
    static Answer head(
        std::uint64_t index, Clock::duration at = {}, std::string const& of = cluster)
    {
        auto answer = Answer{};
        answer.add(at, Progress::head, {.status = 200, .headers = headers(index, of)});
        return answer;
    }

    //! A whole reply.
    static Answer reply(http::Response whole, Clock::duration at = {})
    {
        auto answer = Answer{};
        auto body = std::exchange(whole.body, {});
        answer.add(at, Progress::head, std::move(whole));
        return answer.body(std::move(body), at);
    }

    //! A listing, or another reply of etcd.
    static Answer ok(std::uint64_t index, std::string body, std::string const& of = cluster)
    {
        return reply({.status = 200, .headers = headers(index, of), .body = std::move(body)});
    }

    //! The head of a refusal, and no more.
    static Answer refusing(int status)
    {
        auto answer = Answer{};
        answer.add({}, Progress::head, {.status = status});
        return answer;
    }

    static Answer silence() { return {}; }

    //! No connection.
    static Answer refused(Clock::duration at = {}, Errc code = Errc::unreachable)
    {
        auto answer = Answer{};
        answer.refused_ = at;
        answer.refusal_ = code;
        return answer;
    }

    //! The body, and with it the end.
    Answer body(std::string text, Clock::duration at = {}) const
    {
        auto longer = *this;
        longer.add(at, Progress::bytes, {.body = std::move(text)});
        longer.add(at, Progress::end, {});
        return longer;
    }

    Answer part(std::string text, Clock::duration at) const
    {
        auto longer = *this;
        longer.add(at, Progress::bytes, {.body = std::move(text)});
        return longer;
    }

    //! The end of the connection.
    Answer lost(Clock::duration at = {}) const
    {
        auto longer = *this;
        longer.steps_.push_back({at, std::nullopt, {}});
        return longer;
    }

private:
    friend class TimedTransport;

    struct Step {
        Clock::duration at;
        std::optional<Progress> progress;  //!< nothing: the connection is lost
        http::Response part;
    };

    void add(Clock::duration at, Progress progress, http::Response part)
    {
        steps_.push_back({at, progress, std::move(part)});
    }

    std::vector<Step> steps_;
    std::optional<Clock::duration> refused_;
    Errc refusal_ = Errc::unreachable;
};

//! The n-th request meets the n-th answer, whatever it asks, unless answers are kept for its path.
//! Copies share the script. Past its end, connections are refused. Time passes only while something
//! is waited for.
class TimedTransport {
public:
    struct Sent {
        Endpoint endpoint;
        http::Request request;
        Clock::time_point at;
        Limits limits;
    };

    class Exchange {
    public:
        Result<Progress> advance()
        {
            if (next_ == answer_.steps_.size() || world_.now() < ready_at()) {
                return ended_ ? Progress::end : Progress::more;
            }
            auto& step = answer_.steps_[next_++];
            if (!step.progress) {
                return unexpected(Error{Errc::unreachable, {.words = "the connection was lost"}});
            }
            switch (*step.progress) {
            case Progress::head:
                arrived_.status = step.part.status;
                arrived_.headers = step.part.headers;
                break;
            case Progress::bytes: arrived_.body += step.part.body; break;
            case Progress::end: ended_ = true; break;
            case Progress::more: break;
            }
            return *step.progress;
        }

        http::Response const& response() const noexcept { return arrived_; }

    private:
        friend class TimedTransport;

        Exchange(ScriptedWorld world, Answer answer, std::shared_ptr<int> open)
            : world_{std::move(world)}, answer_{std::move(answer)}, open_{std::move(open)},
              began_{world_.now()}
        {
        }

        Clock::time_point ready_at() const
        {
            return next_ == answer_.steps_.size() ? Clock::time_point::max()
                                                  : began_ + answer_.steps_[next_].at;
        }

        ScriptedWorld world_;
        Answer answer_;
        std::shared_ptr<int> open_;
        Clock::time_point began_;
        http::Response arrived_;
        std::size_t next_ = 0;
        bool ended_ = false;
    };

    explicit TimedTransport(ScriptedWorld world) : world_{std::move(world)} {}

    TimedTransport& then(Answer answer)
    {
        script_->answers.push_back(std::move(answer));
        return *this;
    }

    //! For requests to that path alone.
    TimedTransport& then(std::string const& path, Answer answer)
    {
        script_->kept_for[path].push_back(std::move(answer));
        return *this;
    }

    //! What happens as soon as so much time has passed since the script was made.
    void at(Clock::duration time, std::function<void()> act)
    {
        script_->acts.emplace_back(script_->began + time, std::move(act));
    }

    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&)
    {
        return unexpected(Error{Errc::unreachable, {.words = "only exchanges are scripted"}});
    }

    Result<Exchange> start(Endpoint const& to, http::Request const& request, Limits const& limits)
    {
        script_->sent.push_back({to, request, world_.now(), limits});
        if (limits.stop.stop_requested()) {
            return unexpected(
                Error{Errc::cancelled, {.effect = Effect::none, .fault = Fault::caller}});
        }
        auto const kept = script_->kept_for.find(
            request.target.substr(0, request.target.find('?')));
        auto& answers = kept == script_->kept_for.end() || kept->second.empty() ? script_->answers
                                                                                : kept->second;
        if (answers.empty()) { return refusal(Errc::unreachable); }
        auto answer = answers.front();
        if (answer.refused_) {
            auto const until = earlier(limits.by, Deadline::after(world_.now(), *answer.refused_));
            auto const cut_off = limits.by < Deadline::after(world_.now(), *answer.refused_);
            world_.pass(until.remaining(world_.now()));
            if (cut_off) { return refusal(Errc::timed_out); }  // it meets the same answer again
            answers.pop_front();
            return refusal(answer.refusal_);
        }
        answers.pop_front();
        return Exchange{world_, std::move(answer), script_->open};
    }

    Ready wait(std::span<Exchange* const> exchanges, Deadline by, std::stop_token const& stop)
    {
        for (;;) {
            if (stop.stop_requested()) { return {Ready::Kind::stopped}; }
            auto first = by.at();
            for (auto i = std::size_t{0}; i != exchanges.size(); ++i) {
                if (exchanges[i]->ready_at() <= world_.now()) { return {Ready::Kind::exchange, i}; }
                first = std::min(first, exchanges[i]->ready_at());
            }
            auto const act = std::ranges::min_element(script_->acts, {}, &Act::first);
            if (act != script_->acts.end() && act->first <= first) {
                auto const happens = std::move(*act);
                script_->acts.erase(act);
                world_.pass(Deadline{happens.first}.remaining(world_.now()));
                happens.second();
                continue;
            }
            if (first == Clock::time_point::max()) {
                throw std::logic_error{"the script leaves a wait without end"};
            }
            world_.pass(Deadline{first}.remaining(world_.now()));
            if (by.passed(world_.now()) && first == by.at()) {
                auto const ready = std::ranges::any_of(exchanges,
                    [&](Exchange const* each) { return each->ready_at() <= world_.now(); });
                if (!ready) { return {Ready::Kind::timed_out}; }
            }
        }
    }

    std::vector<Sent> const& sent() const { return script_->sent; }

    std::vector<std::string> targets() const
    {
        auto targets = std::vector<std::string>{};
        for (auto const& each : sent()) { targets.push_back(each.request.target); }
        return targets;
    }

    //! How many exchanges there are just now.
    long open() const { return script_->open.use_count() - 1; }

private:
    using Act = std::pair<Clock::time_point, std::function<void()>>;

    struct Script {
        Clock::time_point began;
        std::deque<Answer> answers = {};
        std::map<std::string, std::deque<Answer>> kept_for = {};
        std::vector<Act> acts = {};
        std::vector<Sent> sent = {};
        std::shared_ptr<int> open = std::make_shared<int>(0);
    };

    static Unexpected refusal(Errc code)
    {
        return unexpected(
            Error{code, {.effect = Effect::none, .words = "the connection was refused"}});
    }

    ScriptedWorld world_;
    std::shared_ptr<Script> script_ = std::make_shared<Script>(Script{world_.now()});
};

static_assert(streaming_transport<TimedTransport>);

}  // namespace etcdpp::tests
