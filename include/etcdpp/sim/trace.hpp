// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What happened in a simulation: the last lines of it for people, and a fingerprint of all.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/sim/timeline.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::sim {

//! Keeps the last notes in places that are used again, so that to note costs no allocation.
class Trace {
public:
    static constexpr auto capacity = std::size_t{60};
    static constexpr auto nobody = static_cast<std::size_t>(-1);

    //! `what` must be a literal. `subject` is a member; `request`, if not 0, its number.
    void note(Clock::time_point at, std::string_view what, std::size_t subject = nobody,
        std::uint64_t request = 0, std::string_view detail = {})
    {
        auto& note = notes_[count_++ % capacity];
        note.at = at;
        note.what = what;
        note.subject = subject;
        note.request = request;
        note.detail.assign(detail);
        fingerprint_ = mixed(fingerprint_
                + static_cast<std::uint64_t>(at.time_since_epoch().count()) + request * 31
                + subject,
            what);
        if (!detail.empty()) { fingerprint_ = mixed(fingerprint_, detail); }
    }

    //! Equal for equal runs; different, but for a chance of one in 2^64, for others.
    std::uint64_t fingerprint() const noexcept { return fingerprint_; }

    std::uint64_t size() const noexcept { return count_; }

    //! Oldest first, each with its time in milliseconds since the beginning.
    friend std::ostream& operator<<(std::ostream& out, Trace const& trace)
    {
        auto const shown = std::min<std::uint64_t>(trace.count_, capacity);
        if (shown < trace.count_) { out << "... " << trace.count_ - shown << " lines before\n"; }
        for (auto i = trace.count_ - shown; i != trace.count_; ++i) {
            print(out, trace.notes_[i % capacity]) << '\n';
        }
        return out;
    }

private:
    struct Note {
        Clock::time_point at{};
        std::string_view what{};
        std::size_t subject = nobody;
        std::uint64_t request = 0;
        std::string detail{};
    };

    static std::ostream& print(std::ostream& out, Note const& note)
    {
        out << in_milliseconds(note.at - Timeline::beginning) << ": ";
        if (note.request != 0) { out << '#' << note.request << ' '; }
        out << note.what;
        if (note.subject != nobody) { out << " m" << note.subject; }
        return note.detail.empty() ? out : out << ": " << note.detail;
    }

    std::vector<Note> notes_ = std::vector<Note>(capacity);
    std::uint64_t count_ = 0;
    std::uint64_t fingerprint_ = 0;
};

}  // namespace etcdpp::sim
