// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every codec must do, as tests. Yours passes them if these three lines do:
//!
//!     #include "tests/conformance/codec_suite.hpp"
//!     static_assert(etcdpp::check_codec<MyCodec>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(MyCodec, CodecSuite, ::MyCodec); }
//!
//! The codec is made by its default constructor.

#include "etcdpp/codec/concept.hpp"
#include "tests/conformance/codec_values.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace etcdpp {

template <class Codec>
class CodecSuite : public ::testing::Test {
protected:
    template <class T>
    Result<T> decode(std::string_view text) const
    {
        return codec.template decode<T>(text);
    }

    Result<SuiteReply> reply(std::string_view text) const { return decode<SuiteReply>(text); }

    //! The node of `{"node":{...}}`.
    SuiteNode node(std::string_view members) const
    {
        return reply("{\"node\":{" + std::string{members} + "}}").value().node;
    }

    //! What stands as "value" in the text of a node.
    std::string value(std::string_view quoted) const
    {
        return node("\"value\":" + std::string{quoted}).value;
    }

    SuiteOddments oddments(std::string_view text) const
    {
        return decode<SuiteOddments>(text).value();
    }

    template <class T = SuiteReply>
    void expect_refusal(std::string_view text, std::string_view words = "") const
    {
        auto const result = decode<T>(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error(), make_error_code(Errc::malformed_reply)) << text;
        EXPECT_FALSE(result.error().words().empty()) << text;
        EXPECT_NE(result.error().words().find(words), std::string::npos)
            << text << ": " << result.error().words();
    }

    static constexpr std::string_view got_foo =
        R"({"action":"get","node":{"key":"/foo","value":"two","modifiedIndex":5,"createdIndex":4}})"
        "\n";

    Codec codec;
};

TYPED_TEST_SUITE_P(CodecSuite);

TYPED_TEST_P(CodecSuite, models_the_concept)
{
    static_assert(check_codec<TypeParam>());
    static_assert(decodes<TypeParam, SuiteReply> && encodes<TypeParam, SuiteReply>);
}

TYPED_TEST_P(CodecSuite, reads_a_value_as_etcd_sends_it)
{
    auto const reply = this->reply(this->got_foo).value();

    EXPECT_EQ(reply.action, SuiteAction::get);
    EXPECT_EQ(reply.node.key, "/foo");
    EXPECT_EQ(reply.node.value, "two");
    EXPECT_EQ(reply.node.modified_index, Index{5});
    EXPECT_EQ(reply.node.created_index, Index{4});
    EXPECT_FALSE(reply.node.dir);
    EXPECT_FALSE(reply.node.ttl);
    EXPECT_FALSE(reply.node.expiration);
    EXPECT_FALSE(reply.prev_node);
}

TYPED_TEST_P(CodecSuite, reads_what_stood_there_before)
{
    auto const reply = this->reply(
        R"({"action":"set","node":{"key":"/foo","value":"two"},)"
        R"("prevNode":{"key":"/foo","value":"bar baz","modifiedIndex":4,"createdIndex":4}})");

    ASSERT_TRUE(reply->prev_node);
    EXPECT_EQ(reply->prev_node->value, "bar baz");
    EXPECT_EQ(reply->prev_node->modified_index, Index{4});
}

TYPED_TEST_P(CodecSuite, reads_the_reply_to_a_write_that_wanted_no_value)
{
    EXPECT_EQ(this->reply(R"({"action":"set"})").value(), SuiteReply{});
}

TYPED_TEST_P(CodecSuite, reads_a_listing_of_the_root_which_has_no_key)
{
    auto const reply = this->reply(
        R"({"action":"get","node":{"dir":true,"nodes":[)"
        R"({"key":"/app","dir":true,"nodes":[)"
        R"({"key":"/app/mode","value":"blue","modifiedIndex":8,"createdIndex":8}],)"
        R"("modifiedIndex":7,"createdIndex":7},)"
        R"({"key":"/q","dir":true,"modifiedIndex":9,"createdIndex":9}]}})");

    auto const& root = reply->node;
    EXPECT_EQ(root.key, "");
    EXPECT_TRUE(root.dir);
    ASSERT_EQ(root.nodes.size(), 2U);
    ASSERT_EQ(root.nodes[0].nodes.size(), 1U);
    EXPECT_EQ(root.nodes[0].nodes[0].value, "blue");
    EXPECT_EQ(root.nodes[0].created_index, Index{7});
    EXPECT_EQ(root.nodes[1].key, "/q");
}

