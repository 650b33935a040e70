// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The log of one member of the simulated raft.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

namespace etcdpp::sim {

template <class Payload>
struct RaftEntry {
    std::uint64_t index = 0;
    std::uint64_t term = 0;
    std::shared_ptr<Payload const> payload = {};  //!< shared by all logs that hold the entry
};

//! Entries behind a position up to which they were compacted away.
template <class Payload>
class RaftLog {
public:
    using Entry = RaftEntry<Payload>;

    explicit RaftLog(std::uint64_t index, std::uint64_t term) noexcept
        : base_{index}, base_term_{term}
    {
    }

    std::uint64_t first() const noexcept { return base_ + 1; }
    std::uint64_t last() const noexcept { return base_ + entries_.size(); }
    std::uint64_t last_term() const noexcept { return term_at(last()); }

    //! @pre base <= index <= last()
    std::uint64_t term_at(std::uint64_t index) const noexcept
    {
        return index == base_ ? base_term_ : at(index).term;
    }

    //! @pre first() <= index <= last()
    Entry const& at(std::uint64_t index) const noexcept
    {
        return entries_[static_cast<std::size_t>(index - base_ - 1)];
    }

    void append(std::uint64_t term, std::shared_ptr<Payload const> payload)
    {
        entries_.push_back({last() + 1, term, std::move(payload)});
    }

    //! Whether who votes for `other` may: its log is no older than this one.
    bool is_newer_than(RaftLog const& other) const noexcept
    {
        return std::pair{last_term(), last()} > std::pair{other.last_term(), other.last()};
    }

    //! Becomes equal to a leader's log, whatever it held that the leader does not.
    //! @returns false if the leader no longer has the entries that it takes
    bool follow(RaftLog const& leader)
    {
        while (!entries_.empty()
            && (last() > leader.last() || last() < leader.base_
                || leader.term_at(last()) != last_term())) {
            if (last() < leader.base_) { return false; }
            entries_.pop_back();
        }
        if (last() < leader.base_ || last() > leader.last()
            || leader.term_at(last()) != last_term()) {
            return false;
        }
        for (auto i = last() + 1; i <= leader.last(); ++i) { entries_.push_back(leader.at(i)); }
        return true;
    }

    //! Forgets entries up to that index.
    void compact(std::uint64_t upto)
    {
        while (!entries_.empty() && first() <= upto) {
            base_ = entries_.front().index;
            base_term_ = entries_.front().term;
            entries_.pop_front();
        }
    }

private:
    std::uint64_t base_;
    std::uint64_t base_term_;
    std::deque<Entry> entries_;
};

}  // namespace etcdpp::sim
