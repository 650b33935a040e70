// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/json_filler.hpp"

#include "tests/conformance/codec_values.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace etcdpp::detail {
namespace {

struct JsonFillerTest : testing::Test {
    JsonFiller filler;
    SuiteReply reply;

    void begin(std::size_t max_depth = 8)
    {
        filler.begin({&reply, &shape_of<SuiteReply>}, max_depth);
    }

    void text(std::string_view name, std::string_view value)
    {
        filler.key(name);
        filler.scalar(value);
    }

    template <class Event>
    std::string fault_of(Event event)
    {
        EXPECT_THROW(event(), StopParsing);
        return filler.fault();
    }
};

TEST_F(JsonFillerTest, puts_each_value_where_its_key_says)
{
    begin();
    filler.open_object();
    filler.key("node");
    filler.open_object();
    text("key", "/app");
    filler.key("nodes");
    filler.open_array();
    filler.open_object();
    text("value", "blue");
    filler.close();
    filler.close();
    filler.key("createdIndex");
    filler.scalar(std::int64_t{4});
    filler.close();
    text("action", "get");
    filler.close();

    EXPECT_EQ(reply.action, SuiteAction::get);
    EXPECT_EQ(reply.node.key, "/app");
    EXPECT_EQ(reply.node.nodes.at(0).value, "blue");
    EXPECT_EQ(reply.node.created_index, Index{4});
}

TEST_F(JsonFillerTest, says_what_came_and_what_was_wanted)
{
    begin();
    EXPECT_EQ(fault_of([&] { filler.null(); }), "the reply is null and should be an object");

    begin();
    filler.open_object();
    filler.key("action");
    EXPECT_EQ(fault_of([&] { filler.scalar(std::string_view{"gone"}); }),
        "action is a string and should be a string of the right form");

    begin();
    filler.open_object();
    filler.key("node");
    filler.open_object();
    filler.key("createdIndex");
    EXPECT_EQ(fault_of([&] { filler.scalar(std::int64_t{-1}); }),
        "node.createdIndex is -1 and should be a whole number within range");
    EXPECT_EQ(fault_of([&] { filler.scalar(1.5); }),
        "node.createdIndex is a fraction and should be a whole number within range");
    EXPECT_EQ(fault_of([&] { filler.scalar(true); }),
        "node.createdIndex is true and should be a whole number within range");
    EXPECT_EQ(fault_of([&] { filler.open_array(); }),
        "node.createdIndex is an array and should be a whole number within range");
}

TEST_F(JsonFillerTest, counts_the_depth_of_what_nobody_wants)
{
    begin(3);
    filler.open_object();
    filler.key("unknown");
    filler.open_array();
    filler.open_array();
    filler.close();
    filler.open_object();

    EXPECT_EQ(
        fault_of([&] { filler.open_array(); }), "the reply is nested more than 3 levels deep");
}

TEST_F(JsonFillerTest, blames_no_described_member_for_what_another_holds)
{
    begin(2);
    filler.open_object();
    text("action", "get");
    filler.key("node");
    filler.open_object();
    text("key", "/app");
    filler.key("unknown");

    EXPECT_EQ(fault_of([&] { filler.refuse_number(); }),
        "node holds a number that cannot be read exactly");
    EXPECT_EQ(fault_of([&] { filler.open_array(); }), "node is nested more than 2 levels deep");
}

TEST_F(JsonFillerTest, says_behind_which_member_a_parser_gave_up)
{
    begin();
    EXPECT_EQ(filler.not_json("bad\nbyte"), "not JSON: bad?byte");

    filler.open_object();
    filler.key("node");
    filler.open_object();
    text("key", "/app");
    EXPECT_EQ(filler.not_json("no comma"), "not JSON behind node.key: no comma");
}

TEST_F(JsonFillerTest, finds_its_way_out_of_what_nobody_wants)
{
    begin();
    filler.open_object();
    filler.key("unknown");
    filler.open_object();
    text("action", "no such action");
    filler.null();
    filler.close();
    text("action", "get");

    EXPECT_EQ(reply.action, SuiteAction::get);
}

TEST_F(JsonFillerTest, makes_no_long_or_unprintable_words)
{
    auto oddments = SuiteOddments{};
    filler.begin({&oddments, &shape_of<SuiteOddments>}, 8);
    filler.open_object();
    filler.key("counts");
    filler.open_object();
    filler.key(std::string(10'000, 'k') + "\n\xc3\xa4");

    auto const fault = fault_of([&] { filler.scalar(true); });

    EXPECT_LT(fault.size(), 300U);
    EXPECT_TRUE(fault.starts_with("...kkk")) << fault;
    EXPECT_NE(fault.find("k??? is true"), std::string::npos) << fault;
}

}  // namespace
}  // namespace etcdpp::detail
