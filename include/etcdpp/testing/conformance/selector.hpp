// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every selector must do, as tests. Yours passes them if these three lines do:
//!
//!     #include <etcdpp/testing/conformance/selector.hpp>
//!     static_assert(etcdpp::check_selector<Nearest>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, SelectorSuite, ByDefault<Nearest>); }
//!
//! In place of `ByDefault<Nearest>` any type will do whose `make()` returns a selector, each time
//! one that behaves the same. Run it with a thread sanitizer too.

#include "etcdpp/selector/concept.hpp"
#include "etcdpp/testing/conformance/by_default.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {

template <class Maker>
class SelectorSuite : public testing::Test {
protected:
    using Selector = decltype(std::declval<Maker&>().make());

    static Endpoint member(std::size_t number)
    {
        return {.host = "10.0.0." + std::to_string(number + 1)};
    }

    static Endpoints members(std::size_t count)
    {
        auto list = std::vector<Endpoint>{};
        for (auto i = std::size_t{0}; i != count; ++i) { list.push_back(member(i)); }
        return Endpoints::of(std::move(list)).value();
    }

    //! A moment of a run, a second after the one before.
    static Clock::time_point at(std::size_t step)
    {
        return Clock::time_point{std::chrono::hours{1} + std::chrono::seconds{step}};
    }

    static std::size_t ask(Selector& selector, Endpoints const& endpoints, Tried const& tried,
        std::uint64_t entropy, std::size_t step = 0)
    {
        return selector.pick({endpoints, tried, Idempotency::read, at(step), entropy});
    }

    static void tell(
        Selector& selector, Endpoint const& endpoint, Outcome outcome, std::size_t step = 0)
    {
        selector.report({endpoint, outcome, std::chrono::milliseconds{7}, at(step)});
    }

    //! What it picks in a run of calls of which every third attempt fails.
    static std::vector<std::size_t> picks(Selector& selector, std::size_t calls)
    {
        auto const endpoints = members(5);
        auto picked = std::vector<std::size_t>{};
        for (auto step = std::size_t{0}; step != calls; ++step) {
            auto const entropy = entropies[step % entropies.size()];
            picked.push_back(ask(selector, endpoints, {}, entropy, step));
            tell(selector, endpoints[picked.back()],
                step % 3 == 0 ? Outcome::failed : Outcome::answered, step);
        }
        return picked;
    }

    static constexpr std::array<std::uint64_t, 6> entropies{0, 1, 0x9e3779b97f4a7c15U,
        0x8000000000000000U, 0x5555555555555555U, std::numeric_limits<std::uint64_t>::max()};

    Maker maker{};
    Selector selector{maker.make()};
};

TYPED_TEST_SUITE_P(SelectorSuite);

TYPED_TEST_P(SelectorSuite, picks_a_member_of_the_list)
{
    for (auto const count : {1U, 2U, 3U, 7U, 64U}) {
        auto const endpoints = this->members(count);
        for (auto const entropy : this->entropies) {
            EXPECT_LT(this->ask(this->selector, endpoints, {}, entropy), count) << entropy;
        }
    }
}

TYPED_TEST_P(SelectorSuite, picks_what_the_call_has_not_tried_while_there_is_such)
{
    constexpr auto count = std::size_t{4};
    auto const endpoints = this->members(count);
    for (auto bits = 0U; bits != (1U << count) - 1; ++bits) {
        auto const tried = Tried{bits};
        for (auto const entropy : this->entropies) {
            auto const position = this->ask(this->selector, endpoints, tried, entropy);
            ASSERT_LT(position, count);
            EXPECT_FALSE(tried[position]) << "tried: " << tried << ", entropy: " << entropy;
            this->tell(this->selector, endpoints[position], Outcome::failed);
        }
    }
}

TYPED_TEST_P(SelectorSuite, reaches_every_member_in_one_call)
{
    for (auto const count : {1U, 3U, 64U}) {
        auto const endpoints = this->members(count);
        auto tried = Tried{};
        for (auto attempt = 0U; attempt != count; ++attempt) {
            auto const position = this->ask(
                this->selector, endpoints, tried, this->entropies[attempt % 6], attempt);
            tried.set(position);
            this->tell(this->selector, endpoints[position], Outcome::failed, attempt);
        }
        EXPECT_EQ(tried.count(), count);
    }
}

TYPED_TEST_P(SelectorSuite, picks_some_member_once_all_were_tried)
{
    auto const endpoints = this->members(3);
    for (auto const entropy : this->entropies) {
        EXPECT_LT(this->ask(this->selector, endpoints, Tried{0b111}, entropy), 3U) << entropy;
    }
}

TYPED_TEST_P(SelectorSuite, hears_of_a_member_that_left_the_list)
{
    auto const before = this->members(7);
    auto const after = Endpoints::of({this->member(20)}).value();
    auto const gone = this->ask(this->selector, before, {}, 6);

    this->tell(this->selector, before[gone], Outcome::answered);
    this->tell(this->selector, before[gone], Outcome::failed);

    EXPECT_EQ(this->ask(this->selector, after, {}, 6), 0U);
    this->tell(this->selector, before[gone], Outcome::answered);
    EXPECT_EQ(this->ask(this->selector, after, {}, 6), 0U);
}

TYPED_TEST_P(SelectorSuite, picks_the_same_when_told_the_same)
{
    auto twin = this->maker.make();

    EXPECT_EQ(this->picks(this->selector, 60), this->picks(twin, 60));
}

TYPED_TEST_P(SelectorSuite, takes_along_what_it_learnt_when_it_moves)
{
    auto twin = this->maker.make();
    this->picks(this->selector, 10);
    this->picks(twin, 10);

    auto moved = std::move(twin);

    EXPECT_EQ(this->picks(moved, 20), this->picks(this->selector, 20));
}

TYPED_TEST_P(SelectorSuite, may_be_used_from_many_threads_at_once)
{
    auto const endpoints = this->members(5);
    auto const use = [&](std::size_t thread) {
        for (auto step = std::size_t{0}; step != 1000; ++step) {
            auto const entropy = thread * 31 + step;
            auto const position = this->ask(this->selector, endpoints, {}, entropy, step);
            ASSERT_LT(position, endpoints.size());
            this->tell(this->selector, endpoints[position],
                step % 7 == 0 ? Outcome::failed : Outcome::answered, step);
        }
    };
    auto threads = std::vector<std::jthread>{};
    for (auto thread = std::size_t{0}; thread != 4; ++thread) { threads.emplace_back(use, thread); }
}

REGISTER_TYPED_TEST_SUITE_P(SelectorSuite, picks_a_member_of_the_list,
    picks_what_the_call_has_not_tried_while_there_is_such, reaches_every_member_in_one_call,
    picks_some_member_once_all_were_tried, hears_of_a_member_that_left_the_list,
    picks_the_same_when_told_the_same, takes_along_what_it_learnt_when_it_moves,
    may_be_used_from_many_threads_at_once);

}  // namespace etcdpp
