// SPDX-License-Identifier: BSL-1.0

//! @file
//! The questions of a watch as requests, and what their replies mean.

#include "etcdpp/v2/watch_listing.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/operation/concept.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::v2 {
namespace {

static_assert(check_operation<List, PocoJson>());
static_assert(check_operation<Poll, PocoJson>());

constexpr auto their_cluster = "cdf818194e3a8c32";

http::Response reply(int status, std::string body)
{
    return {.status = status,
        .headers = {{"X-Etcd-Cluster-Id", their_cluster}, {"X-Etcd-Index", "17"}},
        .body = std::move(body)};
}

TEST(AListing, is_read_through_raft)
{
    auto const of_all_below = List{{"/app", true}};
    auto const of_one = List{{"/app", false}};

    EXPECT_EQ(of_all_below.encode().value().target, "/v2/keys/app/?recursive=true&quorum=true");
    EXPECT_EQ(of_one.encode().value().target, "/v2/keys/app?quorum=true");
    EXPECT_TRUE(List::commits());
}

TEST(AListing, has_node_index_and_cluster)
{
    auto const listing = List{{"/app", true}}.read(PocoJson{},
        reply(200,
            R"({"action":"get","node":{"key":"/app","value":"blue","modifiedIndex":4,"createdIndex":4}})"));

    EXPECT_EQ(listing.value().node.value().value, "blue");
    EXPECT_EQ(listing.value().index, Index{17});
    EXPECT_EQ(listing.value().cluster_id, their_cluster);
}

TEST(AListing, of_what_is_not_there_is_empty)
{
    for (auto const* const code : {"100", "104"}) {
        auto const listing = List{{"/app", true}}.read(PocoJson{},
            reply(404,
                R"({"errorCode":)" + std::string{code}
                    + R"(,"message":"Key not found","cause":"/app","index":17})"));

        EXPECT_EQ(listing.value().node, std::nullopt);
        EXPECT_EQ(listing.value().index, Index{17});
        EXPECT_EQ(listing.value().cluster_id, their_cluster);
    }
}

TEST(AListing, is_no_listing_if_another_error_came)
{
    auto const listing = List{{"/app", true}}.read(
        PocoJson{}, reply(401, R"({"errorCode":110,"message":"no","cause":"no","index":0})"));

    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error(), Condition::unauthorized);
}

TEST(APoll, neither_streams_nor_asks_for_a_quorum)
{
    EXPECT_EQ((Poll{{"/app", true}, Index{7}}.encode().value().target),
        "/v2/keys/app/?wait=true&recursive=true&waitIndex=7");
    EXPECT_EQ((Poll{{"/app", false}, Index{7}}.encode().value().target),
        "/v2/keys/app?wait=true&waitIndex=7");
    EXPECT_FALSE(Poll::commits());
}

TEST(APoll, is_turned_to_another_index_without_being_encoded_again)
{
    auto request = Poll{{"/a=b", true}, Index{7}}.encode().value();

    poll_from(Index{12345}, request);

    EXPECT_EQ(request.target, "/v2/keys/a%3Db/?wait=true&recursive=true&waitIndex=12345");
}

TEST(APoll, reads_an_event)
{
    auto const poll = Poll{{"/app", true}};
    auto const event = poll.read(PocoJson{},
        reply(200,
            R"({"action":"delete","node":{"key":"/app","modifiedIndex":9,"createdIndex":4}})"));

    EXPECT_EQ(event.value().action, Action::remove);
    EXPECT_EQ(event.value().node.modified_index, Index{9});
}

TEST(APoll, takes_a_plain_answer_for_no_event)
{
    auto const poll = Poll{{"/app", true}};
    auto const event = poll.read(PocoJson{},
        reply(200,
            R"({"action":"get","node":{"key":"/app","value":"blue","modifiedIndex":9,"createdIndex":4}})"));

    ASSERT_FALSE(event);
    EXPECT_EQ(event.error(), make_error_code(etcdpp::Errc::malformed_reply));
    EXPECT_EQ(event.error().fault(), Fault::member);
}

}  // namespace
}  // namespace etcdpp::v2
