// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/replies.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::mocks {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using tests::HasEffect;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

//! What the operations on keys make of it.
Result<v2::Response> read(http::Response const& reply)
{
    return v2::Get{"/app/mode"}.read(PocoJson{}, reply);
}

TEST(Replies, are_read_back_as_what_they_were_made_of)
{
    auto const answer = v2::Response{.action = v2::Action::compare_and_swap,
        .node = {.key = "/app/mode",
            .value = "a \"b\" <c>\n\xc3\xa9",
            .created_index = Index{3},
            .modified_index = Index{9},
            .ttl = std::chrono::seconds{60}},
        .prev_node = v2::Node{.key = "/app/mode",
            .value = "blue",
            .created_index = Index{3},
            .modified_index = Index{4}},
        .index = Index{12},
        .cluster_id = "cdf818194e3a8c32"};

    EXPECT_THAT(read(reply_of(answer)), IsOkAnd(answer));
}

TEST(Replies, list_a_directory)
{
    auto const listing = v2::Response{
        .node = {.key = "/app",
            .dir = true,
            .nodes = {{.key = "/app/mode", .value = "blue", .modified_index = Index{4}}},
            .modified_index = Index{2}},
        .index = Index{4},
        .cluster_id = cluster_id};

    EXPECT_THAT(read(reply_of(listing)), IsOkAnd(listing));
}

TEST(Replies, find_a_key_at_the_index_given)
{
    auto const found_it = read(found("/app/mode", "blue", Index{7}));

    ASSERT_TRUE(found_it);
    EXPECT_EQ(found_it->action, v2::Action::get);
    EXPECT_EQ(found_it->node.value, "blue");
    EXPECT_EQ(found_it->node.modified_index, Index{7});
    EXPECT_EQ(found_it->index, Index{7});
}

TEST(Replies, say_201_where_something_was_created)
{
    EXPECT_EQ(found("/app/mode", "blue").status, 200);
    EXPECT_EQ(stored("/app/mode", "blue").status, 201);
}

TEST(Replies, refuse_with_the_status_and_words_of_etcd)
{
    EXPECT_EQ(etcd_error(100).status, 404);
    EXPECT_EQ(etcd_error(101).status, 412);
    EXPECT_EQ(etcd_error(300).status, 500);
    EXPECT_THAT(read(etcd_error(100, "/app/mode")),
        AllOf(IsError(v2::make_error_code(v2::Errc::key_not_found)), HasEffect(Effect::none),
            HasWords("Key not found: /app/mode")));
}

TEST(Replies, that_are_none_say_whether_the_member_may_have_acted)
{
    EXPECT_THAT(refused(), AllOf(IsError(Errc::unreachable), HasEffect(Effect::none)));
    EXPECT_THAT(lost(), AllOf(IsError(Errc::unreachable), HasEffect(Effect::unknown)));
    EXPECT_THAT(silent(), AllOf(IsError(Errc::timed_out), HasEffect(Effect::unknown)));
    EXPECT_THAT(lost(), HasWords(HasSubstr("reset by peer")));
}

}  // namespace
}  // namespace etcdpp::mocks
