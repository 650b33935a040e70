// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/fields.hpp"

#include <boost/hana/at_key.hpp>
#include <boost/hana/core/to.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/keys.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

struct Change {
    std::string key = {};
    int modified_index = 0;
    std::unique_ptr<int> owned = nullptr;
};

struct TimedChange : Change {
    int ttl = 0;
};

struct Undescribed {
    int member = 0;
};

}  // namespace
}  // namespace etcdpp

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::Change> = etcdpp::fields(
    etcdpp::field<"key">(&etcdpp::Change::key),
    etcdpp::field<"modifiedIndex">(&etcdpp::Change::modified_index),
    etcdpp::field<"owned">(&etcdpp::Change::owned));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::TimedChange> = etcdpp::fields(
    etcdpp::field<"key">(&etcdpp::TimedChange::key),
    etcdpp::field<"ttl">(&etcdpp::TimedChange::ttl));

namespace etcdpp {
namespace {

namespace hana = boost::hana;

static_assert(has_fields<Change> && has_fields<TimedChange>);
static_assert(!has_fields<Undescribed> && !has_fields<int> && !has_fields<std::string>);
static_assert(hana::Struct<Change>::value && !hana::Struct<Undescribed>::value);
static_assert(std::is_aggregate_v<Change>, "a description does not touch the struct");

template <class T>
std::vector<std::string> names()
{
    auto found = std::vector<std::string>{};
    hana::for_each(hana::accessors<T>(),
        [&](auto const& field) { found.push_back(hana::first(field).c_str()); });
    return found;
}

TEST(Fields, keep_the_order_of_their_description)
{
    EXPECT_EQ(names<Change>(), (std::vector<std::string>{"key", "modifiedIndex", "owned"}));
}

TEST(Fields, reach_members_of_a_base_class)
{
    EXPECT_EQ(names<TimedChange>(), (std::vector<std::string>{"key", "ttl"}));
    auto change = TimedChange{};
    hana::at_key(change, hana::string_c<'k', 'e', 'y'>) = "/app/mode";
    EXPECT_EQ(change.key, "/app/mode");
}

TEST(Fields, make_a_struct_that_hana_can_read_and_write)
{
    auto change = Change{.key = "/app/mode"};

    hana::at_key(change, hana::string_c<'k', 'e', 'y'>) += "/night";

    EXPECT_EQ(change.key, "/app/mode/night");
    EXPECT_EQ(hana::at_key(std::as_const(change), hana::string_c<'k', 'e', 'y'>), change.key);
}

TEST(Fields, hand_over_members_of_an_object_that_is_about_to_end)
{
    auto const access = MemberAccess<Change, std::unique_ptr<int>>{&Change::owned};
    auto change = Change{.owned = std::make_unique<int>(7)};

    auto const taken = access(std::move(change));

    EXPECT_EQ(*taken, 7);
    EXPECT_EQ(change.owned, nullptr);
}

}  // namespace
}  // namespace etcdpp