TYPED_TEST_P(CodecSuite, reads_when_a_node_expires_to_the_nanosecond)
{
    using namespace std::chrono_literals;

    auto const node = this->node(R"("expiration":"2026-11-21T00:21:22.609836832Z","ttl":100)");

    EXPECT_EQ(node.ttl, 100s);
    EXPECT_EQ(node.expiration,
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + 21min + 22s + 609'836'832ns);
}

TYPED_TEST_P(CodecSuite, reads_the_ttl_of_a_node_that_is_overdue)
{
    EXPECT_EQ(this->node(R"("ttl":-1)").ttl, std::chrono::seconds{-1});
}

TYPED_TEST_P(CodecSuite, reads_members_in_any_order)
{
    auto const node = this->node(
        R"("createdIndex":4,"value":"two","modifiedIndex":5,"key":"/foo")");

    EXPECT_EQ(node,
        (SuiteNode{
            .key = "/foo", .value = "two", .modified_index = Index{5}, .created_index = Index{4}}));
}

TYPED_TEST_P(CodecSuite, ignores_members_that_nobody_described)
{
    auto const node = this->node(
        R"("":1,"KEY":2,"ke":null,"keys":{"key":"/no","nodes":[{"key":[]}]},"key":"/yes",)"
        R"("lease":[[],[{"value":{"value":"no"}}],"no",-1.5e3,true,null],"value":"kept")");

    EXPECT_EQ(node.key, "/yes");
    EXPECT_EQ(node.value, "kept");
}

TYPED_TEST_P(CodecSuite, leaves_members_that_are_missing_as_they_are_by_default)
{
    EXPECT_EQ(this->oddments("{}"), SuiteOddments::untouched());
}

TYPED_TEST_P(CodecSuite, takes_null_for_missing)
{
    EXPECT_EQ(this->oddments(R"({"tiny":null,"huge":null,"signedHuge":null,"fraction":null,)"
                             R"("truth":null,"text":null,"list":null,"counts":null,)"
                             R"("numbers":null})"),
        SuiteOddments::untouched());
    EXPECT_EQ(this->reply(R"({"action":null,"node":null,"prevNode":null})").value(), SuiteReply{});
    EXPECT_EQ(this->node(R"("nodes":null,"expiration":null,"ttl":null,"createdIndex":null)"),
        SuiteNode{});
}

TYPED_TEST_P(CodecSuite, lets_the_last_of_two_equal_members_count_alone)
{
    auto const reply = this->reply(
        R"({"node":{"key":"/first","value":"gone","nodes":[{"key":"/gone"}]},)"
        R"("prevNode":{"value":"gone"},)"
        R"("node":{"key":"/second","nodes":[{"key":"/a"}],"nodes":[{"key":"/b"},{"key":"/c"}]},)"
        R"("prevNode":{"key":"/before"}})");

    EXPECT_EQ(reply->node.key, "/second");
    EXPECT_EQ(reply->node.value, "");
    ASSERT_EQ(reply->node.nodes.size(), 2U);
    EXPECT_EQ(reply->node.nodes[0].key, "/b");
    EXPECT_EQ(reply->prev_node->key, "/before");
    EXPECT_EQ(reply->prev_node->value, "");
    auto const read = this->oddments(
        R"({"counts":{"a":1},"text":"gone","counts":{"b":2,"b":3},"text":null})");
    EXPECT_EQ(read.counts, (std::map<std::string, std::uint64_t>{{"b", 3}}));
    EXPECT_EQ(read.text, SuiteOddments::untouched().text);
}

