// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a watch asks next, and what it hands over, answer by answer.

#include "etcdpp/v2/watch_cursor.hpp"

#include "etcdpp/v2/removal.hpp"
#include "tests/support/nodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Property;
using testing::ResultOf;
using testing::SizeIs;
using tests::dir;
using tests::file;
using Ask = WatchCursor::Ask;
using Outcome = WatchCursor::Outcome;

constexpr auto this_cluster = ClusterId{"cdf818194e3a8c32"};

Response set(Node node)
{
    return {.action = Action::set, .node = std::move(node)};
}

Response removed(std::string key, std::uint64_t index, Action action = Action::remove)
{
    auto was = dir(key, 1);
    return {.action = action,
        .node = {.key = std::move(key),
            .dir = true,
            .created_index = Index{1},
            .modified_index = Index{index}},
        .prev_node = std::move(was)};
}

Listing listing(std::optional<Node> node, std::uint64_t index, ClusterId const& of = this_cluster)
{
    return {std::move(node), Index{index}, of};
}

std::vector<Response> all_of(WatchCursor& cursor)
{
    auto events = std::vector<Response>{};
    while (cursor.has_event()) { events.push_back(cursor.take()); }
    return events;
}

//! `+/app/mode` for what is there, `-/app/mode` for what is gone.
std::vector<std::string> told_by(WatchCursor& cursor)
{
    auto told = std::vector<std::string>{};
    for (auto const& event : all_of(cursor)) {
        told.push_back((is_removal(event) ? '-' : '+') + event.node.key);
    }
    return told;
}

//! A recursive watch of /app, which holds /app/mode and /app/size at index 10.
class Cursor : public testing::Test {
protected:
    static Listing at_ten()
    {
        return listing(dir("/app", 4, {file("/app/size", 5), file("/app/mode", 4)}), 10);
    }

    static WatchCursor begun(Index after = {})
    {
        auto cursor = WatchCursor{{"/app", true}, after};
        cursor.listing(at_ten());
        return cursor;
    }
};

TEST_F(Cursor, asks_for_a_listing_first)
{
    auto cursor = WatchCursor{{"/app", true}, {}};

    EXPECT_EQ(cursor.asks(), Ask::listing);
    EXPECT_EQ(cursor.listing(at_ten()), Outcome::began);
    EXPECT_EQ(cursor.asks(), Ask::events);
}

TEST_F(Cursor, begins_behind_its_listing)
{
    EXPECT_EQ(begun().wait_index(), Index{11});
}

TEST_F(Cursor, begins_behind_the_index_it_was_given)
{
    EXPECT_EQ(begun(Index{7}).wait_index(), Index{8});
}

TEST_F(Cursor, does_not_tell_its_listing)
{
    auto cursor = begun();

    EXPECT_FALSE(cursor.has_event());
}

TEST_F(Cursor, knows_what_its_listing_shows)
{
    EXPECT_EQ(begun().known(), 3U);  // two files and /app itself
}

TEST_F(Cursor, tells_an_event_and_goes_on_behind_it)
{
    auto cursor = begun();

    EXPECT_TRUE(cursor.event(set(file("/app/mode", 14, "green"))));

    EXPECT_EQ(cursor.wait_index(), Index{15});
    EXPECT_THAT(
        all_of(cursor), ElementsAre(Field(&Response::node, file("/app/mode", 14, "green"))));
}

TEST_F(Cursor, names_the_index_to_resume_behind)
{
    auto cursor = begun();
    auto event = set(file("/app/mode", 14));
    event.index = Index{90};  // how far the member had come: events in between are still to be told

    cursor.event(event);

    EXPECT_THAT(all_of(cursor), ElementsAre(Field(&Response::index, Index{14})));
}

TEST_F(Cursor, tells_an_event_once)
{
    auto cursor = begun();
    cursor.event(set(file("/app/mode", 14)));

    EXPECT_FALSE(cursor.event(set(file("/app/mode", 14))));

    EXPECT_THAT(told_by(cursor), ElementsAre("+/app/mode"));
    EXPECT_EQ(cursor.wait_index(), Index{15});
}

