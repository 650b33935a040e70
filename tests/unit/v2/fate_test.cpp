// SPDX-License-Identifier: BSL-1.0

//! @file
//! What is said of a lost write, against a model that knows. Whatever others do before and after,
//! and whenever a late copy comes: no promise is broken.

#include "etcdpp/v2/fate.hpp"

#include "tests/support/model_store.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace etcdpp::v2 {
namespace {

using tests::ModelStore;

std::string const the_key = "/apple";
std::string const our_value = "ours";

//! The lost write: sent once, and on its way until the store meets it.
enum class Copy { on_its_way, carried_out, turned_down };

struct World {
    ModelStore store;
    Copy copy = Copy::on_its_way;
    std::string history = {};  //!< for messages
};

struct Deed {
    std::string name;
    std::function<void(ModelStore&)> act;
};

//! What others may do to the key, or beside it. None of them writes our value.
std::vector<Deed> const deeds{
    {"set", [](ModelStore& store) { store.set(the_key, "theirs"); }},
    {"set back", [](ModelStore& store) { store.set(the_key, "old"); }},
    {"create", [](ModelStore& store) { store.create(the_key, "theirs"); }},
    {"update", [](ModelStore& store) { store.update(the_key, "old"); }},
    {"swap",
        [](ModelStore& store) {
            store.compare_and_swap(the_key, "theirs", {.prev_value = "old"});
        }},
    {"remove", [](ModelStore& store) { store.remove(the_key); }},
    {"expire", [](ModelStore& store) { store.remove(the_key, Action::expire); }},
    // A removed "/app" is told to those who ask after "/apple": etcd compares the names only.
    {"beside",
        [](ModelStore& store) {
            store.set("/app/mode", "blue");
            store.remove("/app");
        }},
};

std::vector<Deed> const deeds_with_refresh = [] {
    auto all = deeds;
    all.push_back({"refresh", [](ModelStore& store) { store.refresh(the_key); }});
    return all;
}();

//! Everything that can happen, up to `steps` of it; `visit` sees each world on the way.
void explore(World const& world, std::vector<Deed> const& by_others,
    std::function<bool(ModelStore&)> const& deliver, int steps,
    std::function<void(World const&)> const& visit)
{
    visit(world);
    if (steps == 0) { return; }
    for (auto const& deed : by_others) {
        auto after = world;
        deed.act(after.store);
        after.history += deed.name + ", ";
        explore(after, by_others, deliver, steps - 1, visit);
    }
    if (world.copy == Copy::on_its_way) {
        auto after = world;
        after.copy = deliver(after.store) ? Copy::carried_out : Copy::turned_down;
        after.history += "OURS, ";
        explore(after, by_others, deliver, steps - 1, visit);
    }
}

bool can_still_be_carried_out(
    World const& world, std::function<bool(ModelStore&)> const& deliver, int steps)
{
    auto can = false;
    explore(world, deeds_with_refresh, deliver, steps, [&](World const& later) {
        can = can || (world.copy == Copy::on_its_way && later.copy == Copy::carried_out);
    });
    return can;
}

//! What a resolver would find out, asking this store.
template <class Op>
Resolution find_out(Op const& op, ModelStore const& store, Index before, std::string const& at)
{
    auto const scope = WatchScope{at};
    auto const read = store.list(scope);
    if constexpr (std::same_as<Op, CompareAndSwap>) {
        auto from = next(op.compare.prev_index.value_or(Index{}));
        while (an_event_decides(op, read) && !store.has_forgotten(from)) {
            auto event = store.event(scope, from);
            if (!event) { break; }  // only refreshes, which nobody is told of: the poll times out
            if (scope.concerns(*event)) { return fate_by(op, *std::move(event), read.index); }
            from = next(event->node.modified_index);
        }
    }
    return fate_of(op, read, before);
}

//! Checks every promise in every world. @returns the fates that were told
template <class Op>
std::set<Fate> check(Op const& op, World const& begin,
    std::function<bool(ModelStore&)> const& deliver, Index before, std::string const& at = the_key,
    std::vector<Deed> const& by_others = deeds_with_refresh)
{
    auto told = std::set<Fate>{};
    explore(begin, by_others, deliver, 3, [&](World const& world) {
        auto const fate = find_out(op, world.store, before, at).fate;
        told.insert(fate);
        switch (fate) {
        case Fate::carried_out: EXPECT_EQ(world.copy, Copy::carried_out) << world.history; break;
        case Fate::not_so_far: EXPECT_NE(world.copy, Copy::carried_out) << world.history; break;
        case Fate::never:
            EXPECT_NE(world.copy, Copy::carried_out) << world.history;
            EXPECT_FALSE(can_still_be_carried_out(world, deliver, 2)) << world.history;
            break;
        case Fate::unknown: break;
        }
    });
    return told;
}

World standing(std::size_t history = 1000)
{
    auto world = World{ModelStore{history}};
    world.store.set(the_key, "old");
    return world;
}

World absent()
{
    return World{ModelStore{}};
}

struct FateOfCreate : testing::Test {
    Create const op{.key = the_key, .value = our_value};

