// SPDX-License-Identifier: BSL-1.0

//! @file
//! Every operation on keys, on real members.

#include "tests/integration/on_cluster.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

using Keys = OnCluster;

TEST_F(Keys, set_writes_what_the_cluster_then_holds)
{
    auto const set = keys.set("/app/mode", "blue");

    ASSERT_THAT(set, IsOk());
    EXPECT_EQ(set->action, v2::Action::set);
    EXPECT_EQ(set->node.key, "/app/mode");
    EXPECT_EQ(set->node.value, "blue");
    EXPECT_FALSE(set->node.dir);
    EXPECT_FALSE(set->prev_node);
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

TEST_F(Keys, set_tells_where_in_the_history_the_write_is)
{
    auto const before = keys.set("/app/mode", "blue").value();

    auto const set = keys.set("/app/mode", "green").value();

    EXPECT_EQ(set.index, set.node.modified_index);
    EXPECT_EQ(set.node.modified_index, next(before.node.modified_index));
    EXPECT_EQ(before.node.created_index, before.node.modified_index);
}

TEST_F(Keys, set_returns_the_node_it_replaces_as_it_was)
{
    auto const before = keys.set("/app/mode", "blue").value();

    auto const set = keys.set("/app/mode", "green").value();

    EXPECT_EQ(set.prev_node, before.node);
}

TEST_F(Keys, set_over_an_existing_key_counts_as_creation)
{
    keys.set("/app/mode", "blue").value();

    auto const set = keys.set("/app/mode", "green").value();

    EXPECT_EQ(set.node.created_index, set.node.modified_index);
}

TEST_F(Keys, get_returns_what_was_set)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const get = keys.get("/app/mode");

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->action, v2::Action::get);
    EXPECT_EQ(get->node, set.node);
    EXPECT_EQ(get->index, set.index);
    EXPECT_FALSE(get->prev_node);
}

TEST_F(Keys, get_reads_what_somebody_else_wrote)
{
    ASSERT_EQ(cluster.witness(0).put("/v2/keys/app/mode", "value=blue").status, 201);

    auto const get = keys.get("/app/mode", {.quorum = true});

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "blue");
}

TEST_F(Keys, get_names_the_first_ancestor_that_is_missing)
{
    keys.set("/app/mode", "blue").value();

    auto const get = keys.get("/app/colours/first");

    EXPECT_THAT(get, IsError(v2::Errc::key_not_found));
    EXPECT_THAT(get, IsError(Condition::not_found));
    EXPECT_THAT(get, HasEffect(Effect::none));
    EXPECT_THAT(get, HasFault(Fault::request));
    EXPECT_THAT(get, HasWords(HasSubstr("/app/colours")));
    EXPECT_EQ(get.error().status(), 404);
}

TEST_F(Keys, every_reply_names_the_cluster)
{
    auto const head = cluster.witness(0).get("/v2/keys/").head;

    auto const set = keys.set("/app/mode", "blue").value();
    auto const get = keys.get("/app/mode").value();

    ASSERT_FALSE(set.cluster_id.empty());
    EXPECT_THAT(head, HasSubstr("X-Etcd-Cluster-Id: " + set.cluster_id + "\r\n"));
    EXPECT_EQ(get.cluster_id, set.cluster_id);
}

TEST_F(Keys, create_writes_a_new_key)
{
    auto const create = keys.create("/app/owner", "one");

    ASSERT_THAT(create, IsOk());
    EXPECT_EQ(create->action, v2::Action::create);
    EXPECT_FALSE(create->prev_node);
    EXPECT_EQ(witness.value("/app/owner"), "one");
}

TEST_F(Keys, create_leaves_an_existing_key_alone)
{
    keys.set("/app/owner", "one").value();

    auto const create = keys.create("/app/owner", "two");

    EXPECT_THAT(create, IsError(v2::Errc::node_exist));
    EXPECT_THAT(create, IsError(Condition::already_exists));
    EXPECT_THAT(create, HasEffect(Effect::none));
    EXPECT_EQ(witness.value("/app/owner"), "one");
}

TEST_F(Keys, update_changes_an_existing_key_and_keeps_its_creation)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const update = keys.update("/app/mode", "green");

    ASSERT_THAT(update, IsOk());
    EXPECT_EQ(update->action, v2::Action::update);
    EXPECT_EQ(update->node.created_index, set.node.created_index);
    EXPECT_GT(update->node.modified_index, set.node.modified_index);
    EXPECT_EQ(update->prev_node, set.node);
    EXPECT_EQ(witness.value("/app/mode"), "green");
}

