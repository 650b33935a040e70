// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::http {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::pair<std::string, std::string>> lines(Headers const& headers)
{
    auto all = std::vector<std::pair<std::string, std::string>>{};
    headers.for_each(
        [&](std::string_view name, std::string_view value) { all.emplace_back(name, value); });
    return all;
}

TEST(Headers, are_empty_by_default)
{
    auto const headers = Headers{};

    EXPECT_TRUE(headers.empty());
    EXPECT_EQ(headers.block(), "");
    EXPECT_EQ(headers.find("Host"), std::nullopt);
    EXPECT_THAT(lines(headers), IsEmpty());
}

TEST(Headers, are_found_by_name)
{
    auto const headers = Headers{{"X-Etcd-Index", "42"}, {"Content-Length", "7"}};

    EXPECT_EQ(headers.find("X-Etcd-Index"), "42");
    EXPECT_EQ(headers.find("Content-Length"), "7");
    EXPECT_EQ(headers.find("X-Raft-Index"), std::nullopt);
}

TEST(Headers, are_found_in_any_case)
{
    auto const headers = Headers{{"X-Etcd-Index", "42"}};

    for (auto const name : {"x-etcd-index", "X-ETCD-INDEX", "x-Etcd-iNDEX"}) {
        EXPECT_EQ(headers.find(name), "42") << name;
    }
}

TEST(Headers, are_found_two_at_a_time_wherever_they_stand)
{
    using Values = std::array<std::optional<std::string_view>, 2>;
    auto const headers = Headers{{"Date", "today"}, {"x-etcd-index", "42"}, {"Via", "one"}};

    EXPECT_EQ(headers.find("Date", "X-Etcd-Index"), (Values{"today", "42"}));
    EXPECT_EQ(headers.find("X-Etcd-Index", "Date"), (Values{"42", "today"}));
    EXPECT_EQ(headers.find("Host", "Via"), (Values{std::nullopt, "one"}));
    EXPECT_EQ(headers.find("Via", "Host"), (Values{"one", std::nullopt}));
    EXPECT_EQ(headers.find("Via", "Via"), (Values{"one", "one"}));
}

TEST(Headers, found_second_are_looked_for_behind_the_first)
{
    auto const headers = Headers{{"Via", "one"}, {"Date", "today"}, {"Via", "two"}};

    EXPECT_EQ(headers.find("Date", "Via")[1], "two");
}

TEST(Headers, have_no_empty_name)
{
    EXPECT_EQ(Headers::from_block(": nobody's\r\n").find(""), std::nullopt);
}

TEST(Headers, may_begin_with_what_is_no_letter)
{
    EXPECT_EQ((Headers{{"1-Etcd", "one"}, {"_etcd", "two"}}).find("_Etcd"), "two");
}

TEST(Headers, spelled_as_asked_go_before_others)
{
    auto const headers = Headers{{"via", "one"}, {"Via", "two"}};

    EXPECT_EQ(headers.find("Via"), "two");
    EXPECT_EQ(headers.find("via"), "one");
}

TEST(Headers, are_found_by_the_whole_name_only)
{
    auto const headers = Headers{{"X-Etcd-Index", "42"}};

    for (auto const name : {"", "X-Etcd", "X-Etcd-Inde", "X-Etcd-Index2", "42"}) {
        EXPECT_EQ(headers.find(name), std::nullopt) << name;
    }
}

TEST(Headers, keep_the_case_of_their_values)
{
    EXPECT_EQ((Headers{{"Location", "/V2/Keys"}}).find("location"), "/V2/Keys");
}

TEST(Headers, give_the_first_of_those_that_are_repeated)
{
    auto const headers = Headers{{"Via", "one"}, {"via", "two"}};

    EXPECT_EQ(headers.find("Via"), "one");
    EXPECT_THAT(lines(headers), ElementsAre(Pair("Via", "one"), Pair("via", "two")));
}

TEST(Headers, keep_the_order_they_are_added_in)
{
    auto headers = Headers{{"Accept", "*/*"}};
    headers.add("User-Agent", "etcdpp");

    EXPECT_EQ(headers.block(), "Accept: */*\r\nUser-Agent: etcdpp\r\n");
    EXPECT_THAT(lines(headers), ElementsAre(Pair("Accept", "*/*"), Pair("User-Agent", "etcdpp")));
}

TEST(Headers, may_have_a_colon_in_a_value)
{
    EXPECT_EQ((Headers{{"Host", "[::1]:2379"}}).find("Host"), "[::1]:2379");
}

