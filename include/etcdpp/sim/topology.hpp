// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Which members run, and who reaches whom.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace etcdpp::sim {

//! Members by their number, from 0.
class Topology {
public:
    explicit Topology(std::size_t members)
        : states_(members), cut_(members * members), cut_off_(members)
    {
    }

    std::size_t size() const noexcept { return states_.size(); }

    bool is_alive(std::size_t member) const { return states_.at(member) != State::dead; }
    bool is_paused(std::size_t member) const { return states_.at(member) == State::paused; }
    bool runs(std::size_t member) const { return states_.at(member) == State::running; }

    void kill(std::size_t member) { states_.at(member) = State::dead; }
    void pause(std::size_t member) { states_.at(member) = State::paused; }
    void run(std::size_t member) { states_.at(member) = State::running; }

    //! Whether a message sent now between two members arrives.
    bool are_linked(std::size_t one, std::size_t other) const
    {
        return runs(one) && runs(other) && !cut_[one * size() + other];
    }

    //! Whether clients reach that member.
    bool is_reachable(std::size_t member) const { return !cut_off_.at(member); }

    //! Members of one group reach each other and nobody else; one that no group names is alone.
    void partition(std::vector<std::vector<std::size_t>> const& groups)
    {
        auto group_of = std::vector<std::size_t>(size());
        for (auto i = std::size_t{0}; i != size(); ++i) { group_of[i] = groups.size() + i; }
        for (auto g = std::size_t{0}; g != groups.size(); ++g) {
            for (auto const member : groups[g]) { group_of.at(member) = g; }
        }
        for (auto i = std::size_t{0}; i != cut_.size(); ++i) {
            cut_[i] = group_of[i / size()] != group_of[i % size()];
        }
    }

    void cut_off(std::size_t member) { cut_off_.at(member) = true; }

    //! Every link between members, and between clients and members.
    void heal()
    {
        cut_.assign(cut_.size(), false);
        cut_off_.assign(cut_off_.size(), false);
    }

private:
    enum class State : std::uint8_t { running, paused, dead };

    std::vector<State> states_;
    std::vector<bool> cut_;      //!< of each pair of members
    std::vector<bool> cut_off_;  //!< from clients
};

}  // namespace etcdpp::sim