    static bool deliver(ModelStore& store) { return store.create(the_key, our_value); }
};

TEST_F(FateOfCreate, is_never_told_wrongly)
{
    EXPECT_EQ(check(op, absent(), deliver, {}), (std::set{Fate::unknown, Fate::carried_out}));
    EXPECT_EQ(check(op, standing(), deliver, {}), (std::set{Fate::unknown, Fate::carried_out}));
}

TEST_F(FateOfCreate, is_told_more_often_where_an_index_is_known_from_before)
{
    auto const all = std::set{Fate::unknown, Fate::not_so_far, Fate::carried_out};

    EXPECT_EQ(check(op, absent(), deliver, absent().store.index()), all);
    EXPECT_EQ(check(op, standing(), deliver, standing().store.index()), all);
}

TEST_F(FateOfCreate, is_known_while_our_value_stands_there)
{
    auto store = absent().store;
    deliver(store);
    auto const index = store.index();
    store.refresh(the_key);

    auto const found = find_out(op, store, {}, the_key);

    EXPECT_EQ(found.fate, Fate::carried_out);
    EXPECT_EQ(found.reply.action, Action::create);
    EXPECT_EQ(found.reply.node.key, the_key);
    EXPECT_EQ(found.reply.node.value, our_value);
    EXPECT_EQ(found.reply.node.created_index, index);
    EXPECT_EQ(found.reply.index, next(index));
    EXPECT_EQ(found.reply.cluster_id, store.cluster_id);
    EXPECT_EQ(found.index, next(index));
}

TEST_F(FateOfCreate, is_hidden_by_whoever_sets_the_key_later)
{
    auto store = absent().store;
    auto const before = store.index();
    deliver(store);
    store.set(the_key, "theirs");

    EXPECT_EQ(find_out(op, store, before, the_key).fate, Fate::unknown);
}

TEST_F(FateOfCreate, is_not_so_far_while_the_key_stands_that_stood_before)
{
    auto store = standing().store;
    auto const before = store.index();
    store.update(the_key, "theirs");
    store.set("/other", "x");

    EXPECT_EQ(find_out(op, store, before, the_key).fate, Fate::not_so_far);
    EXPECT_EQ(find_out(op, store, {}, the_key).fate, Fate::unknown);
}

TEST_F(FateOfCreate, is_not_mistaken_for_a_directory)
{
    auto store = absent().store;
    store.make_dir(the_key);

    EXPECT_EQ(fate_of(Create{.key = the_key, .value = ""}, store.list({the_key}), {}).fate,
        Fate::unknown);
}

struct FateOfSwapByIndex : testing::Test {
    Index const index = standing().store.list({the_key}).node->modified_index;
    CompareAndSwap const op{.key = the_key, .value = our_value, .compare = {.prev_index = index}};

    std::function<bool(ModelStore&)> const deliver = [this](ModelStore& store) {
        return store.compare_and_swap(the_key, our_value, {.prev_index = index});
    };
};

TEST_F(FateOfSwapByIndex, is_always_told_where_nobody_refreshes)
{
    EXPECT_EQ(check(op, standing(), deliver, {}, the_key, deeds),
        (std::set{Fate::not_so_far, Fate::never, Fate::carried_out}));
}

TEST_F(FateOfSwapByIndex, is_never_told_wrongly)
{
    EXPECT_EQ(check(op, standing(), deliver, {}),
        (std::set{Fate::unknown, Fate::not_so_far, Fate::never, Fate::carried_out}));
}

//! A refresh moves the index and is told to nobody: no event, no proof.
TEST_F(FateOfSwapByIndex, is_unknown_where_the_node_was_only_refreshed)
{
    auto store = standing().store;
    store.refresh(the_key);

    EXPECT_EQ(find_out(op, store, {}, the_key).fate, Fate::unknown);
}

TEST_F(FateOfSwapByIndex, is_never_told_wrongly_where_the_history_was_forgotten)
{
    EXPECT_EQ(check(op, standing(1), deliver, {}),
        (std::set{Fate::unknown, Fate::not_so_far, Fate::never, Fate::carried_out}));
}

TEST_F(FateOfSwapByIndex, is_the_event_itself_where_others_wrote_later)
{
    auto store = standing().store;
    deliver(store);
    store.set(the_key, "theirs");
    store.remove(the_key);

    auto const found = find_out(op, store, {}, the_key);

    EXPECT_EQ(found.fate, Fate::carried_out);
    EXPECT_EQ(found.reply.action, Action::compare_and_swap);
    EXPECT_EQ(found.reply.node.value, our_value);
    EXPECT_EQ(found.reply.prev_node->value, "old");
    EXPECT_EQ(found.index, store.index());
}

TEST_F(FateOfSwapByIndex, is_never_once_another_changed_the_key)
{
    auto store = standing().store;
    store.compare_and_swap(the_key, "theirs", {.prev_index = index});

    EXPECT_EQ(find_out(op, store, {}, the_key).fate, Fate::never);
}

TEST_F(FateOfSwapByIndex, is_never_once_the_key_is_gone)
{
    auto store = standing().store;
    store.remove(the_key);

    EXPECT_EQ(find_out(op, store, {}, the_key).fate, Fate::never);
}

TEST_F(FateOfSwapByIndex, is_not_so_far_while_nobody_changed_the_key)
{
    auto store = standing().store;
    store.set("/other", "x");

    EXPECT_EQ(find_out(op, store, {}, the_key).fate, Fate::not_so_far);
}

//! A program that compares with an index of the future gets what it asked for.
TEST_F(FateOfSwapByIndex, is_not_so_far_before_that_index_is_reached)
{
    auto store = standing().store;
    auto const far = CompareAndSwap{
        .key = the_key, .value = our_value, .compare = {.prev_index = Index{1000}}};

    EXPECT_EQ(find_out(far, store, {}, the_key).fate, Fate::not_so_far);
    store.remove(the_key);
    EXPECT_EQ(find_out(far, store, {}, the_key).fate, Fate::unknown);
}

struct FateOfSwapByValue : testing::Test {
    CompareAndSwap const op{.key = the_key, .value = our_value, .compare = {.prev_value = "old"}};

