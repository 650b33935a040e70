// SPDX-License-Identifier: BSL-1.0

//! @file
//! What the simulated store does, which is what etcd 3.4.23 does.

#include "etcdpp/sim/store.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;
using enum Command::Kind;

class StoreTest : public testing::Test {
protected:
    Verdict ask(Command const& command) { return store.apply(command, now); }

    //! The event that must come of it.
    StoreEvent done(Command const& command)
    {
        auto const verdict = ask(command);
        if (auto const* const refusal = std::get_if<Refusal>(&verdict)) {
            ADD_FAILURE() << command.path << ": " << message_of(refusal->code);
            return {};
        }
        return *std::get<Change>(verdict).event;
    }

    Refusal refused(Command const& command)
    {
        auto const verdict = ask(command);
        if (std::holds_alternative<Change>(verdict)) {
            ADD_FAILURE() << command.path << " was not refused";
            return {};
        }
        return std::get<Refusal>(verdict);
    }

    StoreEvent set(std::string path, std::string value)
    {
        return done({.kind = put, .path = std::move(path), .value = std::move(value)});
    }

    std::vector<std::string> keys_of(v2::Node const& dir)
    {
        auto keys = std::vector<std::string>{};
        for (auto const& each : dir.nodes) { keys.push_back(each.key); }
        return keys;
    }

    Index after(std::uint64_t changes) const
    {
        return Index{static_cast<std::uint64_t>(store.index()) + changes};
    }

    WallTime now = WallTime{} + 24h * 365 * 60;
    Store store;
};

TEST_F(StoreTest, gives_each_change_the_next_index)
{
    EXPECT_EQ(set("/1/app/mode", "blue").index, Index{1});
    EXPECT_EQ(set("/1/app/size", "3").index, Index{2});
    EXPECT_EQ(store.index(), Index{2});
}

TEST_F(StoreTest, takes_no_index_for_a_read_or_a_refusal)
{
    set("/1/app/mode", "blue");

    done({.kind = read, .path = "/1/app/mode"});
    refused({.kind = put, .path = "/1/app/mode", .value = "red", .prev_exist = false});

    EXPECT_EQ(store.index(), Index{1});
}

TEST_F(StoreTest, counts_a_set_over_an_existing_key_as_its_creation)
{
    set("/1/app/mode", "blue");

    auto const event = set("/1/app/mode", "red");

    EXPECT_EQ(event.node.created_index, Index{2});
    EXPECT_EQ(event.prev_node.value().value, "blue");
    EXPECT_FALSE(event.has_created());
}

TEST_F(StoreTest, keeps_the_created_index_in_an_update_and_a_swap)
{
    set("/1/app/mode", "blue");

    auto const updated = done(
        {.kind = put, .path = "/1/app/mode", .value = "red", .prev_exist = true});
    auto const swapped = done(
        {.kind = put, .path = "/1/app/mode", .value = "green", .prev_value = "red"});

    EXPECT_EQ(updated.node.created_index, Index{1});
    EXPECT_EQ(updated.action, v2::Action::update);
    EXPECT_EQ(swapped.node.created_index, Index{1});
    EXPECT_EQ(swapped.action, v2::Action::compare_and_swap);
}

TEST_F(StoreTest, makes_the_directories_that_a_key_lacks)
{
    set("/1/app/db/host", "a");

    auto const dir = done({.kind = read, .path = "/1/app", .recursive = true}).node;

    EXPECT_TRUE(dir.dir);
    EXPECT_EQ(dir.created_index, Index{1});
    EXPECT_EQ(keys_of(dir), std::vector<std::string>{"/1/app/db"});
    EXPECT_EQ(keys_of(dir.nodes.at(0)), std::vector<std::string>{"/1/app/db/host"});
}

TEST_F(StoreTest, lists_one_level_unless_told_otherwise)
{
    set("/1/app/db/host", "a");

    EXPECT_TRUE(done({.kind = read, .path = "/1/app"}).node.nodes.at(0).nodes.empty());
}

TEST_F(StoreTest, leaves_hidden_nodes_out_of_listings_but_serves_them_by_name)
{
    set("/1/app/_lock/owner", "me");
    set("/1/app/mode", "blue");

    EXPECT_EQ(keys_of(done({.kind = read, .path = "/1/app", .recursive = true}).node),
        std::vector<std::string>{"/1/app/mode"});
    EXPECT_EQ(done({.kind = read, .path = "/1/app/_lock/owner"}).node.value, "me");
}

