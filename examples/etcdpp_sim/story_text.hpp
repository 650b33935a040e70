// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Faults as text: what a test says to a sim::Cluster, said over a socket.

#include <etcdpp/core/deadline.hpp>
#include <etcdpp/core/result.hpp>
#include <etcdpp/sim/story.hpp>
#include <etcdpp/sim/trigger.hpp>
#include <etcdpp/sim/world.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::examples {

//! When something goes wrong, and what.
struct StoryText {
    sim::Trigger trigger = {};
    std::vector<std::function<void(sim::Story&)>> deeds = {};
};

//! One story a line: `on=nth_write(3).to(1)&do=leader_dies_after_apply.gets_no_reply`, escaped as
//! forms are or not at all. Without `on` it is now, which is `since` the beginning.
//! Errc::invalid_argument, with the words there are, if one is unknown or does not fit.
Result<std::vector<StoryText>> stories_in(
    std::string_view lines, std::size_t members, Clock::duration since);

//! @pre the caller has the world to himself
void tell(StoryText const& story, std::shared_ptr<sim::World> const& world);

//! All that can be said, for people.
std::string vocabulary();

}  // namespace etcdpp::examples
