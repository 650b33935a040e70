// SPDX-License-Identifier: BSL-1.0

//! @file
//! Threads that take turns.

#include "etcdpp/sim/stage.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;

class StageTest : public testing::Test {
protected:
    explicit StageTest(std::uint64_t seed = 1) : stage{timeline, trace, Dice{seed}, 200ms} {}

    Woken rest(Clock::duration pause, std::stop_token const& stop = {})
    {
        auto const turn = Stage::Turn{stage};
        return stage.wait(never, Deadline::after(timeline.now(), pause), stop);
    }

    Clock::duration elapsed() const { return timeline.now() - Timeline::beginning; }

    Predicate const never = [] { return false; };
    Timeline timeline;
    Trace trace;
    Stage stage;
};

using StageDeathTest = StageTest;

TEST_F(StageTest, lets_time_pass_for_who_waits)
{
    EXPECT_EQ(rest(3h), Woken::timed_out);
    EXPECT_EQ(elapsed(), 3h);
}

TEST_F(StageTest, carries_out_what_is_planned_meanwhile)
{
    auto happened = Clock::duration{};
    timeline.after(1h, [&] { happened = elapsed(); });

    rest(3h);

    EXPECT_EQ(happened, 1h);
}

TEST_F(StageTest, wakes_who_has_waited_enough)
{
    auto there = false;
    timeline.after(1h, [&] { there = true; });
    auto const turn = Stage::Turn{stage};

    EXPECT_EQ(stage.wait([&] { return there; }, Deadline::never(), {}), Woken::ready);
    EXPECT_EQ(elapsed(), 1h);
}

TEST_F(StageTest, wakes_who_was_stopped_within_the_simulation)
{
    auto stop = std::stop_source{};
    timeline.after(1h, [&] { stop.request_stop(); });

    EXPECT_EQ(rest(3h, stop.get_token()), Woken::stopped);
    EXPECT_EQ(elapsed(), 1h);
}

TEST_F(StageTest, wakes_who_was_stopped_from_outside_though_nothing_can_happen)
{
    auto stop = std::stop_source{};
    auto stopper = std::jthread{[&] { stop.request_stop(); }};
    auto const turn = Stage::Turn{stage};

    EXPECT_EQ(stage.wait(never, Deadline::never(), stop.get_token()), Woken::stopped);
}

TEST_F(StageTest, lets_one_actor_run_at_a_time)
{
    auto inside = 0;
    for (auto i = 0; i != 4; ++i) {
        stage.spawn("actor " + std::to_string(i), [&](std::stop_token const&) {
            for (auto turn = 0; turn != 100; ++turn) {
                EXPECT_EQ(++inside, 1);
                --inside;
                rest(1ms);
            }
        });
    }
    stage.join();

    EXPECT_EQ(elapsed(), 100ms);
}

TEST(Stage, repeats_the_order_of_actors_by_its_seed)
{
    auto const order = [](std::uint64_t seed) {
        auto timeline = Timeline{};
        auto const trace = Trace{};
        auto stage = Stage{timeline, trace, Dice{seed}};
        auto seen = std::string{};
        for (auto const name : {'a', 'b', 'c'}) {
            stage.spawn(std::string{name}, [&, name](std::stop_token const&) {
                for (auto turn = 0; turn != 10; ++turn) {
                    seen += name;
                    auto const own = Stage::Turn{stage};
                    stage.wait([] { return false; }, Deadline::after(timeline.now(), 1ms), {});
                }
            });
        }
        stage.join();
        return seen;
    };

    EXPECT_EQ(order(1), order(1));
    EXPECT_NE(order(1), order(2));
}

TEST_F(StageTest, gives_each_actor_a_chance_of_its_own)
{
    auto drawn = std::vector<std::uint64_t>(2);
    for (auto i = std::size_t{0}; i != 2; ++i) {
        stage.spawn(
            std::to_string(i), [&, i](std::stop_token const&) { drawn[i] = stage.dice().next(); });
    }
    stage.join();

    EXPECT_NE(drawn[0], drawn[1]);
}

TEST_F(StageTest, runs_no_actor_while_the_test_is_outside)
{
    auto ran = false;
    stage.spawn("actor", [&](std::stop_token const&) { ran = true; });

    EXPECT_FALSE(ran);
    rest(1ms);
    EXPECT_TRUE(ran);
}

TEST_F(StageTest, throws_in_join_what_an_actor_has_thrown)
{
    stage.spawn("actor", [](std::stop_token const&) { throw std::runtime_error{"lost my lock"}; });

    EXPECT_THROW(stage.join(), std::runtime_error);
}

TEST_F(StageTest, asks_its_actors_to_stop_when_it_ends)
{
    auto turns = 0;
    {
        auto other = Stage{timeline, trace, Dice{1}};
        other.spawn("actor", [&](std::stop_token const& stop) {
            while (!stop.stop_requested()) {
                ++turns;
                auto const own = Stage::Turn{other};
                other.wait(never, Deadline::after(timeline.now(), 1s), stop);
            }
        });
        auto const own = Stage::Turn{other};
        other.wait(never, Deadline::after(timeline.now(), 10s), {});
    }
    EXPECT_GE(turns, 10);
}

TEST_F(StageDeathTest, says_who_keeps_the_turn)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    auto const keep_the_turn = [this] {
        stage.spawn("the hoarder",
            [](std::stop_token const&) { std::promise<void>{}.get_future().wait(); });
        stage.join();
    };
    EXPECT_DEATH(keep_the_turn(), "the hoarder has had the turn for 200 ms");
}

TEST_F(StageDeathTest, says_who_waits_for_what_cannot_happen)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    auto const wait_for_ever = [this] {
        auto const turn = Stage::Turn{stage};
        stage.wait(never, Deadline::never(), {});
    };
    EXPECT_DEATH(wait_for_ever(), "these wait for ever: the test");
}

}  // namespace
}  // namespace etcdpp::sim
