// SPDX-License-Identifier: BSL-1.0

//! @file
//! Who is asked next, and who hears of it.

#include "etcdpp/v2/watch_member.hpp"

#include "tests/support/watch_world.hpp"

#include <string>
#include <vector>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::Ge;
using testing::Le;

class TheMember : public tests::WatchWorld {
protected:
    static Error trouble() { return Error{make_error_code(etcdpp::Errc::unreachable)}; }

    void choose_and_fail()
    {
        member.choose(world.now());
        member.failed(trouble(), world.now());
    }

    Clock::duration rest() const { return member.rests_until() - world.now(); }

    WatchMember<TestClient> member{client, "/app"};
};

TEST_F(TheMember, is_the_selectors_choice)
{
    EXPECT_FALSE(member.is_current());

    EXPECT_TRUE(member.choose(world.now()));

    EXPECT_TRUE(member.is_current());
    EXPECT_EQ(member.endpoint().host, "m0");
    EXPECT_EQ(member.since(), world.now());
}

TEST_F(TheMember, stays_while_it_works)
{
    member.choose(world.now());
    world.pass(1h);

    EXPECT_FALSE(member.choose(world.now()));

    EXPECT_EQ(member.since(), world.now() - 1h);
}

TEST_F(TheMember, is_connected_once_it_answered)
{
    member.choose(world.now());
    EXPECT_FALSE(member.is_connected());

    member.answered(1ms, world.now());
    member.answered(1ms, world.now());

    EXPECT_TRUE(member.is_connected());
    EXPECT_THAT(states(), ElementsAre("connected m0"));
}

TEST_F(TheMember, is_another_after_a_failure)
{
    choose_and_fail();
    EXPECT_FALSE(member.is_connected());

    EXPECT_TRUE(member.choose(world.now()));

    EXPECT_EQ(member.endpoint().host, "m1");
    EXPECT_THAT(states(), ElementsAre("stalled m0", "moved m1"));
}

TEST_F(TheMember, says_why_the_last_was_left_until_one_answers)
{
    EXPECT_EQ(member.trouble(), nullptr);
    choose_and_fail();
    ASSERT_NE(member.trouble(), nullptr);
    EXPECT_EQ(*member.trouble(), make_error_code(etcdpp::Errc::unreachable));

    member.choose(world.now());
    member.answered(1ms, world.now());

    EXPECT_EQ(member.trouble(), nullptr);
}

TEST_F(TheMember, is_looked_for_without_a_rest_until_all_have_failed)
{
    choose_and_fail();
    choose_and_fail();
    EXPECT_LE(rest(), 0ms);

    choose_and_fail();

    EXPECT_THAT(rest(), AllOf(Ge(25ms), Le(75ms)));
}

TEST_F(TheMember, that_fails_after_progress_is_the_first_to_fail_again)
{
    choose_and_fail();
    choose_and_fail();
    member.progressed();

    choose_and_fail();

    EXPECT_LE(rest(), 0ms);
}

TEST_F(TheMember, may_answer_in_vain_once_without_a_rest)
{
    member.choose(world.now());
    member.in_vain(world.now());
    EXPECT_LE(rest(), 0ms);

    member.in_vain(world.now());

    EXPECT_GE(rest(), 25ms);
}

TEST_F(TheMember, is_left_if_the_client_does_not_know_it_any_more)
{
    member.choose(world.now());
    client.set_endpoints(Endpoints::parse("http://n0:2379").value());
    EXPECT_FALSE(member.is_current());

    EXPECT_TRUE(member.choose(world.now()));

    EXPECT_EQ(member.endpoint().host, "n0");
    EXPECT_THAT(states(), ElementsAre("moved n0"));
}

TEST_F(TheMember, tells_how_far_the_watch_has_come)
{
    member.choose(world.now());
    member.reached(Index{17});

    member.tell(WatchState::resynced);

    EXPECT_THAT(
        world.lines(), ElementsAre("the watch of /app resynced at http://m0:2379 up to index 17"));
}

}  // namespace
}  // namespace etcdpp::v2
