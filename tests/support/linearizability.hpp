// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether what clients were told of a few keys fits one order in which it can have happened.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! What stands at a key; nothing if the key is not there.
using Held = std::optional<std::string>;

//! One operation on one key, as its client saw it.
struct Deed {
    enum class Kind : std::uint8_t {
        read,   //!< saw `before`
        write,  //!< made it `after`, whatever was there
        swap,   //!< made it `after` because `before` was there: a create, a compare-and-swap
    };

    enum class Outcome : std::uint8_t {
        done,
        refused,  //!< a swap's verdict: something other than `before` was there
        unknown,  //!< done after `began`, however late, or never
    };

    static constexpr auto never = std::numeric_limits<std::uint64_t>::max();

    Kind kind = Kind::read;
    std::string key = {};
    Held before = {};
    Held after = {};
    Outcome outcome = Outcome::done;
    std::uint64_t began = 0;  //!< a place in the order of all beginnings and ends
    std::uint64_t ended = never;
};

inline std::ostream& operator<<(std::ostream& out, Deed const& deed)
{
    auto const show = [](Held const& held) { return held ? '"' + *held + '"' : "nothing"; };
    out << '[' << deed.began << ", ";
    if (deed.ended == Deed::never) {
        out << "...] ";
    } else {
        out << deed.ended << "] ";
    }
    switch (deed.kind) {
    case Deed::Kind::read: out << "read " << show(deed.before); break;
    case Deed::Kind::write: out << "write " << show(deed.after); break;
    case Deed::Kind::swap: out << "swap " << show(deed.before) << " for " << show(deed.after);
    }
    switch (deed.outcome) {
    case Deed::Outcome::done: return out;
    case Deed::Outcome::refused: return out << ": refused";
    case Deed::Outcome::unknown: return out << ": unknown";
    }
    return out;
}

//! What several clients did. Deeds that had no effect, and reads that failed, are left out.
//!
//! Threads
//!   All may be called from several threads at once. Ticks are one order for all of them, so that
//!   no clock is needed: if one deed ended before another began, its tick is lower.
class History {
public:
    //! The next place in the order: taken before a call is made, and behind it.
    std::uint64_t tick() noexcept { return ++ticks_; }

    void add(Deed deed)
    {
        auto const lock = std::lock_guard{mutex_};
        deeds_.push_back(std::move(deed));
    }

    std::vector<Deed> deeds() const
    {
        auto const lock = std::lock_guard{mutex_};
        return deeds_;
    }

private:
    std::atomic<std::uint64_t> ticks_ = 0;
    std::mutex mutable mutex_;
    std::vector<Deed> deeds_;
};

namespace detail {

//! The search of Wing and Gong: takes one deed after another that may be the next, and goes back
//! where none is left. Which deeds are taken and what they made of the key say all about the rest,
//! so no such pair is looked at twice (Lowe).
class Register {
public:
    //! All deeds are of one key, at which nothing stands to begin with.
    explicit Register(std::vector<Deed> deeds) : deeds_{std::move(deeds)}, taken_(deeds_.size())
    {
        std::ranges::sort(deeds_, {}, &Deed::began);
    }

    bool is_linearizable() { return continues(std::nullopt); }

    std::vector<Deed> const& deeds() const noexcept { return deeds_; }

private:
    bool continues(Held const& held)
    {
        auto const until = first_end();
        if (until == Deed::never) { return true; }  // what is left need never happen
        if (!seen_.emplace(taken_, held).second) { return false; }
        for (auto i = std::size_t{0}; i != deeds_.size() && deeds_[i].began < until; ++i) {
            if (taken_[i] || !may_meet(deeds_[i], held)) { continue; }
            if (deeds_[i].outcome == Deed::Outcome::unknown && !is_seen(i, until)) { continue; }
            taken_[i] = true;
            if (continues(changes(deeds_[i]) ? deeds_[i].after : held)) { return true; }
            taken_[i] = false;
        }
        return false;
    }

    //! No deed that began later can be the next.
    std::uint64_t first_end() const
    {
        auto first = Deed::never;
        for (auto i = std::size_t{0}; i != deeds_.size(); ++i) {
            auto const must_happen = deeds_[i].outcome != Deed::Outcome::unknown;
            if (!taken_[i] && must_happen) { first = std::min(first, deeds_[i].ended); }
        }
        return first;
    }

    //! Whether what that deed made can show in the next one. If not, it need not happen now: in the
    //! same order without it, everybody was told the same.
    bool is_seen(std::size_t which, std::uint64_t until) const
    {
        for (auto i = std::size_t{0}; i != deeds_.size() && deeds_[i].began < until; ++i) {
            auto const looks = i != which && !taken_[i] && deeds_[i].kind != Deed::Kind::write;
            if (looks && may_meet(deeds_[i], deeds_[which].after)) { return true; }
        }
        return false;
    }

    static bool may_meet(Deed const& deed, Held const& held)
    {
        if (deed.kind == Deed::Kind::write) { return true; }
        return (held == deed.before) == (deed.outcome != Deed::Outcome::refused);
    }

    static bool changes(Deed const& deed)
    {
        return deed.kind != Deed::Kind::read && deed.outcome != Deed::Outcome::refused;
    }

    std::vector<Deed> deeds_;
    std::vector<bool> taken_;
    std::set<std::pair<std::vector<bool>, Held>> seen_;
};

}  // namespace detail

//! Empty if each key's deeds fit one order which keeps to what ended before what began; else a key
//! of which they do not, and its deeds. Keys are registers of their own, empty to begin with: what
//! is linearizable for each key is so for all. Time and memory double, at worst, with every deed
//! under way at once, and with every one of unknown outcome that somebody may have seen.
inline std::string objection(std::vector<Deed> const& history)
{
    auto keys = std::map<std::string, std::vector<Deed>>{};
    for (auto const& deed : history) { keys[deed.key].push_back(deed); }
    for (auto& [key, deeds] : keys) {
        auto one = detail::Register{std::move(deeds)};
        if (one.is_linearizable()) { continue; }
        auto words = std::ostringstream{};
        words << "no order explains what was told of " << key << ":\n";
        for (auto const& deed : one.deeds()) { words << "  " << deed << '\n'; }
        return words.str();
    }
    return {};
}

}  // namespace etcdpp::tests
