// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/form.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace etcdpp::http {
namespace {

using namespace std::string_view_literals;

std::string text_of(auto fill)
{
    auto text = std::string{};
    auto form = Form::body(text);
    fill(form);
    return text;
}

TEST(Form, writes_nothing_of_its_own)
{
    EXPECT_EQ(text_of([](Form&) {}), "");
}

TEST(Form, joins_its_parameters_in_the_order_given)
{
    EXPECT_EQ(text_of([](Form& form) {
        form.add("value", "blue").add("prevValue", "green").add("ttl", 30);
    }),
        "value=blue&prevValue=green&ttl=30");
}

TEST(Form, keeps_an_empty_value)
{
    EXPECT_EQ(
        text_of([](Form& form) { form.add("value", "").add("dir", "true"); }), "value=&dir=true");
}

TEST(Form, escapes_what_would_end_a_value)
{
    struct Case {
        std::string_view value;
        std::string_view text;
    };
    for (auto const& [value, text] : {
             Case{"a b", "value=a%20b"},
             Case{"a+b", "value=a%2Bb"},
             Case{"100%", "value=100%25"},
             Case{"a;b", "value=a%3Bb"},
             Case{"a&b=c", "value=a%26b%3Dc"},
             Case{"a\nb\r\n", "value=a%0Ab%0D%0A"},
             Case{"a\0b"sv, "value=a%00b"},
             Case{"bl\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80", "value=bl%C3%BC%E2%82%AC%F0%9F%98%80"},
             Case{"\xff", "value=%FF"},
             Case{"{\"a\": [1]}", "value=%7B%22a%22%3A%20%5B1%5D%7D"},
         }) {
        EXPECT_EQ(text_of([&](Form& form) { form.add("value", value); }), text);
    }
}

TEST(Form, writes_numbers_of_every_size)
{
    EXPECT_EQ(text_of([](Form& form) {
        form.add("prevIndex", std::numeric_limits<std::uint64_t>::max());
    }),
        "prevIndex=18446744073709551615");
    EXPECT_EQ(
        text_of([](Form& form) { form.add("ttl", std::numeric_limits<std::int64_t>::min()); }),
        "ttl=-9223372036854775808");
    EXPECT_EQ(text_of([](Form& form) { form.add("ttl", 0); }), "ttl=0");
}

TEST(Form, says_true_for_what_is_wanted_and_nothing_for_what_is_not)
{
    EXPECT_EQ(text_of([](Form& form) { form.add_if(true, "recursive").add_if(false, "sorted"); }),
        "recursive=true");
    EXPECT_EQ(text_of([](Form& form) { form.add_if(false, "recursive"); }), "");
}

TEST(Form, grows_with_a_value_of_a_mebibyte)
{
    auto const value = std::string(1 << 20, ' ');
    auto const text = text_of([&](Form& form) { form.add("value", value); });

    EXPECT_EQ(text.size(), 6 + 3 * value.size());
    EXPECT_TRUE(text.ends_with("%20%20"));
}

TEST(Form, is_sent_as_what_etcd_reads_as_a_form)
{
    EXPECT_EQ(form_header_line, "Content-Type: application/x-www-form-urlencoded\r\n");
}

TEST(Query, leaves_the_path_alone_if_it_has_no_parameter)
{
    auto path = std::string{"/v2/keys/app"};

    Form::query(path).add_if(false, "recursive");

    EXPECT_EQ(path, "/v2/keys/app");
}

TEST(Query, goes_behind_the_path)
{
    auto path = std::string{"/v2/keys/app"};

    Form::query(path).add("recursive", "true").add("sorted", "true");

    EXPECT_EQ(path, "/v2/keys/app?recursive=true&sorted=true");
}

}  // namespace
}  // namespace etcdpp::http
