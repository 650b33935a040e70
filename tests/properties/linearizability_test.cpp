// SPDX-License-Identifier: BSL-1.0

//! @file
//! The judge of histories: what it lets pass, and what it must not.

#include "tests/support/linearizability.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace etcdpp::tests {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Kind = Deed::Kind;
using Outcome = Deed::Outcome;

Deed read(Held value, std::uint64_t began, std::uint64_t ended)
{
    return {.key = "/k", .before = std::move(value), .began = began, .ended = ended};
}

Deed write(Held value, std::uint64_t began, std::uint64_t ended)
{
    return {.kind = Kind::write,
        .key = "/k",
        .after = std::move(value),
        .began = began,
        .ended = ended};
}

Deed swap(Held before, Held after, std::uint64_t began, std::uint64_t ended)
{
    return {.kind = Kind::swap,
        .key = "/k",
        .before = std::move(before),
        .after = std::move(after),
        .began = began,
        .ended = ended};
}

Deed refused(Deed deed)
{
    deed.outcome = Outcome::refused;
    return deed;
}

Deed unknown(Deed deed)
{
    deed.outcome = Outcome::unknown;
    return deed;
}

Deed of(std::string key, Deed deed)
{
    deed.key = std::move(key);
    return deed;
}

TEST(Linearizability, holds_where_nothing_happened)
{
    EXPECT_THAT(objection({}), IsEmpty());
}

TEST(Linearizability, begins_with_nothing_at_a_key)
{
    EXPECT_THAT(objection({read({}, 1, 2)}), IsEmpty());
    EXPECT_THAT(objection({read("a", 1, 2)}), Not(IsEmpty()));
}

TEST(Linearizability, holds_for_one_deed_after_another)
{
    EXPECT_THAT(
        objection({write("a", 1, 2), read("a", 3, 4), write({}, 5, 6), read({}, 7, 8)}), IsEmpty());
}

TEST(Linearizability, is_broken_by_a_read_of_the_past)
{
    EXPECT_THAT(objection({write("a", 1, 2), write("b", 3, 4), read("a", 5, 6)}), Not(IsEmpty()));
}

TEST(Linearizability, is_broken_by_a_write_that_was_acknowledged_and_is_not_there)
{
    EXPECT_THAT(objection({write("a", 1, 2), read({}, 3, 4)}), Not(IsEmpty()));
}

TEST(Linearizability, lets_what_overlaps_happen_in_any_order)
{
    EXPECT_THAT(objection({write("a", 1, 4), write("b", 2, 3), read("a", 5, 6)}), IsEmpty());
    EXPECT_THAT(objection({write("a", 1, 4), write("b", 2, 3), read("b", 5, 6)}), IsEmpty());
    EXPECT_THAT(objection({write("a", 1, 6), read({}, 2, 3), read("a", 4, 5)}), IsEmpty());
}

TEST(Linearizability, is_broken_by_two_readers_who_see_two_writes_in_two_orders)
{
    EXPECT_THAT(objection({write("a", 1, 10), write("b", 2, 11), read("a", 3, 4), read("b", 5, 6),
                    read("a", 7, 8)}),
        Not(IsEmpty()));
}

TEST(Linearizability, is_broken_by_a_read_that_goes_back_while_the_write_is_under_way)
{
    EXPECT_THAT(objection({write("a", 1, 6), read("a", 2, 3), read({}, 4, 5)}), Not(IsEmpty()));
}

TEST(Linearizability, lets_a_write_of_unknown_effect_happen_late)
{
    EXPECT_THAT(objection({unknown(write("a", 1, 2)), read({}, 3, 4), write("b", 5, 6),
                    read("b", 7, 8), read("a", 9, 10)}),
        IsEmpty());
}

TEST(Linearizability, lets_a_write_of_unknown_effect_never_happen)
{
    EXPECT_THAT(objection({unknown(write("a", 1, 2)), read({}, 3, 4)}), IsEmpty());
}

