// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What the watches of one client share about the members' health, so that one of them asks for
//! all.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint.hpp"

#include <mutex>
#include <optional>
#include <vector>

namespace etcdpp {

//! A member that lost its leader serves watches as before, and never has news. Its `/health` tells,
//! for that reads through raft; so it is not asked by each of a hundred watches. Does no I/O: who
//! may ask, asks, and says what came of it. May be used from several threads at once.
class Vigil {
public:
    //! Whether the caller shall ask that member now: true once an interval, whoever calls. He who
    //! never comes back with an answer, since nobody drives his watch, delays the next by that
    //! time.
    bool claim(Endpoint const& member, Clock::time_point now, Clock::duration interval)
    {
        auto const lock = std::lock_guard{mutex_};
        auto& record = record_of(member);
        if (record.asked && now - *record.asked < interval) { return false; }
        record.asked = now;
        return true;
    }

    void failed(Endpoint const& member, Clock::time_point now)
    {
        auto const lock = std::lock_guard{mutex_};
        record_of(member).failed = now;
    }

    void answered(Endpoint const& member)
    {
        auto const lock = std::lock_guard{mutex_};
        record_of(member).failed.reset();
    }

    //! Whether somebody has found the member failing since then, and nobody found it well after.
    bool has_failed_since(Endpoint const& member, Clock::time_point then) const
    {
        auto const lock = std::lock_guard{mutex_};
        for (auto const& each : records_) {
            if (each.member == member) { return each.failed && *each.failed >= then; }
        }
        return false;
    }

private:
    struct Record {
        Endpoint member;
        std::optional<Clock::time_point> asked = {};
        std::optional<Clock::time_point> failed = {};
    };

    Record& record_of(Endpoint const& member)
    {
        for (auto& each : records_) {
            if (each.member == member) { return each; }
        }
        return records_.emplace_back(Record{member});
    }

    std::mutex mutable mutex_;
    std::vector<Record>
        records_;  //!< one for each member watched so far: few, so they are searched
};

}  // namespace etcdpp
