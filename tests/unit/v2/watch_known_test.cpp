// SPDX-License-Identifier: BSL-1.0

//! @file
//! What is known of a consumer, and what leads him to another state.

#include "etcdpp/v2/watch_known.hpp"

#include "tests/support/nodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::dir;
using tests::file;

//! `+/app/mode` for what is there, `-/app/mode` for what is gone.
std::vector<std::string> told(std::vector<Response> const& events)
{
    auto words = std::vector<std::string>{};
    for (auto const& event : events) {
        EXPECT_EQ(event.action, Action::resync);
        words.push_back((is_removal(event) ? '-' : '+') + event.node.key);
    }
    return words;
}

class TheKnown : public testing::Test {
protected:
    TheKnown() { known.become({dir("/app", 4), file("/app/mode", 5), file("/app/size", 6)}); }

    WatchScope const scope{"/app", true};
    WatchKnown known;
};

TEST(Flattened, is_sorted_so_that_a_directory_comes_before_what_is_in_it)
{
    auto const flat = flattened(
        dir("/app", 4, {file("/app/size", 6), dir("/app/db", 5, {file("/app/db/host", 7)})}),
        {"/app", true});

    auto keys = std::vector<std::string>{};
    for (auto const& node : flat) {
        keys.push_back(node.key);
        EXPECT_THAT(node.nodes, IsEmpty());
    }
    EXPECT_THAT(keys, ElementsAre("/app", "/app/db", "/app/db/host", "/app/size"));
}

TEST(Flattened, is_the_key_alone_unless_the_scope_is_recursive)
{
    EXPECT_EQ(flattened(dir("/app", 4, {file("/app/size", 6)}), {"/app", false}).size(), 1U);
}

TEST(Flattened, leaves_out_the_root_and_is_empty_where_nothing_stands)
{
    EXPECT_EQ(flattened(dir("/", 0, {file("/size", 6)}), {"/", true}).size(), 1U);
    EXPECT_THAT(flattened(std::nullopt, {"/app", true}), IsEmpty());
}

TEST_F(TheKnown, needs_nothing_to_become_what_it_is)
{
    EXPECT_THAT(
        known.difference({dir("/app", 4), file("/app/mode", 5), file("/app/size", 6)}, true),
        IsEmpty());
}

TEST_F(TheKnown, tells_what_is_gone_before_what_is_new)
{
    EXPECT_THAT(
        told(known.difference({dir("/app", 4), file("/app/added", 9), file("/app/size", 8)}, true)),
        ElementsAre("-/app/mode", "+/app/added", "+/app/size"));
}

TEST_F(TheKnown, tells_that_the_content_of_a_directory_is_gone_before_the_directory)
{
    EXPECT_THAT(told(known.difference({}, true)), ElementsAre("-/app/size", "-/app/mode", "-/app"));
}

TEST_F(TheKnown, is_told_anew_where_indices_cannot_be_compared)
{
    EXPECT_THAT(told(known.difference({dir("/app", 4), file("/app/mode", 5)}, false)),
        ElementsAre("-/app/size", "+/app", "+/app/mode"));
}

TEST_F(TheKnown, says_what_was_there_before)
{
    auto const events = known.difference(
        {dir("/app", 4), file("/app/mode", 9), file("/app/size", 6)}, true);

    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].prev_node.value().modified_index, Index{5});
}

TEST_F(TheKnown, learns_of_the_directories_above_a_write)
{
    known.apply({.action = Action::set, .node = file("/app/db/host", 9)}, scope);

    EXPECT_EQ(known.size(), 5U);
}

TEST_F(TheKnown, forgets_all_below_a_removed_directory_and_nothing_beside_it)
{
    known.apply({.action = Action::set, .node = file("/app/mode2", 9)}, scope);
    known.apply({.action = Action::set, .node = file("/app/db/host", 10)}, scope);

    known.apply({.action = Action::remove, .node = {.key = "/app/db", .dir = true}}, scope);
    known.apply({.action = Action::remove, .node = {.key = "/app/mode"}}, scope);

    EXPECT_EQ(known.size(), 3U);  // /app, /app/mode2, /app/size
}

TEST_F(TheKnown, is_nothing_once_the_root_is_gone)
{
    known.apply({.action = Action::resync, .node = {.key = "/"}}, scope);

    EXPECT_EQ(known.size(), 0U);
}

}  // namespace
}  // namespace etcdpp::v2
