// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! An environment for tests: time passes only where the script says so, and all is remembered.

#include "etcdpp/environment/concept.hpp"
#include "etcdpp/environment/curl_observer.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <sstream>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::tests {

//! An event with copies of what it only refers to.
struct Heard {
    enum class Kind : std::uint8_t { answered, failed, redirected, watch };

    Kind kind = Kind::answered;
    Endpoint endpoint = {};  //!< of a redirect: where from
    unsigned attempt = 0;
    Clock::duration latency = {};
    std::error_code code = {};
    std::optional<Clock::duration> pause = {};
    std::optional<Endpoint> redirected_to = {};
    std::optional<WatchState> watch_state = {};

    friend bool operator==(Heard const&, Heard const&) = default;
};

inline Heard heard(AttemptAnswered const& event)
{
    return {Heard::Kind::answered, event.endpoint, event.attempt, event.latency};
}

inline Heard heard(AttemptFailed const& event)
{
    return {.kind = Heard::Kind::failed,
        .endpoint = event.endpoint,
        .attempt = event.attempt,
        .latency = event.latency,
        .code = event.error.code(),
        .pause = event.pause};
}

inline Heard heard(Redirected const& event)
{
    return {.kind = Heard::Kind::redirected, .endpoint = event.from, .redirected_to = event.to};
}

inline Heard heard(WatchChanged const& event)
{
    return {.kind = Heard::Kind::watch,
        .endpoint = event.endpoint,
        .code = event.error == nullptr ? std::error_code{} : event.error->code(),
        .watch_state = event.state};
}

inline Heard heard(AttemptBegan const& event)
{
    return {.endpoint = event.endpoint, .attempt = event.attempt};
}

inline Heard heard(WatchAsked const& event)
{
    return {.kind = Heard::Kind::watch, .endpoint = event.endpoint};
}

inline std::ostream& operator<<(std::ostream& out, Heard const& event)
{
    switch (event.kind) {
    case Heard::Kind::answered: out << "answered"; break;
    case Heard::Kind::failed: out << "failed with " << event.code; break;
    case Heard::Kind::redirected: out << "redirected to " << *event.redirected_to; break;
    case Heard::Kind::watch: out << "watch " << name(*event.watch_state); break;
    }
    out << ", " << event.endpoint << ", attempt " << event.attempt << ", " << event.latency.count()
        << " ns";
    return event.pause ? out << ", pause " << event.pause->count() << " ns" : out;
}

//! Copies share one world: the client gets one, the test keeps another. It begins at an hour past
//! the clock's epoch. Entropy is what `draw` prepared, then 0, 1, 2, ... Several threads may use
//! it.
class ScriptedWorld {
public:
    Clock::time_point now() const
    {
        auto const lock = std::lock_guard{state_->mutex};
        return state_->time;
    }

    //! Lets the whole pause pass, unless the stop is requested already; then calls what
    //! `while_asleep` gave it, as a thread that acts meanwhile.
    void sleep_for(Clock::duration pause, std::stop_token const& stop)
    {
        auto act = std::function<void()>{};
        {
            auto const lock = std::lock_guard{state_->mutex};
            state_->slept.push_back(pause);
            state_->stops.push_back(stop);
            if (!stop.stop_requested()) { state_->time += pause; }
            act = state_->while_asleep;
        }
        if (act) { act(); }
    }

    std::uint64_t entropy()
    {
        auto const lock = std::lock_guard{state_->mutex};
        if (state_->drawn.empty()) { return state_->counter++; }
        auto const bits = state_->drawn.front();
        state_->drawn.pop_front();
        return bits;
    }

    void notify(Event const& event) noexcept
    {
        auto const lock = std::lock_guard{state_->mutex};
        if (auto const* const began = std::get_if<AttemptBegan>(&event)) {
            state_->curls.push_back(curl_line(*began));
            return;
        }
        if (auto const* const asked = std::get_if<WatchAsked>(&event)) {
            state_->curls.push_back(curl_line(*asked));
            return;
        }
        if (auto const* const hop = std::get_if<Redirected>(&event)) {
            state_->curls.push_back(curl_line(*hop));
        }
        state_->heard.push_back(
            std::visit([](auto const& each) { return tests::heard(each); }, event));
        auto line = std::ostringstream{};
        line << event;
        state_->lines.push_back(line.str());
    }

    void pass(Clock::duration time)
    {
        auto const lock = std::lock_guard{state_->mutex};
        state_->time += time;
    }

    void draw(std::initializer_list<std::uint64_t> bits)
    {
        auto const lock = std::lock_guard{state_->mutex};
        state_->drawn.insert(state_->drawn.end(), bits);
    }

    void while_asleep(std::function<void()> act)
    {
        auto const lock = std::lock_guard{state_->mutex};
        state_->while_asleep = std::move(act);
    }

    //! Every pause that was asked for, in order.
    std::vector<Clock::duration> slept() const
    {
        auto const lock = std::lock_guard{state_->mutex};
        return state_->slept;
    }

    //! By what each of these pauses could have been cut short.
    std::vector<std::stop_token> stops() const
    {
        auto const lock = std::lock_guard{state_->mutex};
        return state_->stops;
    }

    std::vector<Heard> events() const
    {
        auto const lock = std::lock_guard{state_->mutex};
        return state_->heard;
    }

    //! What was sent, attempt by attempt, as one would send it by hand. No other event of these.
    std::vector<std::string> curls() const
    {
        auto const lock = std::lock_guard{state_->mutex};
        return state_->curls;
    }

    //! The events as a log would show them.
    std::vector<std::string> lines() const
    {
        auto const lock = std::lock_guard{state_->mutex};
        return state_->lines;
    }

private:
    struct State {
        std::mutex mutex;
        Clock::time_point time = Clock::time_point{std::chrono::hours{1}};
        std::deque<std::uint64_t> drawn;
        std::uint64_t counter = 0;
        std::function<void()> while_asleep;
        std::vector<Clock::duration> slept;
        std::vector<std::stop_token> stops;
        std::vector<Heard> heard;
        std::vector<std::string> lines;
        std::vector<std::string> curls;
    };

    std::shared_ptr<State> state_ = std::make_shared<State>();
};

static_assert(environment<ScriptedWorld>);

}  // namespace etcdpp::tests
