// SPDX-License-Identifier: BSL-1.0

//! @file
//! Directories and their listings, on real members.

#include "tests/integration/on_cluster.hpp"

namespace etcdpp::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using Directories = OnCluster;

std::vector<std::string> names(v2::Node const& directory)
{
    auto result = std::vector<std::string>{};
    for (auto const& node : directory.nodes) { result.push_back(node.key); }
    return result;
}

TEST_F(Directories, are_made_empty)
{
    auto const make = keys.make_dir("/app");

    ASSERT_THAT(make, IsOk());
    EXPECT_TRUE(make->node.dir);
    EXPECT_EQ(make->node.value, "");
    auto const get = keys.get("/app").value();
    EXPECT_TRUE(get.node.dir);
    EXPECT_THAT(get.node.nodes, IsEmpty());
    EXPECT_EQ(get.node.created_index, make->node.created_index);
}

//! A bare `dir=true` would replace the file and lose its value.
TEST_F(Directories, do_not_replace_a_file)
{
    keys.set("/app", "precious").value();

    auto const make = keys.make_dir("/app");

    EXPECT_THAT(make, IsError(v2::Errc::node_exist));
    EXPECT_EQ(witness.value("/app"), "precious");
}

TEST_F(Directories, are_not_made_twice)
{
    keys.set("/app/mode", "blue").value();

    EXPECT_THAT(keys.make_dir("/app"), IsError(v2::Errc::node_exist));
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

TEST_F(Directories, are_made_where_a_key_needs_them)
{
    keys.set("/app/colours/first", "blue").value();

    EXPECT_TRUE(keys.get("/app").value().node.dir);
    EXPECT_TRUE(keys.get("/app/colours").value().node.dir);
}

TEST_F(Directories, list_one_level)
{
    keys.set("/app/mode", "blue").value();
    keys.set("/app/colours/first", "red").value();

    auto const get = keys.get("/app", {.sorted = true}).value();

    ASSERT_THAT(names(get.node), ElementsAre("/app/colours", "/app/mode"));
    EXPECT_TRUE(get.node.nodes[0].dir);
    EXPECT_THAT(get.node.nodes[0].nodes, IsEmpty());
    EXPECT_EQ(get.node.nodes[1].value, "blue");
}

TEST_F(Directories, list_the_whole_tree_on_demand)
{
    keys.set("/app/mode", "blue").value();
    keys.set("/app/colours/first", "red").value();
    keys.make_dir("/app/empty").value();

    auto const get = keys.get("/app", {.recursive = true, .sorted = true}).value();

    ASSERT_THAT(names(get.node), ElementsAre("/app/colours", "/app/empty", "/app/mode"));
    ASSERT_THAT(names(get.node.nodes[0]), ElementsAre("/app/colours/first"));
    EXPECT_EQ(get.node.nodes[0].nodes[0].value, "red");
    EXPECT_TRUE(get.node.nodes[1].dir);
}

TEST_F(Directories, are_sorted_by_byte_at_every_level)
{
    for (auto const* const name : {"b", "a", "\xC3\xA9", "B", "a-b", "10", "9"}) {
        keys.set(std::string{"/app/"} + name + "/x", "1").value();
        keys.set(std::string{"/app/"} + name + "/X", "2").value();
    }

    auto const get = keys.get("/app", {.recursive = true, .sorted = true}).value();

    EXPECT_THAT(names(get.node),
        ElementsAre(
            "/app/10", "/app/9", "/app/B", "/app/a", "/app/a-b", "/app/b", "/app/\xC3\xA9"));
    EXPECT_THAT(names(get.node.nodes[0]), ElementsAre("/app/10/X", "/app/10/x"));
}

TEST_F(Directories, begin_with_a_root_that_is_called_so)
{
    keys.set("/app", "1").value();
    keys.set("/log", "2").value();

    auto const get = keys.get("/").value();

    EXPECT_EQ(get.node.key, "/");
    EXPECT_TRUE(get.node.dir);
    EXPECT_THAT(names(get.node), UnorderedElementsAre("/app", "/log"));
}

TEST_F(Directories, begin_with_a_root_that_may_be_empty)
{
    auto const get = keys.get("");

    ASSERT_THAT(get, IsOk());
    EXPECT_TRUE(get->node.dir);
    EXPECT_THAT(get->node.nodes, IsEmpty());
}

TEST_F(Directories, are_read_a_hundred_levels_deep)
{
    auto deep = std::string{};
    for (auto level = 0; level < 100; ++level) { deep += "/level-" + std::to_string(level); }
    keys.set(deep + "/mode", "blue").value();

    auto const get = keys.get("/", {.recursive = true});

    ASSERT_THAT(get, IsOk());
    auto const* node = &get->node;
    while (!node->nodes.empty()) { node = &node->nodes.front(); }
    EXPECT_EQ(node->key, deep + "/mode");
    EXPECT_EQ(node->value, "blue");
}

TEST_F(Directories, of_a_thousand_keys_are_listed_whole)
{
    auto const quiet = v2::SetOptions{.no_value_on_success = true};
    for (auto i = 0; i < 1000; ++i) {
        keys.create_in_order("/jobs", "job " + std::to_string(i), quiet).value();
    }

    auto const get = keys.get("/jobs", {.sorted = true}).value();

    ASSERT_EQ(get.node.nodes.size(), 1000U);
    for (auto i = std::size_t{0}; i < 1000; ++i) {
        ASSERT_EQ(get.node.nodes[i].value, "job " + std::to_string(i));
    }
}

TEST_F(Directories, do_not_list_hidden_keys)
{
    keys.set("/app/_secret", "red").value();
    keys.set("/app/mode", "blue").value();

    EXPECT_THAT(names(keys.get("/app").value().node), ElementsAre("/app/mode"));
    EXPECT_EQ(keys.get("/app/_secret").value().node.value, "red");
}

TEST_F(Directories, are_removed_only_as_directories)
{
    keys.make_dir("/app").value();

    EXPECT_THAT(keys.remove("/app"), IsError(v2::Errc::not_file));
    EXPECT_TRUE(witness.exists("/app"));
    EXPECT_THAT(keys.remove("/app", {.dir = true}), IsOk());
    EXPECT_FALSE(witness.exists("/app"));
}

TEST_F(Directories, are_removed_with_what_is_in_them_only_on_demand)
{
    keys.set("/app/colours/first", "red").value();

    EXPECT_THAT(keys.remove("/app", {.dir = true}), IsError(v2::Errc::dir_not_empty));
    EXPECT_EQ(witness.value("/app/colours/first"), "red");
    auto const remove = keys.remove("/app", {.recursive = true});
    ASSERT_THAT(remove, IsOk());
    EXPECT_TRUE(remove->node.dir);
    EXPECT_FALSE(witness.exists("/app"));
}

}  // namespace
}  // namespace etcdpp::tests
