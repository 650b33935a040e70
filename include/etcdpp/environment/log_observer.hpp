// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Writes what goes wrong to a stream, one line an event.

#include "etcdpp/environment/event.hpp"

#include <memory>
#include <mutex>
#include <ostream>
#include <sstream>
#include <variant>

namespace etcdpp {

//! Failed attempts, redirects, and the states of watches; requests and answers are silent, of which
//! CurlObserver writes the former. Credentials never appear: events do not show them. The stream
//! must outlive the client.
class LogObserver {
public:
    explicit LogObserver(std::ostream& out) : out_{&out} {}

    void on(Event const& event)
    {
        if (std::holds_alternative<AttemptAnswered>(event)) { return; }
        if (std::holds_alternative<AttemptBegan>(event)) { return; }
        if (std::holds_alternative<WatchAsked>(event)) { return; }
        auto line = std::ostringstream{};
        line << "etcdpp: " << event << '\n';
        auto const lock = std::lock_guard{*mutex_};
        *out_ << line.str() << std::flush;
    }

private:
    std::ostream* out_;
    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
};

}  // namespace etcdpp
