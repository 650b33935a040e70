// SPDX-License-Identifier: BSL-1.0

//! @file
//! Whom a change concerns.

#include "etcdpp/sim/store_watchers.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::sim {
namespace {

Change change(v2::Action action, std::string key, std::vector<std::string> removed = {})
{
    return {std::make_shared<StoreEvent const>(StoreEvent{
                .action = action, .node = {.key = std::move(key), .modified_index = Index{7}}}),
        std::move(removed)};
}

Watcher polls(std::string path, bool recursive = false)
{
    return {.id = 1, .watched = {std::move(path), recursive}};
}

TEST(Watchers, are_told_of_their_own_key)
{
    EXPECT_EQ(times_told(polls("/1/a"), change(v2::Action::set, "/1/a")), 1U);
    EXPECT_EQ(times_told(polls("/1/b"), change(v2::Action::set, "/1/a")), 0U);
}

TEST(Watchers, are_told_of_what_lies_below_if_they_asked_for_it)
{
    EXPECT_EQ(times_told(polls("/1/app"), change(v2::Action::set, "/1/app/a")), 0U);
    EXPECT_EQ(times_told(polls("/1/app", true), change(v2::Action::set, "/1/app/a")), 1U);
    EXPECT_EQ(times_told(polls("/1/app", true), change(v2::Action::set, "/1/apple")), 0U);
}

TEST(Watchers, are_not_told_of_hidden_keys_below)
{
    EXPECT_EQ(times_told(polls("/1", true), change(v2::Action::set, "/1/_a/b")), 0U);
    EXPECT_EQ(times_told(polls("/1/_a", true), change(v2::Action::set, "/1/_a/b")), 1U);
}

TEST(Watchers, are_told_when_their_key_goes_with_a_directory)
{
    auto const removal = change(v2::Action::remove, "/1/app", {"/1/app/a", "/1/app"});

    EXPECT_EQ(times_told(polls("/1/app/a"), removal), 1U);
    EXPECT_EQ(times_told(polls("/1/app/never_there"), removal), 0U);
}

TEST(Watchers, are_not_told_of_what_happened_before_they_care)
{
    auto patient = polls("/1/a");
    patient.since = Index{8};

    EXPECT_EQ(times_told(patient, change(v2::Action::set, "/1/a")), 0U);
}

TEST(Watchers, are_forgotten_once_told_unless_they_stream)
{
    auto watchers = Watchers{};
    watchers.add({.id = 1, .watched = {"/1/a"}});
    watchers.add({.id = 2, .watched = {"/1/a"}, .streams = true});
    auto told = std::vector<std::pair<std::uint64_t, bool>>{};
    auto const tell = [&](std::uint64_t id, bool ends) { told.emplace_back(id, ends); };

    watchers.notify(change(v2::Action::set, "/1/a"), tell);
    watchers.notify(change(v2::Action::set, "/1/a"), tell);

    EXPECT_EQ(
        told, (std::vector<std::pair<std::uint64_t, bool>>{{1, true}, {2, false}, {2, false}}));
}

TEST(Watchers, that_stream_are_told_twice_of_the_removal_of_their_key)
{
    auto watchers = Watchers{};
    watchers.add({.id = 1, .watched = {"/1/a"}});
    watchers.add({.id = 2, .watched = {"/1/a"}, .streams = true});
    auto told = std::vector<std::uint64_t>{};

    watchers.notify(change(v2::Action::remove, "/1/a", {"/1/a"}),
        [&](std::uint64_t id, bool) { told.push_back(id); });

    EXPECT_EQ(told, (std::vector<std::uint64_t>{1, 2, 2}));
}

}  // namespace
}  // namespace etcdpp::sim
