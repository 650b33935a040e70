// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A client whose calls are written down, for whoever looks for an order that explains them.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/sim/dice.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"
#include "tests/support/linearizability.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace etcdpp::tests {

//! Reads and writes two keys, and notes what it is told. Every value is written once: those who
//! share a history have different names.
template <class Keys>
class Scribe {
public:
    Scribe(Keys const& keys, History& history, std::string name, sim::Dice const& dice, bool quorum)
        : keys_{keys}, history_{history}, name_{std::move(name)}, quorum_{quorum},
          dice_{dice.fork(name_)}
    {
    }

    //! Makes one call.
    void act()
    {
        using Kind = Deed::Kind;
        auto deed = Deed{.key = dice_.happens(1, 2) ? "/app/a" : "/app/b"};
        auto const value = name_ + std::to_string(++calls_);
        auto const& known = last_seen_[deed.key];
        auto const call = CallOptions{.timeout = std::chrono::seconds{4}};
        auto const choice = dice_.below(10);
        deed.began = history_.tick();
        if (choice < 4) {
            note(deed, keys_.get(deed.key, {.quorum = quorum_}, call));
        } else if (choice < 6) {
            deed.kind = Kind::write;
            deed.after = value;
            note(deed, keys_.set(deed.key, value, {}, call));
        } else if (!known) {
            deed.kind = Kind::swap;
            deed.after = value;
            note(deed, keys_.create(deed.key, value, {}, call));
        } else if (choice < 9) {
            deed.kind = Kind::swap;
            deed.before = known;
            deed.after = value;
            note(deed, keys_.compare_and_swap(deed.key, value, {.prev_value = known}, {}, call));
        } else {
            deed.kind = Kind::swap;
            deed.before = known;
            note(deed, keys_.compare_and_remove(deed.key, {.prev_value = known}, call));
        }
    }

    //! For a pause: less than that.
    std::chrono::milliseconds some_of(std::chrono::milliseconds most)
    {
        return std::chrono::milliseconds{dice_.below(static_cast<std::uint64_t>(most.count()))};
    }

private:
    void note(Deed& deed, Result<v2::Response> const& told)
    {
        deed.ended = history_.tick();
        auto const is_read = deed.kind == Deed::Kind::read;
        auto const is_absent = !told && told.error() == v2::Errc::key_not_found;
        if (is_read && !told && !is_absent) { return; }
        if (is_read && told) { deed.before = told->node.value; }
        if (!is_read && !told) {
            auto const is_verdict = is_absent || told.error() == v2::Errc::test_failed
                || told.error() == v2::Errc::node_exist;
            if (told.error().effect() != Effect::none) {
                deed.outcome = Deed::Outcome::unknown;
            } else if (is_verdict) {
                deed.outcome = Deed::Outcome::refused;
            } else {
                return;
            }
        }
        if (is_read || told) { last_seen_[deed.key] = is_read ? deed.before : deed.after; }
        history_.add(deed);
    }

    Keys const& keys_;
    History& history_;
    std::string name_;
    bool quorum_;
    sim::Dice dice_;
    int calls_ = 0;
    std::map<std::string, Held> last_seen_;
};

}  // namespace etcdpp::tests