TEST_F(StoreTest, names_the_first_ancestor_that_is_missing)
{
    set("/1/app/mode", "blue");

    EXPECT_EQ(refused({.kind = read, .path = "/1/app/db/host"}),
        (Refusal{v2::Errc::key_not_found, "/1/app/db", Index{1}}));
}

TEST_F(StoreTest, names_the_file_that_stands_where_a_directory_is_needed)
{
    set("/1/app/mode", "blue");
    auto const expected = Refusal{v2::Errc::not_dir, "/1/app/mode", Index{1}};

    EXPECT_EQ(refused({.kind = read, .path = "/1/app/mode/x"}), expected);
    EXPECT_EQ(refused({.kind = put, .path = "/1/app/mode/x"}), expected);
    EXPECT_EQ(refused({.kind = post, .path = "/1/app/mode"}), expected);
}

TEST_F(StoreTest, creates_a_key_once)
{
    done({.kind = put, .path = "/1/app/lock", .value = "me", .prev_exist = false});

    EXPECT_EQ(
        refused({.kind = put, .path = "/1/app/lock", .value = "you", .prev_exist = false}).code,
        v2::Errc::node_exist);
}

TEST_F(StoreTest, replaces_a_file_by_a_directory_but_no_directory_by_anything)
{
    set("/1/app", "blue");

    EXPECT_TRUE(done({.kind = put, .path = "/1/app", .dir = true}).node.dir);
    EXPECT_EQ(refused({.kind = put, .path = "/1/app", .dir = true}).code, v2::Errc::not_file);
    EXPECT_EQ(refused({.kind = put, .path = "/1/app", .value = "x"}).code, v2::Errc::not_file);
}

TEST_F(StoreTest, says_what_did_not_match)
{
    set("/1/app/mode", "blue");

    EXPECT_EQ(
        refused({.kind = put, .path = "/1/app/mode", .prev_value = "red"}).cause, "[red != blue]");
    EXPECT_EQ(
        refused({.kind = put, .path = "/1/app/mode", .prev_index = Index{9}}).cause, "[9 != 1]");
    EXPECT_EQ(
        refused(
            {.kind = remove, .path = "/1/app/mode", .prev_value = "red", .prev_index = Index{9}}),
        (Refusal{v2::Errc::test_failed, "[red != blue] [9 != 1]", Index{1}}));
}

TEST_F(StoreTest, names_in_order_keys_by_the_index_they_take)
{
    auto const event = done({.kind = post, .path = "/1/queue", .value = "job"});

    EXPECT_EQ(event.node.key, "/1/queue/00000000000000000001");
    EXPECT_EQ(event.action, v2::Action::create);
}

TEST_F(StoreTest, removes_a_directory_only_if_asked_to)
{
    done({.kind = put, .path = "/1/app", .dir = true});
    EXPECT_EQ(refused({.kind = remove, .path = "/1/app"}).code, v2::Errc::not_file);

    set("/1/app/_mode", "blue");
    EXPECT_EQ(
        refused({.kind = remove, .path = "/1/app", .dir = true}).code, v2::Errc::dir_not_empty);

    EXPECT_TRUE(done({.kind = remove, .path = "/1/app", .recursive = true}).node.dir);
    EXPECT_EQ(refused({.kind = read, .path = "/1/app/_mode"}).cause, "/1/app");
}

TEST_F(StoreTest, tells_which_paths_a_removal_took_along)
{
    set("/1/app/db/host", "a");
    set("/1/apple", "b");

    auto const verdict = ask({.kind = remove, .path = "/1/app", .recursive = true});

    EXPECT_EQ(std::get<Change>(verdict).removed,
        (std::vector<std::string>{"/1/app/db/host", "/1/app/db", "/1/app"}));
    EXPECT_EQ(done({.kind = read, .path = "/1/apple"}).node.value, "b");
}

TEST_F(StoreTest, never_changes_its_roots)
{
    for (auto const* const root : {"/", "/0", "/1"}) {
        EXPECT_EQ(refused({.kind = put, .path = root}).code, v2::Errc::root_read_only);
        EXPECT_EQ(refused({.kind = remove, .path = root, .recursive = true}).code,
            v2::Errc::root_read_only);
        EXPECT_EQ(refused({.kind = put, .path = root, .prev_exist = true}).cause, "/");
    }
}

TEST_F(StoreTest, tells_of_an_index_that_an_updated_directory_does_not_keep)
{
    done({.kind = put, .path = "/1/app", .dir = true});

    auto const event = done({.kind = put, .path = "/1/app", .prev_exist = true});

    EXPECT_EQ(event.node.modified_index, Index{2});
    EXPECT_EQ(done({.kind = read, .path = "/1/app"}).node.modified_index, Index{1});
}