TEST(Headers, are_read_from_a_block_without_the_blanks_around_values)
{
    struct Case {
        std::string_view line;
        std::string_view value;
    };
    for (auto const& [line, value] : {
             Case{"X-Etcd-Index: 42\r\n", "42"},
             Case{"X-Etcd-Index:42\r\n", "42"},
             Case{"X-Etcd-Index: \t 42 \t\r\n", "42"},
             Case{"X-Etcd-Index: 4 2\r\n", "4 2"},
             Case{"X-Etcd-Index:\r\n", ""},
             Case{"X-Etcd-Index: \r\n", ""},
             Case{"X-Etcd-Index: 42\n", "42"},
             Case{"X-Etcd-Index: 42", "42"},
             Case{"X-Etcd-Index: a:b\r\n", "a:b"},
         }) {
        EXPECT_EQ(Headers::from_block(line).find("X-Etcd-Index"), value) << line;
    }
}

TEST(Headers, are_read_from_lines_that_end_in_a_line_feed_alone)
{
    auto const headers = Headers::from_block("Host: etcd-1\nX-Etcd-Index: 42\n");

    EXPECT_THAT(lines(headers), ElementsAre(Pair("Host", "etcd-1"), Pair("X-Etcd-Index", "42")));
}

TEST(Headers, do_not_find_a_line_without_a_colon_nor_stumble_over_it)
{
    for (auto const block : {"Nonsense\r\nX-Etcd-Index: 42\r\n", "\r\nX-Etcd-Index: 42\r\n",
             "X-Etcd-Index\r\nX-Etcd-Index: 42\r\n", "X-Etcd-Index 42\nX-Etcd-Index: 42\n"}) {
        auto const headers = Headers::from_block(block);
        EXPECT_EQ(headers.find("Nonsense"), std::nullopt) << block;
        EXPECT_EQ(headers.find("X-Etcd-Index"), "42") << block;
    }
}

TEST(Headers, show_a_line_without_a_colon_as_a_name_without_a_value)
{
    EXPECT_THAT(lines(Headers::from_block("Nonsense\r\nVia: a\r\n")),
        ElementsAre(Pair("Nonsense", ""), Pair("Via", "a")));
}

TEST(Headers, are_not_found_across_the_end_of_a_line)
{
    auto const headers = Headers::from_block("X-Etcd\r\n-Index: 42\r\nVia:\r\n");

    EXPECT_EQ(headers.find("X-Etcd-Index"), std::nullopt);
    EXPECT_EQ(headers.find("X-Etcd"), std::nullopt);
    EXPECT_EQ(headers.find("Via"), "");
}

TEST(Headers, keep_a_block_as_it_stands_on_the_wire)
{
    constexpr auto block = "x-etcd-index:42\r\nVia:  a \r\n"sv;

    EXPECT_EQ(Headers::from_block(block).block(), block);
}

TEST(Headers, own_the_block_they_are_read_from)
{
    auto block = std::string{"X-Etcd-Index: 42\r\n"};
    auto const headers = Headers::from_block(block);
    block.assign(block.size(), '?');

    EXPECT_EQ(headers.find("X-Etcd-Index"), "42");
}

TEST(Headers, are_equal_where_their_lines_are)
{
    EXPECT_EQ((Headers{{"Host", "etcd-1"}}), Headers::from_block("Host: etcd-1\r\n"));
    EXPECT_NE((Headers{{"Host", "etcd-1"}}), (Headers{{"Host", "etcd-2"}}));
}

TEST(Headers, print_as_their_lines)
{
    auto const headers = Headers{{"Host", "etcd-1"}, {"Via", "proxy"}};

    EXPECT_EQ((std::ostringstream{} << headers).str(), "Host: etcd-1\r\nVia: proxy\r\n");
}

TEST(EqualIgnoringCase, compares_the_letters_of_ascii_without_their_case)
{
    static_assert(equal_ignoring_case("", ""));
    static_assert(equal_ignoring_case("Keep-Alive", "kEEP-aLIVE"));
    static_assert(!equal_ignoring_case("close", "closed"));
    static_assert(!equal_ignoring_case("close", "clos3"));
}

// `@` and backquote, `[` and `{` are 32 apart, as the cases of a letter are.
TEST(EqualIgnoringCase, takes_no_other_character_for_a_letter)
{
    static_assert(!equal_ignoring_case("@", "`"));
    static_assert(!equal_ignoring_case("[", "{"));
    static_assert(!equal_ignoring_case("\xc4", "\xe4"));
}

}  // namespace
}  // namespace etcdpp::http