TEST_F(Cursor, stays_where_it_is_on_a_head_alone)
{
    auto cursor = begun();

    cursor.head(this_cluster, Index{5000});

    EXPECT_EQ(cursor.wait_index(), Index{11});
    EXPECT_EQ(cursor.asks(), Ask::events);
}

TEST_F(Cursor, tells_the_removal_of_a_directory_above)
{
    auto cursor = WatchCursor{{"/app/db/host", false}, {}};
    cursor.listing(listing(file("/app/db/host", 6), 10));

    cursor.event(removed("/app", 11));

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app"));
    EXPECT_EQ(cursor.known(), 0U);
}

TEST_F(Cursor, tells_the_expiry_of_a_directory_above)
{
    auto cursor = begun();

    cursor.event(removed("/app", 11, Action::expire));

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app"));
    EXPECT_EQ(cursor.known(), 0U);
}

TEST_F(Cursor, passes_over_the_removal_of_a_directory_whose_name_only_begins_alike)
{
    auto cursor = WatchCursor{{"/apple", true}, {}};
    cursor.listing(listing(file("/apple", 6), 10));

    EXPECT_TRUE(cursor.event(removed("/app", 11)));  // etcd's history takes /app for its parent

    EXPECT_THAT(told_by(cursor), IsEmpty());
    EXPECT_EQ(cursor.wait_index(), Index{12});
}

TEST_F(Cursor, passes_over_hidden_keys)
{
    auto cursor = begun();

    EXPECT_TRUE(cursor.event(set(file("/app/_lock/owner", 11))));  // etcd's history shows them

    EXPECT_THAT(told_by(cursor), IsEmpty());
}

TEST_F(Cursor, tells_hidden_keys_to_who_watches_them)
{
    auto cursor = WatchCursor{{"/app/_lock", true}, {}};
    cursor.listing(listing(std::nullopt, 10));

    cursor.event(set(file("/app/_lock/owner", 11)));

    EXPECT_THAT(told_by(cursor), ElementsAre("+/app/_lock/owner"));
}

TEST_F(Cursor, resyncs_to_nothing_where_nothing_changed)
{
    auto cursor = begun();
    cursor.cleared();
    EXPECT_EQ(cursor.asks(), Ask::listing);

    auto later = at_ten();
    later.index = Index{2000};

    EXPECT_EQ(cursor.listing(std::move(later)), Outcome::resynced);
    EXPECT_THAT(told_by(cursor), IsEmpty());
    EXPECT_EQ(cursor.wait_index(), Index{2001});
}

TEST_F(Cursor, resyncs_to_what_changed)
{
    auto cursor = begun();
    cursor.cleared();

    cursor.listing(listing(dir("/app", 4, {file("/app/mode", 700), file("/app/zone", 800)}), 2000));

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app/size", "+/app/mode", "+/app/zone"));
}

TEST_F(Cursor, marks_what_it_resyncs)
{
    auto cursor = begun();
    cursor.cleared();

    cursor.listing(listing(dir("/app", 4, {file("/app/mode", 700)}), 2000));

    auto const events = all_of(cursor);
    ASSERT_THAT(events, SizeIs(2));
    EXPECT_EQ(events[0].action, Action::resync);
    EXPECT_EQ(events[0].node, (Node{.key = "/app/size"}));
    EXPECT_EQ(events[0].prev_node, (Node{.key = "/app/size", .modified_index = Index{5}}));
    EXPECT_EQ(events[1].action, Action::resync);
    EXPECT_EQ(events[1].node, file("/app/mode", 700));
    EXPECT_EQ(events[1].prev_node, (Node{.key = "/app/mode", .modified_index = Index{4}}));
}

TEST_F(Cursor, lets_a_consumer_resume_amid_a_resync)
{
    auto cursor = begun();
    cursor.cleared();

    cursor.listing(listing(dir("/app", 4, {file("/app/mode", 700)}), 2000));

    EXPECT_THAT(all_of(cursor),
        ElementsAre(Field(&Response::index, Index{10}), Field(&Response::index, Index{2000})));
}