TEST_F(Keys, update_does_not_create)
{
    auto const update = keys.update("/app/mode", "green");

    EXPECT_THAT(update, IsError(v2::Errc::key_not_found));
    EXPECT_FALSE(witness.exists("/app/mode"));
}

TEST_F(Keys, create_in_order_makes_unique_keys_that_sort_as_they_were_made)
{
    auto made = std::vector<std::string>{};
    for (auto const* const job : {"first", "second", "third"}) {
        auto const create = keys.create_in_order("/jobs", job);
        ASSERT_THAT(create, IsOk());
        EXPECT_EQ(create->action, v2::Action::create);
        made.push_back(create->node.key);
    }

    auto const listing = keys.get("/jobs", {.sorted = true}).value();

    ASSERT_EQ(listing.node.nodes.size(), 3U);
    for (auto i = std::size_t{0}; i < 3; ++i) {
        EXPECT_EQ(listing.node.nodes[i].key, made[i]);
        EXPECT_EQ(made[i].size(), std::string{"/jobs/"}.size() + 20);
    }
    EXPECT_EQ(listing.node.nodes[0].value, "first");
    EXPECT_EQ(listing.node.nodes[2].value, "third");
}

TEST_F(Keys, create_in_order_works_at_the_root)
{
    auto const create = keys.create_in_order("/", "job");

    ASSERT_THAT(create, IsOk());
    EXPECT_EQ(witness.value(create->node.key), "job");
}

TEST_F(Keys, remove_takes_a_key_away_and_returns_it)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const remove = keys.remove("/app/mode");

    ASSERT_THAT(remove, IsOk());
    EXPECT_EQ(remove->action, v2::Action::remove);
    EXPECT_EQ(remove->node.key, "/app/mode");
    EXPECT_EQ(remove->node.value, "");
    EXPECT_EQ(remove->prev_node, set.node);
    EXPECT_FALSE(witness.exists("/app/mode"));
}

TEST_F(Keys, remove_of_a_missing_key_says_so)
{
    EXPECT_THAT(keys.remove("/app/mode"), IsError(v2::Errc::key_not_found));
}

TEST_F(Keys, compare_and_swap_writes_if_the_value_is_the_expected_one)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const swap = keys.compare_and_swap("/app/mode", "green", {.prev_value = "blue"});

    ASSERT_THAT(swap, IsOk());
    EXPECT_EQ(swap->action, v2::Action::compare_and_swap);
    EXPECT_EQ(swap->node.created_index, set.node.created_index);
    EXPECT_EQ(swap->prev_node, set.node);
    EXPECT_EQ(witness.value("/app/mode"), "green");
}

TEST_F(Keys, compare_and_swap_writes_if_the_index_is_the_expected_one)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const swap = keys.compare_and_swap(
        "/app/mode", "green", {.prev_index = set.node.modified_index});

    ASSERT_THAT(swap, IsOk());
    EXPECT_EQ(witness.value("/app/mode"), "green");
}

TEST_F(Keys, compare_and_swap_wants_both_if_both_are_given)
{
    auto const set = keys.set("/app/mode", "blue").value();
    auto const index = set.node.modified_index;

    auto const neither = keys.compare_and_swap(
        "/app/mode", "green", {.prev_value = "red", .prev_index = next(index)});
    auto const value_only = keys.compare_and_swap(
        "/app/mode", "green", {.prev_value = "blue", .prev_index = next(index)});
    auto const index_only = keys.compare_and_swap(
        "/app/mode", "green", {.prev_value = "red", .prev_index = index});
    auto const value_before = witness.value("/app/mode");
    auto const both = keys.compare_and_swap(
        "/app/mode", "green", {.prev_value = "blue", .prev_index = index});

    EXPECT_THAT(neither, IsError(v2::Errc::test_failed));
    EXPECT_THAT(value_only, IsError(v2::Errc::test_failed));
    EXPECT_THAT(index_only, IsError(v2::Errc::test_failed));
    EXPECT_EQ(value_before, "blue");
    EXPECT_THAT(both, IsOk());
    EXPECT_EQ(witness.value("/app/mode"), "green");
}

