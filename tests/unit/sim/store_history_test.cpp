// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a watch of the past finds.

#include "etcdpp/sim/store_history.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

namespace etcdpp::sim {
namespace {

class HistoryTest : public testing::Test {
protected:
    void add(StoreEvent event)
    {
        event.node.modified_index = Index{++index};
        history.add(std::make_shared<StoreEvent const>(std::move(event)));
    }

    void set(std::string key) { add({.action = v2::Action::set, .node = {.key = std::move(key)}}); }

    void remove_dir(std::string key)
    {
        add({.action = v2::Action::remove,
            .node = {.key = std::move(key), .dir = true},
            .prev_node = v2::Node{.dir = true}});
    }

    //! The index of the event found; 0 if none is.
    Index found(WatchedPath const& watched, std::uint64_t from)
    {
        auto const event = std::get<0>(history.scan(watched, Index{from}, Index{index}));
        return event ? event->node.modified_index : Index{};
    }

    std::uint64_t index = 0;
    History history;
};

TEST_F(HistoryTest, finds_the_first_event_from_that_index_on)
{
    set("/1/a");
    set("/1/b");
    set("/1/a");

    EXPECT_EQ(found({"/1/a"}, 1), Index{1});
    EXPECT_EQ(found({"/1/a"}, 2), Index{3});
    EXPECT_EQ(found({"/1/a"}, 4), Index{});
}

TEST_F(HistoryTest, finds_what_lies_below_only_if_asked_to)
{
    set("/1/app/mode");

    EXPECT_EQ(found({"/1/app"}, 1), Index{});
    EXPECT_EQ(found({"/1/app", true}, 1), Index{1});
    EXPECT_EQ(found({"/1/ap", true}, 1), Index{});
}

TEST_F(HistoryTest, shows_hidden_keys_of_the_past)
{
    set("/1/app/_lock");

    EXPECT_EQ(found({"/1/app", true}, 1), Index{1});
}

TEST_F(HistoryTest, tells_a_key_of_the_removal_of_any_directory_that_its_name_begins_with)
{
    remove_dir("/1/app");

    EXPECT_EQ(found({"/1/app/db/host"}, 1), Index{1});
    EXPECT_EQ(found({"/1/apple"}, 1), Index{1});
}

TEST_F(HistoryTest, keeps_a_thousand_events_and_refuses_what_went_before)
{
    for (auto i = 0; i != 1213; ++i) { set("/1/a"); }

    EXPECT_EQ(found({"/1/a"}, 214), Index{214});
    EXPECT_EQ(std::get<Refusal>(history.scan({"/1/a"}, Index{213}, Index{1213})),
        (Refusal{v2::Errc::event_index_cleared, "the requested history has been cleared [214/213]",
            Index{1213}}));
}

TEST_F(HistoryTest, says_nothing_of_a_refresh)
{
    add({.action = v2::Action::update, .node = {.key = "/1/a"}, .is_refresh = true});

    EXPECT_EQ(found({"/1/a"}, 1), Index{});
}

}  // namespace
}  // namespace etcdpp::sim