    static bool deliver(ModelStore& store)
    {
        return store.compare_and_swap(the_key, our_value, {.prev_value = "old"});
    }
};

TEST_F(FateOfSwapByValue, is_never_told_wrongly)
{
    EXPECT_EQ(check(op, standing(), deliver, {}), (std::set{Fate::unknown, Fate::carried_out}));
}

TEST_F(FateOfSwapByValue, is_told_more_often_where_an_index_is_known_from_before)
{
    EXPECT_EQ(check(op, standing(), deliver, standing().store.index()),
        (std::set{Fate::unknown, Fate::not_so_far, Fate::carried_out}));
}

//! The value that was compared with may have been put back, after ours or without it.
TEST_F(FateOfSwapByValue, is_unknown_where_the_old_value_stands)
{
    auto store = standing().store;
    deliver(store);
    store.set(the_key, "old");

    EXPECT_EQ(find_out(op, store, {}, the_key).fate, Fate::unknown);
}

TEST_F(FateOfSwapByValue, is_unknown_where_the_value_was_to_stay_the_same)
{
    auto const same = CompareAndSwap{
        .key = the_key, .value = "old", .compare = {.prev_value = "old"}};

    EXPECT_EQ(find_out(same, standing().store, {}, the_key).fate, Fate::unknown);
}

struct FateOfCreateInOrder : testing::Test {
    CreateInOrder const op{.dir = "/queue", .value = our_value};

    static bool deliver(ModelStore& store)
    {
        store.create_in_order("/queue", our_value);
        return true;
    }
};

TEST_F(FateOfCreateInOrder, is_never_told_wrongly)
{
    auto const begin = absent();

    EXPECT_EQ(
        check(op, begin, deliver, {}, "/queue"), (std::set{Fate::unknown, Fate::carried_out}));
    EXPECT_EQ(check(op, begin, deliver, begin.store.index(), "/queue"),
        (std::set{Fate::unknown, Fate::not_so_far, Fate::carried_out}));
}

TEST_F(FateOfCreateInOrder, is_known_while_a_key_holds_our_value)
{
    auto store = absent().store;
    store.create_in_order("/queue", "theirs");
    auto const at = store.create_in_order("/queue", our_value);
    store.create_in_order("/queue", "theirs too");

    auto const found = find_out(op, store, {}, "/queue");

    EXPECT_EQ(found.fate, Fate::carried_out);
    EXPECT_EQ(found.reply.action, Action::create);
    EXPECT_EQ(found.reply.node.key, at);
}

TEST_F(FateOfCreateInOrder, is_unknown_once_the_key_was_removed)
{
    auto store = absent().store;
    store.remove(store.create_in_order("/queue", our_value));

    EXPECT_EQ(find_out(op, store, {}, "/queue").fate, Fate::unknown);
}

TEST_F(FateOfCreateInOrder, is_not_taken_from_a_key_that_stood_before)
{
    auto store = absent().store;
    store.create_in_order("/queue", our_value);
    auto const before = store.index();
    store.set("/other", "x");

    EXPECT_EQ(find_out(op, store, before, "/queue").fate, Fate::unknown);
}

TEST(Fate, has_a_name_of_its_own)
{
    auto text = std::ostringstream{};
    text << Fate::unknown << ", " << Fate::not_so_far << ", " << Fate::never << ", "
         << Fate::carried_out;

    EXPECT_EQ(text.str(), "unknown, not so far, never, carried out");
}

}  // namespace
}  // namespace etcdpp::v2
