// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/selector/concept.hpp"

#include "etcdpp/selector/leader_first.hpp"
#include "etcdpp/selector/random.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "tests/unit/selector/picking.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using tests::members;

std::size_t untried_after(
    std::size_t start, std::size_t count, std::vector<std::size_t> const& tried)
{
    auto const endpoints = members(count);
    auto bits = Tried{};
    for (auto const position : tried) { bits.set(position); }
    return untried_from(start, {endpoints, bits, Idempotency::read, {}, 0});
}

TEST(UntriedFrom, is_the_start_where_that_is_untried)
{
    EXPECT_EQ(untried_after(0, 3, {}), 0U);
    EXPECT_EQ(untried_after(2, 3, {0, 1}), 2U);
}

TEST(UntriedFrom, is_the_next_untried_round_the_end)
{
    EXPECT_EQ(untried_after(0, 3, {0}), 1U);
    EXPECT_EQ(untried_after(1, 3, {1, 2}), 0U);
    EXPECT_EQ(untried_after(2, 3, {2}), 0U);
}

TEST(UntriedFrom, is_the_start_where_all_were_tried)
{
    EXPECT_EQ(untried_after(1, 3, {0, 1, 2}), 1U);
    EXPECT_EQ(untried_after(4, 3, {0, 1, 2}), 1U);
}

TEST(UntriedFrom, takes_a_start_behind_the_end_for_a_position_round_it)
{
    EXPECT_EQ(untried_after(5, 3, {}), 2U);
    EXPECT_EQ(untried_after(5, 3, {2}), 0U);
}

TEST(UntriedFrom, finds_the_one_that_is_left_from_the_largest_start_of_all)
{
    auto const last = std::numeric_limits<std::size_t>::max();

    EXPECT_EQ(untried_after(last, 3, {0, 1}), 2U);
    EXPECT_EQ(untried_after(last, 3, {1, 2}), 0U);
    EXPECT_EQ(untried_after(last - 1, 3, {0, 2}), 1U);
}

//! Whatever the calls and their lists, a selector keeps to its contract.
template <class Selector>
class SelectorProperty : public testing::Test {
public:
    //! One call of some attempts with some outcomes, at one of the lists.
    void run_a_call()
    {
        auto const& endpoints = lists_[draw() % lists_.size()];
        auto call = tests::Call{endpoints};
        for (auto attempts = draw() % (2 * endpoints.size()) + 1; attempts != 0; --attempts) {
            auto const tried = call.tried();
            auto const position = call.attempt(selector_, draw());
            ASSERT_LT(position, endpoints.size()) << "seed " << seed;
            ASSERT_TRUE(!tried[position] || tried.count() == endpoints.size()) << "seed " << seed;
            if (draw() % 4 != 0) {
                call.ended(selector_, draw() % 2 == 0 ? Outcome::answered : Outcome::failed);
            }
        }
    }

protected:
    static constexpr auto seed = std::uint64_t{20'231'117};

private:
    std::uint64_t draw() { return engine_(); }

    std::mt19937_64 engine_{seed};
    std::vector<Endpoints> lists_ = {members(1), members(2), members(3), members(5), members(7),
        members(63), members(64),
        Endpoints::of({{.host = "etcd-2"}, {.host = "etcd-9"}, {.host = "etcd-0"}}).value()};
    Selector selector_ = {};
};

using Selectors = testing::Types<Sticky, RoundRobin, Random, LeaderFirst>;
TYPED_TEST_SUITE(SelectorProperty, Selectors);

TYPED_TEST(SelectorProperty, stays_in_range_and_prefers_the_untried_in_every_call)
{
    for (auto i = 0; i != 2000 && !this->HasFatalFailure(); ++i) { this->run_a_call(); }
}

TYPED_TEST(SelectorProperty, tries_every_member_before_it_tries_one_again)
{
    auto selector = TypeParam{};
    for (auto count = std::size_t{1}; count <= Endpoints::max_size; ++count) {
        auto call = tests::Call{members(count)};
        for (auto i = std::size_t{0}; i != count; ++i) { call.failed_attempt(selector, 7 * i); }
        EXPECT_EQ(call.tried().count(), count);
    }
}

}  // namespace
}  // namespace etcdpp
