// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The course of one call as a pure machine: which member next, and what follows from a failure.

#include "etcdpp/call/terms.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/retry/concept.hpp"
#include "etcdpp/retry/safety.hpp"
#include "etcdpp/selector/concept.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp {

//! Neither waits nor sends: `drive` does that, and tells this machine the time. It keeps the two
//! promises that no policy can break: a request that may have been carried out is not repeated
//! unless that is safe, and the error of a call never understates the effect of its attempts.
template <selector Selector, decides_on_failures RetryState>
class Attempts {
public:
    //! How many failed attempts an error lists: the last ones, should there be more.
    static constexpr std::size_t max_listed = 64;

    Attempts(Endpoints endpoints, Terms terms, Selector& selector, RetryState retry)
        : endpoints_{std::move(endpoints)}, terms_{std::move(terms)}, selector_{selector},
          retry_{std::move(retry)}
    {
    }

    //! The member for the attempt that starts now, or null if the call is over: see `conclusion`.
    Endpoint const* next(Clock::time_point now, std::uint64_t entropy)
    {
        if (terms_.stop.stop_requested()) {
            return over(Errc::cancelled, "stopped before sending");
        }
        if (terms_.by.passed(now)) { return over(Errc::timed_out, "the deadline passed"); }
        current_ = selector_.pick({endpoints_, tried_, terms_.idempotency, now, entropy})
            % endpoints_.size();
        tried_.set(current_);
        ++attempt_;
        attempt_began_ = now;
        return &endpoints_[current_];
    }

    //! The attempt brought what was asked for.
    void answered(Clock::time_point now) noexcept { report(Outcome::answered, now); }

    //! The pause before the next attempt, or nothing if the call is over: see `conclusion`.
    Pause failed(Error const& error, Clock::time_point now, std::uint64_t entropy)
    {
        if (terms_.idempotency != Idempotency::read) { effect_ = worst(effect_, error.effect()); }
        if (error.fault() == Fault::request) { return verdict(error, now); }
        list(error, now);
        auto const cut_off = error.fault() == Fault::caller && error == Errc::timed_out;
        if (terms_.stop.stop_requested() || (error.fault() == Fault::caller && !cut_off)) {
            return end(Errc::cancelled, "stopped by the caller", error);
        }
        report(Outcome::failed, now);
        if (cut_off || terms_.by.passed(now)) {
            return end(Errc::timed_out, "the deadline passed", error);
        }
        if (!safe_to_repeat(terms_.idempotency, effect_, terms_.repeat_overwrites)) {
            return end(code_of(error, is_bad_reply(error)),
                "not repeated, for the server may have acted", error);
        }
        auto const pause = retry_.next(failure(error, now), entropy);
        if (!pause) { return end(code_of(error, only_bad_replies_), gave_up(), error); }
        if (*pause >= terms_.by.remaining(now)) {
            return end(Errc::timed_out, "the next pause would pass the deadline", error);
        }
        return pause;
    }

    //! Why the call is over. @pre `next` or `failed` said that it is
    Error conclusion() && { return *std::move(conclusion_); }

    //! True once `next` or `failed` has said so.
    bool is_over() const noexcept { return conclusion_.has_value(); }

    //! The member of the attempt that began last.
    Endpoint const& member() const noexcept { return endpoints_[current_]; }

    unsigned attempt() const noexcept { return attempt_; }
    Clock::time_point attempt_began() const noexcept { return attempt_began_; }

private:
    void report(Outcome outcome, Clock::time_point now) noexcept
    {
        selector_.report({endpoints_[current_], outcome, now - attempt_began_, now});
    }

    Failure failure(Error const& error, Clock::time_point now) const noexcept
    {
        return {.error = error,
            .attempt = attempt_,
            .elapsed = now - terms_.began,
            .remaining = terms_.by.remaining(now),
            .members = endpoints_.size(),
            .untried = endpoints_.size() - tried_.count()};
    }

    void list(Error const& error, Clock::time_point now)
    {
        if (listed_.size() == max_listed) { listed_.erase(listed_.begin()); }
        listed_.push_back({.endpoint = endpoints_[current_],
            .code = error.code(),
            .effect = error.effect(),
            .words = error.words(),
            .after = now - terms_.began});
        only_bad_replies_ = only_bad_replies_ && is_bad_reply(error);
    }

    static bool is_bad_reply(Error const& error) noexcept
    {
        return error == Errc::malformed_reply || error == Errc::not_etcd;
    }

    //! A definitive answer. It stands, but what an earlier attempt may have done stands beside it:
    //! a "compare failed" after a lost reply can be the answer to our own first copy.
    Pause verdict(Error const& error, Clock::time_point now)
    {
        report(Outcome::answered, now);
        conclude(error.code(), Fault::request, error.words(), error.status());
        return std::nullopt;
    }

    //! The members were tried in vain: the cluster's error. Or, where nothing came but replies that
    //! no etcd gives, or such a reply ended the call by itself, that reply's own.
    static std::error_code code_of(Error const& error, bool for_its_reply) noexcept
    {
        return for_its_reply ? error.code() : make_error_code(Errc::exhausted);
    }

    std::string gave_up() const
    {
        return "gave up after " + std::to_string(attempt_)
            + (attempt_ == 1 ? " attempt" : " attempts");
    }

    Pause end(std::error_code code, std::string why, Error const& last)
    {
        why += last.words().empty() ? ": " + last.code().message() : ": " + last.words();
        auto const context = code == Errc::timed_out || code == Errc::cancelled;
        conclude(code, context ? Fault::caller : Fault::member, std::move(why), last.status());
        return std::nullopt;
    }

    Endpoint const* over(Errc code, std::string why)
    {
        conclude(code, Fault::caller, std::move(why), std::nullopt);
        return nullptr;
    }

    void conclude(std::error_code code, Fault fault, std::string words, std::optional<int> status)
    {
        conclusion_.emplace(code,
            ErrorDetails{.effect = effect_,
                .fault = fault,
                .status = status,
                .words = std::move(words),
                .attempts = std::move(listed_)});
    }

    Endpoints endpoints_;
    Terms terms_;
    Selector& selector_;
    RetryState retry_;
    Tried tried_;
    std::size_t current_ = 0;
    unsigned attempt_ = 0;
    Clock::time_point attempt_began_{};
    Effect effect_ = Effect::none;
    bool only_bad_replies_ = true;
    std::vector<FailedAttempt> listed_;
    std::optional<Error> conclusion_;
};

}  // namespace etcdpp