TEST_F(Cursor, removes_what_is_in_a_directory_before_it_and_adds_it_behind)
{
    auto cursor = WatchCursor{{"/app", true}, {}};
    cursor.listing(listing(
        dir("/app", 4, {dir("/app/old", 4, {file("/app/old/x", 4)}), file("/app/swap", 5)}), 10));
    cursor.cleared();

    cursor.listing(listing(dir("/app", 4,
                               {dir("/app/swap", 30, {file("/app/swap/y", 30)}),
                                   dir("/app/new", 40, {file("/app/new/z", 40)})}),
        2000));

    EXPECT_THAT(told_by(cursor),
        ElementsAre(
            "-/app/old/x", "-/app/old", "+/app/new", "+/app/new/z", "+/app/swap", "+/app/swap/y"));
}

TEST_F(Cursor, takes_a_missing_key_for_an_empty_listing)
{
    auto cursor = begun();
    cursor.cleared();

    cursor.listing(listing(std::nullopt, 2000));

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app/size", "-/app/mode", "-/app"));
}

TEST_F(Cursor, knows_what_the_events_said)
{
    auto cursor = begun();
    cursor.event(set(file("/app/db/host", 11)));
    cursor.event(removed("/app/mode", 12));
    all_of(cursor);
    cursor.cleared();

    cursor.listing(listing(
        dir("/app", 4, {dir("/app/db", 11, {file("/app/db/host", 11)}), file("/app/size", 5)}),
        2000));

    EXPECT_THAT(told_by(cursor), IsEmpty());
}

TEST_F(Cursor, tells_everything_anew_if_the_past_it_was_asked_for_is_gone)
{
    auto cursor = begun(Index{3});
    cursor.cleared();

    cursor.listing(at_ten());

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app", "+/app", "+/app/mode", "+/app/size"));
    EXPECT_EQ(cursor.wait_index(), Index{11});
}

TEST_F(Cursor, knows_what_its_consumer_holds_once_it_has_caught_up)
{
    auto cursor = begun(Index{9});
    cursor.event(set(file("/app/zone", 11)));
    all_of(cursor);
    cursor.cleared();

    cursor.listing(listing(
        dir("/app", 4, {file("/app/mode", 4), file("/app/size", 5), file("/app/zone", 11)}), 2000));

    EXPECT_THAT(told_by(cursor), IsEmpty());
}

TEST_F(Cursor, does_not_let_an_old_event_undo_what_its_listing_shows)
{
    auto cursor = begun(Index{3});  // /app/size was removed and set again before the listing
    cursor.event(removed("/app/size", 4));
    cursor.event(set(file("/app/zone", 11)));
    all_of(cursor);
    cursor.cleared();

    cursor.listing(listing(
        dir("/app", 4, {file("/app/mode", 4), file("/app/size", 5), file("/app/zone", 11)}), 2000));

    EXPECT_THAT(told_by(cursor), IsEmpty());
}

TEST_F(Cursor, begins_anew_where_the_cluster_has_not_come_to_the_index_it_was_given)
{
    auto cursor = WatchCursor{{"/app", true}, Index{400}};

    EXPECT_EQ(cursor.listing(at_ten()), Outcome::resynced);

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app", "+/app", "+/app/mode", "+/app/size"));
    EXPECT_EQ(cursor.wait_index(), Index{11});
}

TEST_F(Cursor, asks_for_a_listing_when_another_cluster_answers)
{
    auto cursor = begun();

    cursor.head("7e27652122e8b2ae", Index{5000});

    EXPECT_EQ(cursor.asks(), Ask::listing);
}

TEST_F(Cursor, takes_every_key_of_another_cluster_for_changed)
{
    auto cursor = begun();
    cursor.head("7e27652122e8b2ae", Index{5000});

    auto const outcome = cursor.listing(
        listing(dir("/app", 4, {file("/app/mode", 4)}), 5000, "7e27652122e8b2ae"));

    EXPECT_EQ(outcome, Outcome::resynced);
    EXPECT_THAT(told_by(cursor), ElementsAre("-/app/size", "+/app", "+/app/mode"));
    EXPECT_EQ(cursor.wait_index(), Index{5001});
}

