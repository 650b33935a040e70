// SPDX-License-Identifier: BSL-1.0

//! @file
//! Every sequence of up to four outcomes, against an oracle written from the promises alone.

#include "etcdpp/call/attempts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace etcdpp {
namespace {

enum class Met : std::uint8_t { success, none, unknown, applied, verdict };

constexpr auto all_outcomes = std::array{
    Met::success, Met::none, Met::unknown, Met::applied, Met::verdict};
constexpr auto longest = std::size_t{4};

struct Setting {
    Idempotency kind;
    bool repeat_overwrites;
};

constexpr auto all_settings = std::array{Setting{Idempotency::read, false},
    Setting{Idempotency::read, true}, Setting{Idempotency::overwrite, false},
    Setting{Idempotency::overwrite, true}, Setting{Idempotency::once_only, false},
    Setting{Idempotency::once_only, true}};

enum class Settled : std::uint8_t { success, verdict, exhausted };

struct Story {
    std::size_t sent = 0;
    Settled settled = Settled::success;
    Effect effect = Effect::none;  //!< without meaning after a success

    friend bool operator==(Story const&, Story const&) = default;
};

std::ostream& operator<<(std::ostream& out, Story const& story)
{
    return out << story.sent << " sent, settled " << static_cast<int>(story.settled) << ", effect "
               << story.effect;
}

//! The course that DESIGN section 4 promises, told by looking at the whole sequence at once.
Story promised(std::span<Met const> outcomes, Setting setting)
{
    auto const is_write = setting.kind != Idempotency::read;
    auto const one_of = [](std::initializer_list<Met> these) {
        return [list = std::vector(these)](Met met) { return std::ranges::count(list, met) != 0; };
    };
    auto last_words = std::vector{Met::success, Met::verdict};
    if (is_write) { last_words.push_back(Met::applied); }
    auto const may_repeat_unknown = !is_write
        || (setting.kind == Idempotency::overwrite && setting.repeat_overwrites);
    if (!may_repeat_unknown) { last_words.push_back(Met::unknown); }

    auto const end = std::ranges::find_first_of(outcomes, last_words);
    auto const sent = static_cast<std::size_t>(end - outcomes.begin()) + (end != outcomes.end());
    auto const carried_out = outcomes.first(sent);
    auto const effect = !is_write                                  ? Effect::none
        : std::ranges::any_of(carried_out, one_of({Met::applied})) ? Effect::applied
        : std::ranges::any_of(carried_out, one_of({Met::unknown})) ? Effect::unknown
                                                                   : Effect::none;
    switch (carried_out.back()) {
    case Met::success: return {sent, Settled::success, Effect::none};
    case Met::verdict: return {sent, Settled::verdict, effect};
    default: return {sent, Settled::exhausted, effect};
    }
}

Error error_of(Met met)
{
    switch (met) {
    case Met::none: return Error{Errc::unreachable, {.effect = Effect::none}};
    case Met::applied: return Error{Errc::timed_out, {.effect = Effect::applied}};
    case Met::verdict:
        return Error{std::make_error_code(std::errc::file_exists),
            {.effect = Effect::none, .fault = Fault::request}};
    default: return Error{Errc::timed_out, {.effect = Effect::unknown}};
    }
}

struct First {
    std::size_t pick(Pick const& pick) const noexcept { return untried_from(0, pick); }
    void report(Report const&) noexcept {}
};

struct AsOftenAs {
    Pause next(Failure const& failure, std::uint64_t) const noexcept
    {
        return failure.attempt < times ? Pause{Clock::duration::zero()} : std::nullopt;
    }

    std::size_t times;
};

//! What the machine does, with a policy that gives up where the sequence ends.
Story told(std::span<Met const> outcomes, Setting setting)
{
    auto selector = First{};
    auto attempts = Attempts{Endpoints::parse("http://etcd-a:2379,http://etcd-b:2379").value(),
        Terms{.idempotency = setting.kind, .repeat_overwrites = setting.repeat_overwrites},
        selector, AsOftenAs{outcomes.size()}};
    auto const now = Clock::time_point{};
    for (auto sent = std::size_t{0}; sent != outcomes.size();) {
        if (attempts.next(now, 0) == nullptr) { break; }
        auto const met = outcomes[sent++];
        if (met == Met::success) { return {sent, Settled::success, Effect::none}; }
        if (attempts.failed(error_of(met), now, 0)) { continue; }
        auto const error = std::move(attempts).conclusion();
        return {
            sent, error == Errc::exhausted ? Settled::exhausted : Settled::verdict, error.effect()};
    }
    ADD_FAILURE() << "the call does not end";
    return {};
}

//! The `number`-th sequence of that length, written with outcomes for digits.
std::vector<Met> sequence(std::size_t number, std::size_t length)
{
    auto outcomes = std::vector<Met>{};
    for (; outcomes.size() != length; number /= all_outcomes.size()) {
        outcomes.push_back(all_outcomes[number % all_outcomes.size()]);
    }
    return outcomes;
}

std::string spelled(std::span<Met const> outcomes, Setting setting)
{
    constexpr auto names = std::array{"success", "none", "unknown", "applied", "verdict"};
    auto text = std::string{name(setting.kind)}
        + (setting.repeat_overwrites ? ", repeating:" : ":");
    for (auto const met : outcomes) { (text += ' ') += names[static_cast<std::size_t>(met)]; }
    return text;
}

template <class Visit>
std::size_t for_each_sequence(Visit const& visit)
{
    auto visited = std::size_t{0};
    auto count = std::size_t{1};
    for (auto length = std::size_t{1}; length <= longest; ++length) {
        count *= all_outcomes.size();
        for (auto number = std::size_t{0}; number != count; ++number) {
            for (auto const setting : all_settings) {
                visit(sequence(number, length), setting);
                ++visited;
            }
        }
    }
    return visited;
}

TEST(AttemptsModel, agrees_with_the_promises_on_every_sequence_of_outcomes)
{
    auto const visited = for_each_sequence([](auto const& outcomes, Setting setting) {
        EXPECT_EQ(told(outcomes, setting), promised(outcomes, setting))
            << spelled(outcomes, setting);
    });

    EXPECT_EQ(visited, (5U + 25U + 125U + 625U) * all_settings.size());
}

TEST(AttemptsModel, sends_nothing_behind_an_outcome_that_may_stand_unless_the_caller_allowed_it)
{
    for_each_sequence([](auto const& outcomes, Setting setting) {
        if (setting.kind == Idempotency::read) { return; }
        auto const allowed = setting.kind == Idempotency::overwrite && setting.repeat_overwrites;
        auto const sent = told(outcomes, setting).sent;
        for (auto i = std::size_t{0}; i + 1 < sent; ++i) {
            EXPECT_TRUE(outcomes[i] == Met::none || (outcomes[i] == Met::unknown && allowed))
                << spelled(outcomes, setting);
        }
    });
}

TEST(AttemptsModel, promises_no_effect_only_where_no_attempt_can_have_had_one)
{
    for_each_sequence([](auto const& outcomes, Setting setting) {
        auto const story = told(outcomes, setting);
        if (story.settled == Settled::success || setting.kind == Idempotency::read) { return; }
        auto const sent = std::span{outcomes}.first(story.sent);
        auto const harmless = std::ranges::all_of(
            sent, [](Met met) { return met == Met::none || met == Met::verdict; });
        EXPECT_EQ(story.effect == Effect::none, harmless) << spelled(outcomes, setting);
    });
}

}  // namespace
}  // namespace etcdpp