TYPED_TEST_P(CodecSuite, reads_every_integer_that_its_member_can_hold)
{
    EXPECT_EQ(this->node(R"("createdIndex":18446744073709551615)").created_index,
        Index{std::numeric_limits<std::uint64_t>::max()});
    EXPECT_EQ(this->oddments(R"({"huge":9223372036854775807})").huge, 9'223'372'036'854'775'807U);
    EXPECT_EQ(this->oddments(R"({"huge":9223372036854775808})").huge, 9'223'372'036'854'775'808U);
    EXPECT_EQ(this->oddments(R"({"huge":9007199254740993})").huge, 9'007'199'254'740'993U);
    EXPECT_EQ(this->oddments(R"({"huge":0})").huge, 0U);
    EXPECT_EQ(
        this->oddments(R"({"signedHuge":-9007199254740991})").signed_huge, -9'007'199'254'740'991);
    EXPECT_EQ(this->oddments(R"({"tiny":-128})").tiny, -128);
    EXPECT_EQ(this->oddments(R"({"tiny":127})").tiny, 127);
}

TYPED_TEST_P(CodecSuite, refuses_an_integer_that_its_member_cannot_hold)
{
    for (auto const* const number : {"18446744073709551616", "18446744073709551617", "-1",
             "18446744073709551620", "99999999999999999999999999999999999999"}) {
        this->expect_refusal(
            "{\"node\":{\"createdIndex\":" + std::string{number} + "}}", "node.createdIndex");
    }
    this->template expect_refusal<SuiteOddments>(R"({"tiny":128})", "tiny");
    this->template expect_refusal<SuiteOddments>(R"({"tiny":-129})", "tiny");
    this->template expect_refusal<SuiteOddments>(R"({"signedHuge":9223372036854775808})");
    this->template expect_refusal<SuiteOddments>(R"({"signedHuge":-9223372036854775809})");
}

TYPED_TEST_P(CodecSuite, reads_a_negative_integer_exactly_or_not_at_all)
{
    for (auto const* const number : {"-9007199254740992", "-9007199254740993",
             "-9223372036854775807", "-9223372036854775808"}) {
        auto const read = this->template decode<SuiteOddments>(
            "{\"signedHuge\":" + std::string{number} + '}');
        EXPECT_TRUE(!read || std::to_string(read->signed_huge) == number) << number;
    }
}

TYPED_TEST_P(CodecSuite, refuses_a_fraction_where_a_whole_number_belongs)
{
    this->expect_refusal(R"({"node":{"ttl":1.5}})", "node.ttl");
    this->expect_refusal(R"({"node":{"createdIndex":5.0}})", "node.createdIndex");
    this->expect_refusal(R"({"node":{"createdIndex":5e0}})", "node.createdIndex");
}

TYPED_TEST_P(CodecSuite, reads_fractions)
{
    EXPECT_EQ(this->oddments(R"({"fraction":-0.25})").fraction, -0.25);
    EXPECT_EQ(this->oddments(R"({"fraction":1.5e3})").fraction, 1500.0);
    EXPECT_EQ(this->oddments(R"({"fraction":3})").fraction, 3.0);
}

TYPED_TEST_P(CodecSuite, reads_lists_and_maps)
{
    auto const read = this->oddments(
        R"({"list":["one",null,"three"],"counts":{"a":1,"b":null,"":3},"numbers":[1,2],)"
        R"("truth":false})");

    EXPECT_EQ(read.list, (std::vector<std::string>{"one", "", "three"}));
    EXPECT_EQ(read.counts, (std::map<std::string, std::uint64_t>{{"a", 1}, {"b", 0}, {"", 3}}));
    EXPECT_EQ(read.numbers, (std::vector{1, 2}));
    EXPECT_FALSE(read.truth);
}

TYPED_TEST_P(CodecSuite, refuses_a_value_of_another_type_and_names_the_member)
{
    this->expect_refusal(R"({"action":5})", "action");
    this->expect_refusal(R"({"action":"gone"})", "action");
    this->expect_refusal(R"({"node":[]})", "node");
    this->expect_refusal(R"({"node":"/foo"})", "node");
    this->expect_refusal(R"({"prevNode":{"key":7}})", "prevNode.key");
    this->expect_refusal(R"({"node":{"key":{}}})", "node.key");
    this->expect_refusal(R"({"node":{"dir":"true"}})", "node.dir");
    this->expect_refusal(R"({"node":{"dir":1}})", "node.dir");
    this->expect_refusal(R"({"node":{"ttl":"100"}})", "node.ttl");
    this->expect_refusal(R"({"node":{"createdIndex":true}})", "node.createdIndex");
    this->expect_refusal(R"({"node":{"expiration":"tomorrow"}})", "node.expiration");
    this->expect_refusal(R"({"node":{"nodes":{}}})", "node.nodes");
    this->expect_refusal(R"({"node":{"nodes":[[]]}})", "node.nodes[0]");
    this->template expect_refusal<SuiteOddments>(R"({"counts":{"a":1,"b":"2"}})", "counts.b");
    this->template expect_refusal<SuiteOddments>(R"({"fraction":"0.5"})", "fraction");
    this->template expect_refusal<SuiteOddments>(R"({"text":true})", "text");
}

TYPED_TEST_P(CodecSuite, says_which_of_many_nodes_is_wrong)
{
    this->expect_refusal(
        R"({"node":{"nodes":[{},{"nodes":[{},{}]},{"modifiedIndex":1},{"modifiedIndex":"x"}]}})",
        "node.nodes[3].modifiedIndex");
    this->expect_refusal(
        R"({"node":{"nodes":[{},{"nodes":[{},{"key":false}]}]}})", "node.nodes[1].nodes[1].key");
}

TYPED_TEST_P(CodecSuite, leaves_effect_and_fault_to_those_who_know_the_status)
{
    auto const result = this->reply(R"({"node":5})");

    EXPECT_EQ(result.error().effect(), Effect::unknown);
    EXPECT_EQ(result.error().fault(), Fault::member);
    EXPECT_FALSE(result.error().status());
}

TYPED_TEST_P(CodecSuite, reads_escaped_characters)
{
    EXPECT_EQ(this->value(R"("\"\\\/\b\f\n\r\t")"), "\"\\/\b\f\n\r\t");
    EXPECT_EQ(this->value(R"("\u003ca\u003E\u0026\u2028")"), "<a>&\u2028");
    EXPECT_EQ(this->value(R"("\ud83d\ude00 \uFFFD \uffff")"), "\U0001F600 \uFFFD \uFFFF");
    EXPECT_EQ(this->node(R"("\u006bey":"/foo")").key, "/foo");
}

TYPED_TEST_P(CodecSuite, reads_a_value_with_nul_in_it)
{
    using namespace std::string_literals;

    EXPECT_EQ(this->value(R"("\u0000a\u0000")"), "\0a\0"s);
}

TYPED_TEST_P(CodecSuite, reads_characters_of_every_length)
{
    EXPECT_EQ(this->value("\"\u00e4\u20ac\U0001F600\x7f\""), "\u00e4\u20ac\U0001F600\x7f");
}

TYPED_TEST_P(CodecSuite, refuses_half_a_surrogate_pair)
{
    this->expect_refusal(R"({"node":{"value":"\ud83d"}})");
    this->expect_refusal(R"({"node":{"value":"\ude00"}})");
    this->expect_refusal(R"({"node":{"value":"\ud83dx"}})");
    this->expect_refusal(R"({"node":{"value":"\ud83d\ud83d"}})");
}

TYPED_TEST_P(CodecSuite, refuses_invalid_utf8)
{
    for (auto const* const bytes : {"\x80", "\xc3", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80",
             "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xfe", "\xff"}) {
        this->expect_refusal("{\"node\":{\"value\":\"" + std::string{bytes} + "\"}}");
    }
}

TYPED_TEST_P(CodecSuite, refuses_control_characters_in_a_string)
{
    using namespace std::string_literals;

    this->expect_refusal("{\"node\":{\"value\":\"a\nb\"}}");
    this->expect_refusal("{\"node\":{\"value\":\"a\0b\"}}"s);
}

TYPED_TEST_P(CodecSuite, reads_a_value_of_six_megabytes)
{
    auto const value = std::string(6'000'000, 'v');

    EXPECT_EQ(this->value('"' + value + '"'), value);
}

TYPED_TEST_P(CodecSuite, reads_a_listing_of_ten_thousand_nodes)
{
    auto text = std::string{R"({"action":"get","node":{"dir":true,"nodes":[)"};
    for (auto i = 0; i != 10'000; ++i) {
        text += (i == 0 ? "" : ",") + (R"({"key":"/)" + std::to_string(i) + R"(","value":"v"})");
    }
    auto const reply = this->reply(text + "]}}");

    ASSERT_EQ(reply->node.nodes.size(), 10'000U);
    EXPECT_EQ(reply->node.nodes[9'999].key, "/9999");
}

TYPED_TEST_P(CodecSuite, reads_white_space_around_and_between)
{
    auto const reply = this->reply(
        "\r\n\t { \"node\" : {\n\"key\"\t:\r\"/foo\" , \"nodes\" : [ ] } } \n\n");

    EXPECT_EQ(reply->node.key, "/foo");
}

TYPED_TEST_P(CodecSuite, refuses_what_follows_the_value)
{
    for (auto const* const rest : {"x", "{}", ",", "}", "]", "\"", "null", "\n\nHTTP/1.1 200 OK",
             "\xff", "\xff{}", "\xef\xbb\xbf"}) {
        this->expect_refusal(std::string{this->got_foo} + rest);
    }
    this->expect_refusal(std::string{this->got_foo} + '\0');
}

TYPED_TEST_P(CodecSuite, refuses_a_text_without_a_value)
{
    for (auto const* const text :
        {"", " ", "\n", "\xff", "404 page not found\n", "<html></html>"}) {
        this->expect_refusal(text);
    }
}

TYPED_TEST_P(CodecSuite, refuses_another_kind_of_value_for_the_whole)
{
    for (auto const* const text : {"null", "true", "5", "\"x\"", "[]", "[{}]"}) {
        this->expect_refusal(text);
    }
}

TYPED_TEST_P(CodecSuite, refuses_what_only_looks_like_json)
{
    for (auto const* const text : {R"({"node":{},})", R"({,})", R"({"node"})", R"({"node" {}})",
             R"({node:{}})", R"({'node':{}})", R"({"node":{})", R"({"node":{])", R"({"x":[1,]})",
             R"({"x":[1 2]})", R"({"x":01})", R"({"x":+1})", R"({"x":.5})", R"({"x":1.})",
             R"({"x":1e})", R"({"x":-})", R"({"x":0x10})", R"({"x":NaN})", R"({"x":nul})",
             R"({"x":True})", R"({"x":"\x41"})", R"({"x":"\u12g4"})", R"({"x":})", R"({}//)",
             R"(/**/{})", R"({1:2})", R"({null:1})", "[", "{", "\"", "\\"}) {
        this->expect_refusal(text);
    }
}

TYPED_TEST_P(CodecSuite, refuses_every_reply_that_breaks_off)
{
    auto const whole = this->got_foo.substr(0, this->got_foo.size() - 1);
    for (std::size_t size = 0; size != whole.size(); ++size) {
        this->expect_refusal(whole.substr(0, size));
    }
}

TYPED_TEST_P(CodecSuite, reads_or_refuses_a_reply_with_one_damaged_byte)
{
    for (std::size_t i = 0; i != this->got_foo.size(); ++i) {
        for (auto const damage :
            {'\0', '\n', '"', ',', ':', '9', '\\', '[', ']', '{', '}', '\x80', '\xff'}) {
            auto text = std::string{this->got_foo};
            text[i] = damage;
            auto const result = this->reply(text);
            EXPECT_TRUE(result || result.error() == make_error_code(Errc::malformed_reply)) << text;
        }
    }
}

TYPED_TEST_P(CodecSuite, reads_a_thousand_levels)
{
    constexpr auto directories = 499;  // two levels each, and two for the reply and its node
    auto text = std::string{R"({"node":{)"};
    for (auto i = 0; i != directories; ++i) { text += R"("nodes":[{)"; }
    text += R"("key":"/bottom")";
    for (auto i = 0; i != directories; ++i) { text += "}]"; }
    auto const reply = this->reply(text + "}}");

    auto const* node = &reply.value().node;
    for (auto i = 0; i != directories; ++i) { node = &node->nodes.at(0); }
    EXPECT_EQ(node->key, "/bottom");
}

TYPED_TEST_P(CodecSuite, refuses_ten_megabytes_of_open_brackets)
{
    constexpr auto size = std::size_t{10} << 20U;
    auto const repeated = [](std::string_view part) {
        auto text = std::string{};
        text.reserve(size + part.size());
        while (text.size() < size) { text += part; }
        return text;
    };
    this->expect_refusal(repeated("["));
    this->expect_refusal(R"({"x":)" + repeated("["));
    this->expect_refusal(R"({"x":)" + repeated(R"({"x":)"));
    this->expect_refusal(R"({"node":{)" + repeated(R"("nodes":[{)"));
}

TYPED_TEST_P(CodecSuite, writes_what_it_reads)
{
    auto const time = std::chrono::system_clock::time_point{std::chrono::nanoseconds{-1}};
    auto const leaf = SuiteNode{.key = "/a/\u00e4",
        .value = std::string{"\0\x1f\x7f \"\\/\b\n<\U0001F600", 15},
        .expiration = time,
        .ttl = std::chrono::seconds{-1},
        .modified_index = Index{std::numeric_limits<std::uint64_t>::max()}};
    auto const reply = SuiteReply{.action = SuiteAction::get,
        .node = {.key = "/a", .dir = true, .nodes = {leaf, leaf}},
        .prev_node = leaf};

    EXPECT_EQ(this->reply(this->codec.encode(reply)).value(), reply);
}

TYPED_TEST_P(CodecSuite, writes_every_kind_of_value)
{
    auto oddments = SuiteOddments::untouched();
    EXPECT_EQ(this->oddments(this->codec.encode(oddments)), oddments);

    oddments.huge = std::numeric_limits<std::uint64_t>::max();
    oddments.signed_huge = std::numeric_limits<std::int64_t>::max();
    oddments.fraction = 0.1;
    oddments.truth = false;
    oddments.text = "";
    oddments.list = {};
    oddments.counts = {};
    oddments.numbers.emplace();
    EXPECT_EQ(this->oddments(this->codec.encode(oddments)), oddments);
}

TYPED_TEST_P(CodecSuite, leaves_out_what_is_empty_by_choice)
{
    auto const text = this->codec.encode(SuiteReply{});

    EXPECT_EQ(text.find("prevNode"), std::string::npos) << text;
    EXPECT_EQ(text.find("ttl"), std::string::npos) << text;
    EXPECT_EQ(text.find("null"), std::string::npos) << text;
}

TYPED_TEST_P(CodecSuite, reads_and_writes_a_bare_string)
{
    EXPECT_EQ(this->template decode<std::string>("\"/app/mode\"").value(), "/app/mode");
    EXPECT_EQ(this->codec.encode(std::string{"/app/mode"}), "\"/app/mode\"");
}

TYPED_TEST_P(CodecSuite, reads_on_after_a_refusal)
{
    this->expect_refusal(R"({"node":{"nodes":[{"key":[[)");

    EXPECT_EQ(this->reply(this->got_foo)->node.value, "two");
}

TYPED_TEST_P(CodecSuite, serves_several_threads_at_once)
{
    auto mistakes = std::array<int, 4>{};
    auto threads = std::vector<std::jthread>{};
    for (auto& mine : mistakes) {
        threads.emplace_back([this, &mine, number = &mine - mistakes.data()] {
            auto const key = "/thread/" + std::to_string(number);
            for (auto i = 0; i != 500; ++i) {
                mine += this->node("\"key\":\"" + key + '"').key == key ? 0 : 1;
                mine += this->reply("{\"node\":{\"key\":" + std::to_string(i)) ? 1 : 0;
            }
        });
    }
    threads.clear();

    EXPECT_EQ(mistakes, (std::array<int, 4>{}));
}

REGISTER_TYPED_TEST_SUITE_P(CodecSuite, models_the_concept, reads_a_value_as_etcd_sends_it,
    reads_what_stood_there_before, reads_the_reply_to_a_write_that_wanted_no_value,
    reads_a_listing_of_the_root_which_has_no_key, reads_when_a_node_expires_to_the_nanosecond,
    reads_the_ttl_of_a_node_that_is_overdue, reads_members_in_any_order,
    ignores_members_that_nobody_described, leaves_members_that_are_missing_as_they_are_by_default,
    takes_null_for_missing, lets_the_last_of_two_equal_members_count_alone,
    reads_every_integer_that_its_member_can_hold, refuses_an_integer_that_its_member_cannot_hold,
    reads_a_negative_integer_exactly_or_not_at_all, refuses_a_fraction_where_a_whole_number_belongs,
    reads_fractions, reads_lists_and_maps, refuses_a_value_of_another_type_and_names_the_member,
    says_which_of_many_nodes_is_wrong, leaves_effect_and_fault_to_those_who_know_the_status,
    reads_escaped_characters, reads_a_value_with_nul_in_it, reads_characters_of_every_length,
    refuses_half_a_surrogate_pair, refuses_invalid_utf8, refuses_control_characters_in_a_string,
    reads_a_value_of_six_megabytes, reads_a_listing_of_ten_thousand_nodes,
    reads_white_space_around_and_between, refuses_what_follows_the_value,
    refuses_a_text_without_a_value, refuses_another_kind_of_value_for_the_whole,
    refuses_what_only_looks_like_json, refuses_every_reply_that_breaks_off,
    reads_or_refuses_a_reply_with_one_damaged_byte, reads_a_thousand_levels,
    refuses_ten_megabytes_of_open_brackets, writes_what_it_reads, writes_every_kind_of_value,
    leaves_out_what_is_empty_by_choice, reads_and_writes_a_bare_string, reads_on_after_a_refusal,
    serves_several_threads_at_once);

}  // namespace etcdpp
