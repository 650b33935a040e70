// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A simulation that goes with real time, for many threads.

#include "bell.hpp"
#include <etcdpp/sim/world.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp::examples {

//! One lock round a sim::World, and a thread that lets happen what is planned when its time comes.
class LiveWorld {
public:
    //! `changed` is called, without the lock, when a member has died or come back.
    LiveWorld(sim::Options const& options, std::function<void()> changed)
        : world_{std::make_shared<sim::World>(options)}, behind_{Clock::now() - world_->now()},
          changed_{std::move(changed)}, pump_{[this] { pump(); }}
    {
    }

    LiveWorld(LiveWorld const&) = delete;
    LiveWorld& operator=(LiveWorld const&) = delete;

    ~LiveWorld()
    {
        {
            auto const lock = std::lock_guard{mutex_};
            ends_ = true;
        }
        planned_.notify_one();
    }

    //! A request at a member, for the thread that serves its client. Ends with the object.
    class Call {
    public:
        Call(LiveWorld& world, std::size_t member, http::Request const& request);
        Call(Call const&) = delete;
        Call& operator=(Call const&) = delete;

        ~Call();

        //! Readable when something has come.
        int descriptor() const noexcept { return bell_.descriptor(); }

        //! What has come of the reply since; nothing if the bell rang too often.
        std::vector<sim::Piece> take()
        {
            bell_.silence();
            auto const lock = std::lock_guard{world_->mutex_};
            auto& arrived = talk_->arrived;
            auto pieces = std::vector<sim::Piece>(
                std::make_move_iterator(arrived.begin()), std::make_move_iterator(arrived.end()));
            arrived.clear();
            return pieces;
        }

    private:
        friend class LiveWorld;

        LiveWorld* world_;
        sim::Talk talk_;
        Bell bell_;
    };

    //! What `act(world)` returns, which has the shared world to itself, in the present.
    template <class Act>
    auto with(Act act)
    {
        auto const lock = std::lock_guard{mutex_};
        auto const afterwards = Afterwards{*this};
        advance();
        return act(world_);
    }

private:
    //! Looks again when something will happen next, however an act ends.
    struct Afterwards {
        LiveWorld& world;
        ~Afterwards() { world.planned_.notify_one(); }
    };

    void advance()
    {
        world_->run_until(Clock::now() - behind_);
        for (auto* const call : calls_) {
            if (!call->talk_->arrived.empty()) { call->bell_.ring(); }
        }
    }

    std::vector<bool> who_lives() const
    {
        auto const& topology = world_->fleet().topology();
        auto alive = std::vector<bool>(topology.size());
        for (auto i = std::size_t{0}; i != alive.size(); ++i) { alive[i] = topology.is_alive(i); }
        return alive;
    }

    void pump()
    {
        auto lock = std::unique_lock{mutex_};
        while (!ends_) {
            advance();
            if (auto alive = who_lives(); alive != alive_) {
                alive_ = std::move(alive);
                lock.unlock();
                changed_();
                lock.lock();
            }
            auto const next = world_->next_at();
            if (ends_ || next <= Clock::now() - behind_) { continue; }
            if (next == Clock::time_point::max()) {
                planned_.wait(lock);
            } else {
                planned_.wait_until(lock, next + behind_);
            }
        }
    }

    std::mutex mutex_;
    std::condition_variable planned_;
    std::shared_ptr<sim::World> world_;
    Clock::duration behind_;  //!< the world's clock, to the real one
    std::set<Call*> calls_;
    std::vector<bool> alive_ = who_lives();  //!< when `changed_` was called last
    std::function<void()> changed_;
    bool ends_ = false;
    std::jthread pump_;
};

inline LiveWorld::Call::Call(LiveWorld& world, std::size_t member, http::Request const& request)
    : world_{&world}
{
    world_->with([&](auto const& there) {
        talk_ = there->accept(member, request);
        world_->calls_.insert(this);
    });
}

inline LiveWorld::Call::~Call()
{
    world_->with([this](auto const& there) {
        there->close(talk_);
        world_->calls_.erase(this);
    });
}

}  // namespace etcdpp::examples
