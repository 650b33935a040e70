// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a watch asks, word by word.

#include "etcdpp/v2/watch_questions.hpp"

#include "tests/support/watch_world.hpp"

namespace etcdpp::v2 {
namespace {

using tests::event_text;

using TheQuestions = tests::WatchWorld;

TEST_F(TheQuestions, ask_for_all_there_is_through_raft)
{
    auto const questions = WatchQuestions{client, {"/app", true}};

    EXPECT_EQ(questions.listing().target, "/v2/keys/app/?recursive=true&quorum=true");
}

TEST_F(TheQuestions, ask_for_the_events_from_one_index_after_another)
{
    auto questions = WatchQuestions{client, {"/app", false}};

    EXPECT_EQ(questions.events_from(Index{11}).target, "/v2/keys/app?wait=true&waitIndex=11");
    EXPECT_EQ(questions.events_from(Index{7}).target, "/v2/keys/app?wait=true&waitIndex=7");
    EXPECT_EQ(questions.events_from(Index{1200}).target, "/v2/keys/app?wait=true&waitIndex=1200");
}

TEST_F(TheQuestions, carry_the_clients_credentials)
{
    auto questions = WatchQuestions{client, {"/app", false}};

    EXPECT_TRUE(questions.listing().headers.find("Authorization"));
    EXPECT_TRUE(questions.events_from(Index{1}).headers.find("Authorization"));
}

TEST_F(TheQuestions, are_none_of_a_key_that_etcd_could_not_name)
{
    auto const questions = WatchQuestions{client, {"/app/\xff", false}};

    EXPECT_THAT(questions.usable(), tests::IsError(etcdpp::Errc::invalid_argument));
}

TEST_F(TheQuestions, read_what_answers_them)
{
    auto const questions = WatchQuestions{client, {"/app", true}};
    auto const headers = tests::Answer::headers(12);

    EXPECT_EQ(
        questions.read_listing(PocoJson{}, {200, headers, tests::listing_text({})}).value().index,
        Index{12});
    EXPECT_EQ(questions.read_event(PocoJson{}, {200, headers, event_text(11)})
                  .value()
                  .node.modified_index,
        Index{11});
}

}  // namespace
}  // namespace etcdpp::v2
