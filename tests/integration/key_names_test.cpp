// SPDX-License-Identifier: BSL-1.0

//! @file
//! Keys of every kind arrive at real members as they are meant.

#include "tests/integration/on_cluster.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::string_literals;
using testing::Contains;
using testing::Field;

struct Name {
    char const* title;
    std::string key;     //!< as a program gives it
    std::string stored;  //!< as etcd names it
};

void PrintTo(Name const& name, std::ostream* out)
{
    *out << testing::PrintToString(name.key);
}

class KeyNames : public OnCluster, public testing::WithParamInterface<Name> {};

TEST_P(KeyNames, arrive_as_they_are_meant)
{
    auto const set = keys.set(GetParam().key, "blue");

    ASSERT_THAT(set, IsOk());
    EXPECT_EQ(set->node.key, GetParam().stored);
    EXPECT_EQ(witness.value(GetParam().stored), "blue");
    auto const get = keys.get(GetParam().key);
    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node, set->node);
}

TEST_P(KeyNames, are_listed_under_a_name_that_finds_them_again)
{
    keys.set(GetParam().key, "blue").value();

    auto const listing = keys.get("/names").value();

    ASSERT_THAT(listing.node.nodes, Contains(Field(&v2::Node::key, GetParam().stored)));
    EXPECT_THAT(keys.get(listing.node.nodes.front().key), IsOk());
}

TEST_P(KeyNames, are_compared_and_removed)
{
    keys.set(GetParam().key, "blue").value();

    EXPECT_THAT(keys.compare_and_swap(GetParam().key, "red", {.prev_value = "blue"}), IsOk());
    EXPECT_THAT(keys.compare_and_remove(GetParam().key, {.prev_value = "red"}), IsOk());

    EXPECT_FALSE(witness.exists(GetParam().stored));
}

Name same(char const* title, std::string const& key)
{
    return {title, key, key};
}

INSTANTIATE_TEST_SUITE_P(Strange, KeyNames,
    testing::Values(same("space", "/names/a b"), same("percent", "/names/100%"),
        same("escaped_text", "/names/%2e%2E%2F%zz"), same("question_mark", "/names/a?wait=true"),
        same("hash", "/names/a#b"), same("semicolon", "/names/a;b"), same("plus", "/names/a+b"),
        same("ampersand", "/names/a=b&c"), same("letters_of_two_bytes", "/names/\xC3\xA9t\xC3\xA9"),
        same("letters_of_four_bytes", "/names/\xF0\x9F\x98\x80"),
        same("line_separator",
            "/names/a\xE2\x80\xA8"
            "b"),
        same("quotes", "/names/'a'\"b\""), same("backslash", "/names/a\\b"),
        same("angles", "/names/<a>"), same("newline", "/names/a\r\nb"), same("nul", "/names/a\0b"s),
        same("colon", "/names/http:a"), same("dots", "/names/..."),
        same("tilde", "/names/~a-b_c.d"), Name{"doubled_slash", "/names//mode", "/names/mode"},
        Name{"trailing_slash", "/names/mode/", "/names/mode"},
        Name{"no_leading_slash", "names/mode", "/names/mode"},
        Name{"dot", "/names/./mode", "/names/mode"},
        Name{"dot_dot", "/names/other/../mode", "/names/mode"},
        Name{"dot_dot_above_the_root", "/../names/mode", "/names/mode"}),
    [](auto const& each) { return each.param.title; });

using LongKeys = OnCluster;

//! A plaintext listener resets a connection whose first request line exceeds 4096 bytes.
TEST_F(LongKeys, are_read_over_a_fresh_connection)
{
    auto const key = "/names/" + std::string(5000, 'k');
    ASSERT_THAT(keys.set(key, "blue"), IsOk());
    auto fresh = Client{Config{.endpoints = endpoints_of(cluster), .quorum = true}};

    auto const get = v2::Keys{fresh}.get(key);

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "blue");
    EXPECT_EQ(witness.values("/names"), std::vector{"blue"s});
}

TEST_F(LongKeys, are_created_over_a_fresh_connection)
{
    EXPECT_THAT(keys.create("/names/" + std::string(5000, 'k'), "blue"), IsOk());
    EXPECT_EQ(witness.values("/names"), std::vector{"blue"s});
}

TEST_F(LongKeys, make_no_difference_at_any_length_around_the_limit)
{
    for (auto length = std::size_t{4060}; length < 4100; ++length) {
        auto fresh = Client{Config{.endpoints = endpoints_of(cluster)}};

        auto const set = v2::Keys{fresh}.set("/names/" + std::string(length, 'k'), "blue");

        ASSERT_THAT(set, IsOk()) << "with a key of " << length << " letters";
    }
}

//! In a DELETE what is compared with can only stand in the request line.
TEST_F(LongKeys, are_not_the_only_long_thing_in_a_request_line)
{
    auto const value = std::string(10'000, 'v');
    keys.set("/app/mode", value).value();
    auto fresh = Client{Config{.endpoints = endpoints_of(cluster)}};

    auto const remove = v2::Keys{fresh}.compare_and_remove("/app/mode", {.prev_value = value});

    EXPECT_THAT(remove, IsOk());
    EXPECT_FALSE(witness.exists("/app/mode"));
}

}  // namespace
}  // namespace etcdpp::tests