TEST(Linearizability, is_broken_by_a_write_of_unknown_effect_that_happens_twice)
{
    EXPECT_THAT(
        objection({unknown(write("a", 1, 2)), read("a", 3, 4), write("b", 5, 6), read("a", 7, 8)}),
        Not(IsEmpty()));
}

TEST(Linearizability, is_broken_by_a_write_of_unknown_effect_that_happens_before_it_begins)
{
    EXPECT_THAT(objection({read("a", 1, 2), unknown(write("a", 3, 4))}), Not(IsEmpty()));
}

TEST(Linearizability, lets_one_of_two_swaps_win)
{
    EXPECT_THAT(
        objection({swap({}, "a", 1, 3), refused(swap({}, "b", 2, 4)), read("a", 5, 6)}), IsEmpty());
}

TEST(Linearizability, is_broken_by_two_swaps_that_both_win)
{
    EXPECT_THAT(objection({swap({}, "a", 1, 3), swap({}, "b", 2, 4)}), Not(IsEmpty()));
}

TEST(Linearizability, is_broken_by_a_swap_that_is_refused_without_cause)
{
    EXPECT_THAT(objection({write("a", 1, 2), refused(swap("a", "b", 3, 4))}), Not(IsEmpty()));
}

TEST(Linearizability, is_broken_by_a_refused_swap_that_shows)
{
    EXPECT_THAT(objection({write("a", 1, 2), refused(swap("x", "b", 3, 4)), read("b", 5, 6)}),
        Not(IsEmpty()));
}

TEST(Linearizability, lets_a_swap_of_unknown_effect_happen_only_where_it_fits)
{
    EXPECT_THAT(
        objection({write("a", 1, 2), unknown(swap("a", "b", 3, 4)), read("b", 5, 6)}), IsEmpty());
    EXPECT_THAT(objection({write("x", 1, 2), unknown(swap("a", "b", 3, 4)), read("b", 5, 6)}),
        Not(IsEmpty()));
}

TEST(Linearizability, is_judged_key_by_key)
{
    EXPECT_THAT(objection({of("/a", write("1", 1, 2)), of("/b", read({}, 3, 4))}), IsEmpty());
    EXPECT_THAT(objection({of("/a", write("1", 1, 2)), of("/b", read("1", 3, 4))}),
        HasSubstr("told of /b:\n  [3, 4] read \"1\"\n"));
}

TEST(Linearizability, does_not_depend_on_the_order_in_which_deeds_were_noted)
{
    EXPECT_THAT(objection({read("a", 3, 4), write("a", 1, 2)}), IsEmpty());
    EXPECT_THAT(objection({read({}, 3, 4), write("a", 1, 2)}), Not(IsEmpty()));
}

TEST(Linearizability, is_judged_fast_in_a_long_history_with_a_dozen_unknown_writes)
{
    auto history = std::vector<Deed>{};
    auto tick = std::uint64_t{0};
    for (auto i = 0; i != 300; ++i) {
        auto const value = std::to_string(i);
        auto deed = write(value, tick + 1, tick + 2);
        history.push_back(i % 25 == 24 ? unknown(deed) : deed);
        auto const seen = i % 25 == 24 ? std::to_string(i - 1) : value;
        history.push_back(read(seen, tick + 3, tick + 4));
        tick += 4;
    }
    EXPECT_THAT(objection(history), IsEmpty());

    history.push_back(read("0", tick + 1, tick + 2));
    EXPECT_THAT(objection(history), Not(IsEmpty()));
}

TEST(Linearizability, takes_its_ticks_in_one_order)
{
    auto history = History{};
    auto const first = history.tick();
    auto const second = history.tick();

    EXPECT_LT(first, second);
    history.add(write("a", first, second));
    EXPECT_EQ(history.deeds().size(), 1U);
}

}  // namespace
}  // namespace etcdpp::tests
