// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whose turn it is: threads of a simulation of which one runs at a time, in a repeatable order.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/alarm.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/seat.hpp"
#include "etcdpp/sim/timeline.hpp"
#include "etcdpp/sim/trace.hpp"
#include "etcdpp/sim/waiting_room.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! An actor has the turn from when it is woken until it waits, so that its own code is undisturbed,
//! too. Any other thread, such as a test's, has it inside calls only; while it is outside, no actor
//! runs. Whoever waits carries out what the timeline plans until somebody has waited enough: with
//! one thread there is no hand-over at all.
//!
//! Threads
//!   All may be called from any thread. Runs repeat as long as no two threads that are not actors
//!   call at once.
class Stage {
public:
    //! `patience` is how long, in real time, an actor may run without waiting.
    Stage(Timeline& timeline, Trace const& trace, Dice dice,
        std::chrono::milliseconds patience = std::chrono::seconds{5})
        : timeline_{&timeline}, trace_{&trace}, dice_{dice}, patience_{patience}
    {
    }

    Stage(Stage const&) = delete;
    Stage& operator=(Stage const&) = delete;
    ~Stage() { end(); }

    //! Has the turn, and gives it back unless the thread had it before.
    class Turn {
    public:
        explicit Turn(Stage& stage) : stage_{stage.enter() ? &stage : nullptr} {}
        Turn(Turn const&) = delete;
        Turn& operator=(Turn const&) = delete;
        ~Turn()
        {
            if (stage_ != nullptr) { stage_->leave(); }
        }

    private:
        Stage* stage_;
    };

    //! Lets others act and time pass until `ready()` or `until`. @pre the caller has the turn
    Woken wait(Predicate const& ready, Deadline until, std::stop_token const& stop);

    //! Another actor. It begins once somebody waits. Its stop token is for `end`.
    void spawn(std::string name, std::function<void(std::stop_token)> act);

    //! Waits until all actors are done. @throws what an actor has thrown
    void join();

    //! Asks the actors to stop, and waits until they have.
    void end() noexcept;

    //! The chance of the calling thread, so that no actor's draws depend on another's.
    Dice& dice() noexcept
    {
        auto* const actor = own_actor();
        return actor != nullptr ? actor->dice : dice_;
    }

private:
    bool enter();
    void leave();
    void run(Actor& actor, std::function<void(std::stop_token)> const& act);

    Actor* own_actor() const noexcept
    {
        return current_role.stage == this ? current_role.actor : nullptr;
    }

    //! Lets time pass until somebody has waited enough, and says who; nobody if nobody waits.
    Seat* next();
    bool advance();
    void wait_for_the_world();
    void hand_over(Seat& to);
    void await_turn(Seat& seat);
    void abandon(std::string const& why) const;

    Timeline* timeline_;
    Trace const* trace_;
    Dice dice_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::atomic<std::thread::id> owner_ = {};
    std::string runs_now_;  //!< the actor that has the turn; empty if it is none
    WaitingRoom waiting_;
    std::vector<std::unique_ptr<Actor>> actors_;
    std::uint64_t hand_overs_ = 0;
};

inline bool Stage::enter()
{
    auto const self = std::this_thread::get_id();
    if (owner_ == self) { return false; }
    auto lock = std::unique_lock{mutex_};
    freed_.wait(lock, [this] { return owner_.load() == std::thread::id{}; });
    owner_ = self;
    return true;
}

inline void Stage::leave()
{
    {
        auto const lock = std::lock_guard{mutex_};
        owner_ = std::thread::id{};
    }
    freed_.notify_one();
}

inline Woken Stage::wait(Predicate const& ready, Deadline until, std::stop_token const& stop)
{
    auto* const actor = own_actor();
    auto& seat = actor != nullptr ? static_cast<Seat&>(*actor) : visitors_seat;
    seat.thread_id = std::this_thread::get_id();
    seat.wish = {&ready, until, &stop, timeline_->now()};
    waiting_.add(seat);
    if (auto* const woken = next(); woken != &seat) {
        hand_over(*woken);
        await_turn(seat);
    }
    return seat.wish.woken();
}

