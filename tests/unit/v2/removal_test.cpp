// SPDX-License-Identifier: BSL-1.0

//! @file
//! Which events say that something is gone.

#include "etcdpp/v2/removal.hpp"

#include <gtest/gtest.h>

namespace etcdpp::v2 {
namespace {

TEST(Removal, is_what_etcd_tells_of_a_key_that_is_gone)
{
    for (auto const action : {Action::remove, Action::compare_and_remove, Action::expire}) {
        EXPECT_TRUE(is_removal({.action = action, .node = {.created_index = Index{4}}}));
    }
}

TEST(Removal, is_no_write)
{
    for (auto const action :
        {Action::get, Action::set, Action::create, Action::update, Action::compare_and_swap}) {
        EXPECT_FALSE(is_removal({.action = action, .node = {.created_index = Index{4}}}));
        EXPECT_FALSE(is_removal({.action = action}));
    }
}

TEST(Removal, is_a_resync_to_nothing)
{
    EXPECT_TRUE(is_removal({.action = Action::resync, .node = {.key = "/app"}}));
}

TEST(Removal, is_no_resync_to_a_node_that_is_there)
{
    EXPECT_FALSE(is_removal({.action = Action::resync, .node = {.created_index = Index{4}}}));
    EXPECT_FALSE(
        is_removal({.action = Action::resync, .node = {.dir = true, .created_index = Index{4}}}));
}

}  // namespace
}  // namespace etcdpp::v2
