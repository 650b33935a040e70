// SPDX-License-Identifier: BSL-1.0

//! @file
//! How nodes and replies print.

#include "etcdpp/v2/node.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;

template <class T>
std::string printed(T const& value)
{
    return (std::ostringstream{} << value).str();
}

TEST(Node, prints_key_value_and_indices)
{
    auto const node = Node{
        .key = "/app/mode", .value = "blue", .created_index = Index{4}, .modified_index = Index{5}};

    EXPECT_EQ(printed(node), "/app/mode = \"blue\" (created 4, modified 5)");
}

TEST(Node, prints_the_time_it_has_left)
{
    auto const node = Node{.key = "/app/lease", .ttl = 60s};

    EXPECT_EQ(printed(node), "/app/lease = \"\" (created 0, modified 0, ttl 60 s)");
}

TEST(Node, prints_the_keys_below_a_directory)
{
    auto const node = Node{.key = "/app",
        .dir = true,
        .nodes = {{.key = "/app/mode"}, {.key = "/app/db"}},
        .modified_index = Index{3}};

    EXPECT_EQ(printed(node), "/app (directory of 2, modified 3)\n  /app/mode\n  /app/db");
}

TEST(Response, prints_action_node_and_index)
{
    auto const response = Response{
        .action = Action::create, .node = {.key = "/app/mode"}, .index = Index{7}};

    EXPECT_EQ(printed(response), "create /app/mode = \"\" (created 0, modified 0) at index 7");
}

TEST(Response, prints_what_stood_there_before)
{
    auto const response = Response{.action = Action::remove,
        .node = {.key = "/app/mode"},
        .prev_node = Node{.key = "/app/mode", .value = "blue"}};

    EXPECT_EQ(printed(response),
        "remove /app/mode = \"\" (created 0, modified 0), before: /app/mode = \"blue\" (created 0, "
        "modified 0) at index 0");
}

TEST(Action, prints_its_name)
{
    EXPECT_EQ(printed(Action::compare_and_swap), "compare_and_swap");
    EXPECT_EQ(printed(Action::compare_and_remove), "compare_and_remove");
    EXPECT_EQ(printed(Action::resync), "resync");
}

}  // namespace
}  // namespace etcdpp::v2