TEST_F(StoreTest, shows_the_seconds_left_rounded_up)
{
    done({.kind = put, .path = "/1/app/lock", .value = "me", .expiration = now + 10s});

    now += 1ms;
    EXPECT_EQ(done({.kind = read, .path = "/1/app/lock"}).node.ttl, 10s);
    now += 9s;
    EXPECT_EQ(done({.kind = read, .path = "/1/app/lock"}).node.ttl, 1s);
    now += 2s;
    EXPECT_EQ(done({.kind = read, .path = "/1/app/lock"}).node.ttl, -1s);
}

TEST_F(StoreTest, expires_what_is_due_each_as_a_change)
{
    done({.kind = put, .path = "/1/app/b", .expiration = now + 2s});
    done({.kind = put, .path = "/1/app/a", .expiration = now + 1s});
    done({.kind = put, .path = "/1/app/c", .expiration = now + 3s});

    auto const changes = store.expire(now + 2s, now + 2s);

    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].event->node.key, "/1/app/a");
    EXPECT_EQ(changes[0].event->action, v2::Action::expire);
    EXPECT_EQ(changes[1].event->index, Index{5});
    EXPECT_TRUE(store.has_lifetimes());
}

TEST_F(StoreTest, loses_a_lifetime_with_the_directory_that_held_the_key)
{
    done({.kind = put, .path = "/1/app/a", .expiration = now + 1s});
    done({.kind = remove, .path = "/1/app", .recursive = true});

    EXPECT_FALSE(store.has_lifetimes());
    EXPECT_TRUE(store.expire(now + 1h, now + 1h).empty());
}

TEST_F(StoreTest, drops_the_lifetime_in_every_write_without_one)
{
    done({.kind = put, .path = "/1/app/a", .value = "x", .expiration = now + 1s});

    done({.kind = put, .path = "/1/app/a", .value = "y", .prev_exist = true});

    EXPECT_FALSE(store.has_lifetimes());
}

TEST_F(StoreTest, takes_a_moment_long_past_for_no_lifetime_where_it_creates)
{
    auto const overflown = WallTime{} - 24h * 365 * 100;

    done({.kind = put, .path = "/1/app/a", .expiration = overflown});
    EXPECT_FALSE(store.has_lifetimes());

    done({.kind = put, .path = "/1/app/a", .prev_exist = true, .expiration = overflown});
    EXPECT_EQ(store.expire(now, now).size(), 1U);
}

TEST_F(StoreTest, keeps_the_value_in_a_refresh_and_tells_no_watch)
{
    done({.kind = put, .path = "/1/app/a", .value = "x", .expiration = now + 1s});

    auto const event = done({.kind = put,
        .path = "/1/app/a",
        .refresh = true,
        .prev_exist = true,
        .expiration = now + 9s});

    EXPECT_EQ(event.node.value, "x");
    EXPECT_EQ(event.node.ttl, 9s);
    EXPECT_TRUE(event.is_refresh);
    EXPECT_EQ(store.index(), Index{2});
    EXPECT_EQ(std::get<0>(store.scan({"/1/app/a"}, Index{2})), nullptr);
}

TEST_F(StoreTest, refreshes_only_what_is_there)
{
    EXPECT_EQ(
        refused({.kind = put, .path = "/1/app/a", .refresh = true, .expiration = now + 9s}).code,
        v2::Errc::key_not_found);
}

TEST_F(StoreTest, is_equal_after_equal_commands)
{
    auto const one = set("/1/app/mode", "blue");
    auto copy = store;

    set("/1/app/mode", "red");

    auto const before = copy.apply({.kind = read, .path = "/1/app/mode"}, now);
    EXPECT_EQ(std::get<Change>(before).event->node.value, "blue");
    EXPECT_EQ(copy.index(), one.index);
}

TEST_F(StoreTest, counts_operations_as_etcd_does)
{
    set("/1/app/mode", "blue");
    refused({.kind = read, .path = "/1/none"});
    refused({.kind = remove, .path = "/1", .recursive = true});
    refused({.kind = put, .path = "/1/app/mode/x", .prev_exist = false});

    auto const& stats = store.stats();
    EXPECT_EQ(stats.sets, (Tally{1, 1})) << "a file in the way of a create counts here, too";
    EXPECT_EQ(stats.gets, (Tally{0, 1}));
    EXPECT_EQ(stats.deletes, (Tally{1, 0})) << "a read-only root counts as a success";
    EXPECT_EQ(stats.creates, (Tally{0, 1}));
}

}  // namespace
}  // namespace etcdpp::sim
