// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How the tests of selectors play the part of a call.

#include "etcdpp/selector/concept.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! etcd-0, etcd-1, ... : the number in a name is the position in the list.
inline Endpoints members(std::size_t count)
{
    auto list = std::vector<Endpoint>{};
    for (auto i = std::size_t{0}; i != count; ++i) {
        list.push_back({.host = "etcd-" + std::to_string(i)});
    }
    return Endpoints::of(std::move(list)).value();
}

//! One call: it asks a selector for its attempts, and keeps in mind which members it tried.
class Call {
public:
    explicit Call(Endpoints endpoints) : endpoints_{std::move(endpoints)} {}

    std::size_t attempt(auto& selector, std::uint64_t entropy = 0)
    {
        current_ = selector.pick({endpoints_, tried_, Idempotency::read, {}, entropy});
        if (current_ < endpoints_.size()) { tried_.set(current_); }
        return current_;
    }

    //! Says how the attempt ended.
    void ended(auto& selector, Outcome outcome) const
    {
        selector.report({endpoints_[current_], outcome, {}, {}});
    }

    //! Makes an attempt that fails, and returns the position it was made at.
    std::size_t failed_attempt(auto& selector, std::uint64_t entropy = 0)
    {
        auto const position = attempt(selector, entropy);
        ended(selector, Outcome::failed);
        return position;
    }

    Tried const& tried() const noexcept { return tried_; }

private:
    Endpoints endpoints_;
    Tried tried_;
    std::size_t current_ = 0;
};

//! Where a call of one attempt goes, which the member answers.
std::size_t answered_call(auto& selector, Endpoints const& endpoints, std::uint64_t entropy = 0)
{
    auto call = Call{endpoints};
    auto const position = call.attempt(selector, entropy);
    call.ended(selector, Outcome::answered);
    return position;
}

}  // namespace etcdpp::tests
