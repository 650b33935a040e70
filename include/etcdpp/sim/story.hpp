// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One line for each thing that goes wrong: `cluster.on(nth_write(3)).leader_dies_after_apply();`

#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/mishap.hpp"
#include "etcdpp/sim/trigger.hpp"
#include "etcdpp/sim/world.hpp"

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! Made by `cluster.on(trigger)`. Each function adds what happens then and returns the story, so
//! that several things can befall one request. With a time for a trigger, what befalls a request
//! befalls the first one after it.
class Story {
public:
    Story(std::shared_ptr<World> world, Trigger trigger)
        : world_{std::move(world)}, trigger_{std::move(trigger)}
    {
    }

    // Nothing is sent: Effect::none.
    Story& is_refused() { return adds({Harm::refuse}); }
    Story& hangs_in_connect() { return adds({Harm::hang_in_connect}); }

    // Sent and not carried out; the client cannot know that.
    Story& is_lost() { return adds({Harm::lose_request}); }
    Story& is_reset() { return adds({Harm::reset_request}); }

    // Carried out.
    Story& is_delayed(Clock::duration by)
    {
        return adds({.harm = Harm::delay_request, .time = by});
    }
    Story& arrives_twice() { return adds({Harm::duplicate}); }
    Story& gets_no_reply() { return adds({Harm::lose_reply}); }
    Story& gets_its_reply_late(Clock::duration by)
    {
        return adds({.harm = Harm::delay_reply, .time = by});
    }
    Story& is_reset_after_apply() { return adds({Harm::reset_reply}); }
    Story& stalls_in_head() { return adds({Harm::stall_in_head}); }
    Story& stalls_in_body() { return adds({Harm::stall_in_body}); }
    Story& is_truncated() { return adds({Harm::truncate}); }
    Story& is_no_http() { return adds({Harm::corrupt_head}); }
    Story& is_corrupted() { return adds({Harm::corrupt_body}); }

    // Answered by somebody else; the member never hears of it.
    Story& is_answered(http::Response response)
    {
        return adds({.harm = Harm::answer, .response = std::move(response)});
    }
    Story& is_answered(int status) { return is_answered(http::Response{.status = status}); }
    Story& is_redirected_to(std::size_t member) { return adds({Harm::redirect, member}); }

    // A member fails at an exact moment.
    Story& leader_dies_before_apply() { return adds({Harm::kill_before, the_leader}); }
    Story& leader_dies_after_apply() { return adds({Harm::kill_after, the_leader}); }
    Story& leader_freezes_before_apply() { return adds({Harm::pause_before, the_leader}); }
    Story& leader_freezes_after_apply() { return adds({Harm::pause_after, the_leader}); }
    Story& member_dies_before_apply() { return adds({Harm::kill_before, the_asked}); }
    Story& member_dies_after_apply() { return adds({Harm::kill_after, the_asked}); }
    Story& member_freezes_before_apply() { return adds({Harm::pause_before, the_asked}); }
    Story& member_freezes_after_apply() { return adds({Harm::pause_after, the_asked}); }

    // What befalls the cluster, just before the request is sent, or at a time.
    Story& kills(std::size_t member) { return adds({Harm::kill, member}); }
    Story& restarts(std::size_t member) { return adds({Harm::restart, member}); }
    Story& pauses(std::size_t member) { return adds({Harm::pause, member}); }
    Story& resumes(std::size_t member) { return adds({Harm::resume, member}); }
    Story& partitions(std::vector<std::vector<std::size_t>> groups)
    {
        return adds({.harm = Harm::partition, .groups = std::move(groups)});
    }
    Story& cuts_off(std::size_t member) { return adds({Harm::cut_off, member}); }
    Story& heals() { return adds({Harm::heal}); }
    Story& elects(std::size_t member) { return adds({Harm::elect, member}); }
    Story& makes_lag(std::size_t member, Clock::duration time)
    {
        return adds({Harm::lag, member, time});
    }
    Story& makes_clock_jump(std::size_t member, Clock::duration by)
    {
        return adds({Harm::jump_clock, member, by});
    }
    Story& overflows_history() { return adds({Harm::overflow_history}); }

    //! Whatever else: `act()` or `act(request)` may call the cluster, and must not wait.
    template <class Act>
    Story& does(Act act)
    {
        auto const turn = world_->turn();
        if constexpr (std::is_invocable_v<Act&>) {
            world_->arm({trigger_, {}}, [act](http::Request const&) mutable { act(); });
        } else {
            world_->arm({trigger_, {}}, std::move(act));
        }
        return *this;
    }

private:
    Story& adds(Mishap mishap)
    {
        auto const turn = world_->turn();
        world_->arm({trigger_, std::move(mishap)});
        return *this;
    }

    std::shared_ptr<World> world_;
    Trigger trigger_;
};

}  // namespace etcdpp::sim
