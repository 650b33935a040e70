// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/spare.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp::detail {
namespace {

TEST(Spare, gives_back_the_object_it_was_given)
{
    auto spare = Spare<int>{};
    auto object = std::make_unique<int>(7);
    auto const* const address = object.get();

    spare.keep(std::move(object));

    EXPECT_EQ(spare.take().get(), address);
}

TEST(Spare, gives_an_object_to_one_only)
{
    auto spare = Spare<int>{};
    spare.keep(std::make_unique<int>(7));

    auto const first = spare.take();

    EXPECT_NE(first, nullptr);
    EXPECT_EQ(spare.take(), nullptr);
}

TEST(Spare, keeps_one_of_several)
{
    auto spare = Spare<std::shared_ptr<int>>{};
    auto const one = std::make_shared<int>(1);
    auto const other = std::make_shared<int>(2);

    spare.keep(std::make_unique<std::shared_ptr<int>>(one));
    spare.keep(std::make_unique<std::shared_ptr<int>>(other));

    EXPECT_EQ(one.use_count(), 1);
    EXPECT_EQ(**spare.take(), 2);
}

TEST(Spare, begins_without_when_it_is_a_copy)
{
    auto spare = Spare<int>{};
    spare.keep(std::make_unique<int>(7));

    auto copy = spare;
    auto moved = std::move(copy);
    moved = spare;

    EXPECT_EQ(moved.take(), nullptr);
    EXPECT_NE(spare.take(), nullptr);
}

TEST(Spare, never_hands_one_object_to_two_threads)
{
    auto spare = Spare<int>{};
    auto threads = std::vector<std::jthread>{};
    for (auto i = 0; i != 4; ++i) {
        threads.emplace_back([&spare] {
            for (auto round = 0; round != 2'000; ++round) {
                auto mine = spare.take();
                if (mine == nullptr) { mine = std::make_unique<int>(0); }
                EXPECT_EQ(++*mine, 1);
                --*mine;
                spare.keep(std::move(mine));
            }
        });
    }
}

}  // namespace
}  // namespace etcdpp::detail