TEST_F(Cursor, asks_for_a_listing_when_a_member_has_not_come_as_far)
{
    auto cursor = begun();

    cursor.head(this_cluster, Index{9});

    EXPECT_EQ(cursor.asks(), Ask::listing);
}

TEST_F(Cursor, accepts_a_member_that_has_come_just_as_far)
{
    auto cursor = begun();

    cursor.head(this_cluster, Index{10});

    EXPECT_EQ(cursor.asks(), Ask::events);
}

TEST_F(Cursor, goes_on_if_the_member_only_lagged)
{
    auto cursor = begun();
    cursor.head(this_cluster, Index{9});

    EXPECT_EQ(cursor.listing(at_ten()), Outcome::confirmed);

    EXPECT_EQ(cursor.asks(), Ask::events);
    EXPECT_EQ(cursor.wait_index(), Index{11});
    EXPECT_FALSE(cursor.has_event());
}

TEST_F(Cursor, loses_no_event_that_came_while_a_member_lagged)
{
    auto cursor = begun();
    cursor.head(this_cluster, Index{9});

    cursor.listing(listing(dir("/app", 4, {file("/app/mode", 12)}), 20));

    EXPECT_EQ(cursor.wait_index(), Index{11});  // the poll will bring them one by one
}

TEST_F(Cursor, resyncs_if_the_cluster_was_restored_from_a_backup)
{
    auto cursor = begun();
    cursor.head(this_cluster, Index{8});

    EXPECT_EQ(
        cursor.listing(listing(dir("/app", 4, {file("/app/mode", 4)}), 8)), Outcome::resynced);

    EXPECT_THAT(told_by(cursor), ElementsAre("-/app/size", "+/app", "+/app/mode"));
    EXPECT_EQ(cursor.wait_index(), Index{9});
}

TEST_F(Cursor, heeds_only_the_key_itself_unless_recursive)
{
    auto cursor = WatchCursor{{"/app", false}, {}};
    cursor.listing(at_ten());
    EXPECT_EQ(cursor.known(), 1U);

    cursor.event(set(file("/app/mode", 11)));
    EXPECT_THAT(told_by(cursor), IsEmpty());

    cursor.cleared();
    cursor.listing(listing(dir("/app", 4, {file("/app/zone", 100)}), 2000));
    EXPECT_THAT(told_by(cursor), IsEmpty());
}

TEST_F(Cursor, watches_the_root_which_has_no_indices)
{
    auto cursor = WatchCursor{{"/", true}, {}};
    cursor.listing(listing(Node{.key = "/", .dir = true, .nodes = {file("/mode", 4)}}, 10));
    cursor.cleared();

    cursor.listing(listing(Node{.key = "/", .dir = true, .nodes = {file("/mode", 11)}}, 2000));

    EXPECT_THAT(told_by(cursor), ElementsAre("+/mode"));
}

TEST_F(Cursor, tells_its_listing_if_asked_to)
{
    auto cursor = WatchCursor{{"/app", true}, {}, true};

    EXPECT_EQ(cursor.listing(at_ten()), Outcome::began);

    auto const events = all_of(cursor);
    ASSERT_THAT(events, SizeIs(4));
    EXPECT_EQ(events[2].node.key, "/app/size");
    EXPECT_EQ(events[3].action, Action::get);
    EXPECT_EQ(events[3].index, Index{10});
    EXPECT_EQ(cursor.wait_index(), Index{11});
}

TEST(Removal, is_told_by_the_action_and_by_a_resync_of_what_is_not_there)
{
    for (auto const action : {Action::remove, Action::compare_and_remove, Action::expire}) {
        EXPECT_TRUE(is_removal({.action = action}));
    }
    EXPECT_TRUE(is_removal({.action = Action::resync, .node = {.key = "/app"}}));
    EXPECT_FALSE(is_removal({.action = Action::resync, .node = file("/app", 4)}));
    for (auto const action :
        {Action::get, Action::set, Action::create, Action::update, Action::compare_and_swap}) {
        EXPECT_FALSE(is_removal({.action = action}));
    }
}

}  // namespace
}  // namespace etcdpp::v2