TEST_F(Keys, compare_and_swap_says_what_it_found_instead)
{
    keys.set("/app/mode", "blue").value();

    auto const swap = keys.compare_and_swap("/app/mode", "green", {.prev_value = "red"});

    EXPECT_THAT(swap, IsError(Condition::compare_failed));
    EXPECT_THAT(swap, HasEffect(Effect::none));
    EXPECT_THAT(swap, HasWords(HasSubstr("[red != blue]")));
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

TEST_F(Keys, compare_and_swap_does_not_create)
{
    auto const swap = keys.compare_and_swap("/app/mode", "green", {.prev_value = "blue"});

    EXPECT_THAT(swap, IsError(v2::Errc::key_not_found));
    EXPECT_FALSE(witness.exists("/app/mode"));
}

TEST_F(Keys, compare_and_swap_compares_values_full_of_form_characters)
{
    constexpr auto strange = "a=b&c+d%20;#?\"\n";
    keys.set("/app/mode", strange).value();

    EXPECT_THAT(keys.compare_and_swap("/app/mode", "green", {.prev_value = strange}), IsOk());
}

TEST_F(Keys, compare_and_remove_removes_if_the_value_is_the_expected_one)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const remove = keys.compare_and_remove("/app/mode", {.prev_value = "blue"});

    ASSERT_THAT(remove, IsOk());
    EXPECT_EQ(remove->action, v2::Action::compare_and_remove);
    EXPECT_EQ(remove->prev_node, set.node);
    EXPECT_FALSE(witness.exists("/app/mode"));
}

TEST_F(Keys, compare_and_remove_removes_if_the_index_is_the_expected_one)
{
    auto const set = keys.set("/app/mode", "blue").value();

    auto const remove = keys.compare_and_remove(
        "/app/mode", {.prev_index = set.node.modified_index});

    EXPECT_THAT(remove, IsOk());
    EXPECT_FALSE(witness.exists("/app/mode"));
}

TEST_F(Keys, compare_and_remove_wants_both_if_both_are_given)
{
    auto const index = keys.set("/app/mode", "blue").value().node.modified_index;

    auto const value_only = keys.compare_and_remove(
        "/app/mode", {.prev_value = "blue", .prev_index = next(index)});
    auto const index_only = keys.compare_and_remove(
        "/app/mode", {.prev_value = "red", .prev_index = index});
    auto const value_before = witness.value("/app/mode");
    auto const both = keys.compare_and_remove(
        "/app/mode", {.prev_value = "blue", .prev_index = index});

    EXPECT_THAT(value_only, IsError(v2::Errc::test_failed));
    EXPECT_THAT(index_only, IsError(v2::Errc::test_failed));
    EXPECT_EQ(value_before, "blue");
    EXPECT_THAT(both, IsOk());
    EXPECT_FALSE(witness.exists("/app/mode"));
}

//! etcd would ignore the condition, and remove the key, if it stood in the body of the DELETE.
TEST_F(Keys, compare_and_remove_leaves_a_key_alone_that_is_not_as_expected)
{
    keys.set("/app/mode", "blue").value();

    auto const remove = keys.compare_and_remove("/app/mode", {.prev_value = "red & green;"});

    EXPECT_THAT(remove, IsError(v2::Errc::test_failed));
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

TEST_F(Keys, compare_and_remove_refuses_a_directory)
{
    keys.make_dir("/app").value();

    auto const remove = keys.compare_and_remove("/app", {.prev_index = Index{1}});

    EXPECT_THAT(remove, IsError(v2::Errc::not_file));
    EXPECT_TRUE(witness.exists("/app"));
}

TEST_F(Keys, writes_reply_with_the_action_alone_if_no_value_is_wanted)
{
    auto const quiet = v2::SetOptions{.no_value_on_success = true};

    auto const replies = std::vector{
        keys.create("/app/mode", "red", quiet),
        keys.set("/app/mode", "blue", quiet),
        keys.update("/app/mode", "green", quiet),
        keys.compare_and_swap("/app/mode", "white", {.prev_value = "green"}, quiet),
    };

    auto actions = std::vector<v2::Action>{};
    for (auto const& reply : replies) {
        ASSERT_THAT(reply, IsOk());
        actions.push_back(reply->action);
        EXPECT_EQ(reply->node, v2::Node{});
        EXPECT_FALSE(reply->prev_node);
        EXPECT_GT(reply->index, Index{});
    }
    EXPECT_THAT(actions,
        ElementsAre(
            v2::Action::create, v2::Action::set, v2::Action::update, v2::Action::compare_and_swap));
    EXPECT_EQ(witness.value("/app/mode"), "white");
}

TEST_F(Keys, run_takes_operations_as_values)
{
    ASSERT_THAT(client.run(v2::Set{"/app/mode", "blue"}), IsOk());
    ASSERT_THAT(client.run(v2::CompareAndSwap{
                    .key = "/app/mode", .value = "green", .compare = {.prev_value = "blue"}}),
        IsOk());

    auto const get = client.run(v2::Get{"/app/mode"});

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "green");
}

}  // namespace
}  // namespace etcdpp::tests
