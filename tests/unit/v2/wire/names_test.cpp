// SPDX-License-Identifier: BSL-1.0

//! @file
//! The words for what etcd did.

#include "etcdpp/v2/wire/names.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <utility>

namespace etcdpp::v2 {
namespace {

using Form = TextForm<Action>;

constexpr auto words = std::array<std::pair<std::string_view, Action>, 8>{{
    {"get", Action::get},
    {"set", Action::set},
    {"create", Action::create},
    {"update", Action::update},
    {"delete", Action::remove},
    {"compareAndSwap", Action::compare_and_swap},
    {"compareAndDelete", Action::compare_and_remove},
    {"expire", Action::expire},
}};

TEST(ActionNames, are_etcds)
{
    for (auto const& [word, action] : words) { EXPECT_EQ(Form::parse(word), action) << word; }
}

TEST(ActionNames, print_as_they_are_read)
{
    for (auto const& [word, action] : words) { EXPECT_EQ(Form::print(action), word); }
}

TEST(ActionNames, are_not_guessed)
{
    for (auto const* const word : {"", "Get", "remove", "compareandswap", "delete ", "resync"}) {
        EXPECT_EQ(Form::parse(word), std::nullopt) << word;
    }
}

TEST(ActionNames, have_none_for_what_never_travels)
{
    EXPECT_EQ(Form::print(Action::resync), "");
}

}  // namespace
}  // namespace etcdpp::v2