inline Seat* Stage::next()
{
    for (;;) {
        if (auto* const woken = waiting_.release(timeline_->now(), dice_)) { return woken; }
        if (waiting_.empty()) { return nullptr; }
        if (!advance()) { wait_for_the_world(); }
    }
}

//! What happens next: something planned, or the end of somebody's patience. False if nothing will.
inline bool Stage::advance()
{
    constexpr auto never = Clock::time_point::max();
    auto const until = waiting_.until();
    auto const planned = timeline_->next_at();
    if (until == never && (planned == never || waiting_.is_hopeless(timeline_->now()))) {
        return false;
    }
    if (planned <= until) {
        timeline_->step();
    } else {
        timeline_->pass(until);
    }
    return true;
}

//! Nothing can happen within the simulation any more. A stop may still come from outside.
inline void Stage::wait_for_the_world()
{
    constexpr auto look = std::chrono::milliseconds{5};
    auto lock = std::unique_lock{mutex_};
    for (auto waited = look; waiting_.may_be_stopped() && waited < patience_; waited += look) {
        if (waiting_.has_been_stopped()) { return; }
        freed_.wait_for(lock, look);
    }
    abandon("nothing more can happen, and these wait for ever: " + waiting_.names());
}

inline void Stage::hand_over(Seat& to)
{
    {
        auto const lock = std::lock_guard{mutex_};
        ++hand_overs_;
        to.has_turn = true;
        owner_ = to.thread_id;
        runs_now_ = to.is_actor ? to.name : std::string{};
    }
    to.woken.notify_one();
}

inline void Stage::await_turn(Seat& seat)
{
    auto lock = std::unique_lock{mutex_};
    auto seen = hand_overs_;
    while (!seat.woken.wait_for(lock, patience_, [&seat] { return seat.has_turn; })) {
        if (hand_overs_ == seen && !runs_now_.empty()) {
            abandon(runs_now_ + " has had the turn for " + std::to_string(patience_.count())
                + " ms: it waits for something outside the "
                  "simulation, or does not end");
        }
        seen = hand_overs_;
    }
    seat.has_turn = false;
}

inline void Stage::spawn(std::string name, std::function<void(std::stop_token)> act)
{
    auto const turn = Turn{*this};
    static auto const always = Predicate{[] { return true; }};
    auto& actor = *actors_.emplace_back(std::make_unique<Actor>());
    actor.name = std::move(name);
    actor.is_actor = true;
    actor.dice = dice_.fork(actor.name);
    actor.wish = {.ready = &always, .since = timeline_->now()};
    actor.thread = std::jthread{[this, &actor, act = std::move(act)] { run(actor, act); }};
    actor.thread_id = actor.thread.get_id();
    waiting_.add(actor);
}

inline void Stage::run(Actor& actor, std::function<void(std::stop_token)> const& act)
{
    current_role = {&actor, this};
    await_turn(actor);
    try {
        act(actor.stop.get_token());
    } catch (...) {
        actor.thrown = std::current_exception();
    }
    actor.is_over = true;
    if (auto* const woken = next()) {
        hand_over(*woken);
    } else {
        leave();
    }
}

inline void Stage::join()
{
    auto const turn = Turn{*this};
    auto const over = Predicate{[this] {
        return std::ranges::all_of(actors_, [](auto const& each) { return each->is_over; });
    }};
    if (!over()) { wait(over, Deadline::never(), {}); }
    auto finished = std::exchange(actors_, {});
    for (auto const& each : finished) { each->thread.join(); }
    for (auto const& each : finished) {
        if (each->thrown) { std::rethrow_exception(each->thrown); }
    }
}

inline void Stage::end() noexcept
{
    for (auto const& each : actors_) { each->stop.request_stop(); }
    try {
        join();
    } catch (...) {  // nobody is left to hear of it
    }
}

inline void Stage::abandon(std::string const& why) const
{
    alarm((std::ostringstream{} << why << "\n" << *trace_).str());
}

}  // namespace etcdpp::sim
