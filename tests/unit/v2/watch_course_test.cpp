// SPDX-License-Identifier: BSL-1.0

//! @file
//! What each answer of a member does to a watch.

#include "etcdpp/v2/watch_course.hpp"

#include "tests/support/watch_world.hpp"

#include <string>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using tests::Answer;
using tests::event_text;
using tests::HasFault;
using tests::IsError;
using tests::IsOk;
using tests::listing_text;

class TheCourse : public tests::WatchWorld {
protected:
    TheCourse() { course.member().choose(world.now()); }

    static http::Response reply(std::uint64_t index, std::string body)
    {
        return {200, Answer::headers(index), std::move(body)};
    }

    Result<void> list(std::uint64_t index = 10)
    {
        return course.listing(reply(index, listing_text({{"/app/mode", 4}})), 1ms, world.now());
    }

    Result<void> head(http::Response const& response)
    {
        return course.head(response, 1ms, world.now());
    }

    Result<void> event(http::Response const& response)
    {
        return course.event(response, world.now());
    }

    WatchCourse<TestClient> course{client, {"/app", true}, {}, false};
};

TEST_F(TheCourse, begins_with_a_listing)
{
    EXPECT_TRUE(course.lists());
    EXPECT_EQ(course.question().target, "/v2/keys/app/?recursive=true&quorum=true");

    EXPECT_THAT(list(10), IsOk());

    EXPECT_FALSE(course.lists());
    EXPECT_EQ(course.question().target, "/v2/keys/app/?wait=true&recursive=true&waitIndex=11");
    EXPECT_FALSE(course.settled());
}

TEST_F(TheCourse, settles_on_an_event)
{
    EXPECT_THAT(list(), IsOk());
    EXPECT_THAT(head(reply(10, "")), IsOk());
    EXPECT_THAT(event(reply(10, event_text(11))), IsOk());

    ASSERT_TRUE(course.has_event());
    EXPECT_EQ(course.settled().value().value().index, Index{11});
    EXPECT_EQ(course.question().target, "/v2/keys/app/?wait=true&recursive=true&waitIndex=12");
}

TEST_F(TheCourse, asks_again_after_an_empty_body)
{
    EXPECT_THAT(list(), IsOk());

    EXPECT_THAT(event(reply(10, "\r\n")), IsOk());

    EXPECT_FALSE(course.settled());
    EXPECT_EQ(course.question().target, "/v2/keys/app/?wait=true&recursive=true&waitIndex=11");
}

TEST_F(TheCourse, leaves_a_stranger)
{
    EXPECT_THAT(list(), IsOk());

    auto const taken = head({.status = 200});

    EXPECT_THAT(taken, IsError(etcdpp::Errc::not_etcd));
    EXPECT_THAT(taken, HasFault(Fault::member));
}

TEST_F(TheCourse, leaves_a_member_whose_event_is_none)
{
    EXPECT_THAT(list(), IsOk());

    EXPECT_THAT(event(reply(11, "nonsense")), HasFault(Fault::member));

    EXPECT_FALSE(course.settled());
}

TEST_F(TheCourse, lists_again_if_the_head_is_of_another_cluster)
{
    EXPECT_THAT(list(), IsOk());

    EXPECT_THAT(head({200, Answer::headers(10, "another"), ""}), IsOk());

    EXPECT_TRUE(course.lists());
}

TEST_F(TheCourse, lists_again_if_the_history_was_cleared)
{
    EXPECT_THAT(list(), IsOk());

    EXPECT_THAT(event({400, Answer::headers(1213),
                    R"({"errorCode":401,"message":"cleared","cause":"[1213/11]","index":1213})"}),
        IsOk());

    EXPECT_TRUE(course.lists());
    EXPECT_THAT(list(1213), IsOk());
    EXPECT_THAT(states(), ElementsAre("connected m0", "resynced m0"));
}

TEST_F(TheCourse, settles_on_a_verdict_once_and_rests)
{
    EXPECT_THAT(course.listing({401, Answer::headers(10),
                                   R"({"errorCode":110,"message":"requires user authentication",)"
                                   R"("cause":"Insufficient credentials","index":0})"},
                    1ms, world.now()),
        IsOk());

    EXPECT_EQ(course.settled().value().error(), Condition::unauthorized);
    EXPECT_FALSE(course.settled());
    EXPECT_GT(course.member().rests_until(), world.now());
}

TEST_F(TheCourse, cannot_ask_for_a_key_that_etcd_could_not_name)
{
    auto const bad = WatchCourse<TestClient>{client, {"/app/\xff", false}, {}, false};

    EXPECT_THAT(bad.usable(), IsError(etcdpp::Errc::invalid_argument));
}

}  // namespace
}  // namespace etcdpp::v2
