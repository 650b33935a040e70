// SPDX-License-Identifier: BSL-1.0

//! @file
//! Where the parameters of a write go, and which are refused before anything is sent.

#include "etcdpp/v2/wire/write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::v2::wire {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using std::chrono::milliseconds;
using testing::HasSubstr;

Result<http::Request> put(auto fill)
{
    return write(http::Method::put, "/app/mode", fill);
}

Result<http::Request> del(auto fill)
{
    return write(http::Method::del, "/app/mode", fill);
}

void nothing(Write&) {}

std::string body(Result<http::Request> const& request)
{
    return request.value().body;
}

std::string refusal(Result<http::Request> const& request)
{
    if (request) { return "not refused: " + request->target + ' ' + request->body; }
    EXPECT_EQ(request.error(), etcdpp::Errc::invalid_argument);
    EXPECT_EQ(request.error().effect(), Effect::none);
    EXPECT_EQ(request.error().fault(), Fault::request);
    return request.error().words();
}

TEST(Write, sends_the_value_even_if_it_is_empty)
{
    EXPECT_EQ(body(put([](Write& with) { with.value(""); })), "value=");
}

TEST(Write, escapes_the_value)
{
    EXPECT_EQ(body(put([](Write& with) { with.value("a b&c=d;e+f%\n\0\xc3\xa9"sv); })),
        "value=a%20b%26c%3Dd%3Be%2Bf%25%0A%00%C3%A9");
}

TEST(Write, refuses_a_value_that_is_not_utf8)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.value("caf\xe9"); })),
        HasSubstr("the value is not valid UTF-8"));
}

TEST(Write, refuses_a_key_that_is_not_utf8)
{
    EXPECT_THAT(
        refusal(write(http::Method::put, "/caf\xe9", nothing)), HasSubstr("the key is not"));
}

TEST(Write, keeps_a_value_of_a_mebibyte_whole)
{
    auto const value = std::string(1024 * 1024, 'x');

    EXPECT_EQ(body(put([&](Write& with) { with.value(value); })), "value=" + value);
}

TEST(Write, states_its_content_type_where_it_has_a_body)
{
    for (auto const method : {http::Method::put, http::Method::post}) {
        auto const request = write(method, "/app", nothing).value();
        EXPECT_EQ(request.headers.find("Content-Type"), "application/x-www-form-urlencoded")
            << method;
    }
}

TEST(Write, states_no_content_type_for_a_delete)
{
    EXPECT_EQ(del(nothing).value().headers.find("Content-Type"), std::nullopt);
}

TEST(Write, puts_flags_into_the_query_if_they_are_wanted)
{
    EXPECT_EQ(
        put([](Write& with) { with.flag(true, "dir").flag(false, "recursive"); }).value().target,
        "/v2/keys/app/mode?dir=true");
}

TEST(Write, says_whether_the_key_must_exist)
{
    EXPECT_EQ(put([](Write& with) { with.prev_exist(true); }).value().target,
        "/v2/keys/app/mode?prevExist=true");
    EXPECT_EQ(put([](Write& with) { with.prev_exist(false); }).value().target,
        "/v2/keys/app/mode?prevExist=false");
}

// Time to live.

TEST(WriteTtl, is_left_out_where_there_is_none)
{
    EXPECT_EQ(body(put([](Write& with) { with.ttl(std::nullopt); })), "");
}

TEST(WriteTtl, is_sent_in_seconds)
{
    EXPECT_EQ(body(put([](Write& with) { with.ttl(60s); })), "ttl=60");
}

TEST(WriteTtl, is_rounded_up_to_whole_seconds)
{
    EXPECT_EQ(body(put([](Write& with) { with.ttl(1ms); })), "ttl=1");
    EXPECT_EQ(body(put([](Write& with) { with.ttl(999ms); })), "ttl=1");
    EXPECT_EQ(body(put([](Write& with) { with.ttl(1000ms); })), "ttl=1");
    EXPECT_EQ(body(put([](Write& with) { with.ttl(1001ms); })), "ttl=2");
    EXPECT_EQ(body(put([](Write& with) { with.ttl(1500ms); })), "ttl=2");
}

TEST(WriteTtl, is_refused_at_zero_because_etcd_would_expire_the_node)
{
    EXPECT_THAT(
        refusal(put([](Write& with) { with.ttl(0s); })), HasSubstr("the ttl must be positive"));
}

TEST(WriteTtl, is_refused_where_it_is_negative)
{
    EXPECT_THAT(
        refusal(put([](Write& with) { with.ttl(-1ms); })), HasSubstr("the ttl must be positive"));
    EXPECT_THAT(refusal(put([](Write& with) { with.ttl(milliseconds::min()); })),
        HasSubstr("the ttl must be positive"));
}

TEST(WriteTtl, reaches_up_to_three_thousand_million_seconds)
{
    EXPECT_EQ(body(put([](Write& with) { with.ttl(3'000'000'000s); })), "ttl=3000000000");
    EXPECT_EQ(body(put([](Write& with) { with.ttl(2'999'999'999s + 1ms); })), "ttl=3000000000");
}

TEST(WriteTtl, is_refused_beyond_because_etcd_would_keep_the_node_for_ever)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.ttl(3'000'000'000s + 1ms); })),
        HasSubstr("the ttl exceeds"));
    EXPECT_THAT(refusal(put([](Write& with) { with.ttl(milliseconds::max()); })),
        HasSubstr("the ttl exceeds"));
}

// Comparisons.

TEST(WriteCompare, puts_the_previous_value_of_a_put_into_the_body)
{
    auto const request = put([](Write& with) {
        with.value("green").compare({.prev_value = "blue"});
    }).value();

    EXPECT_EQ(request.target, "/v2/keys/app/mode");
    EXPECT_EQ(request.body, "value=green&prevValue=blue");
}

TEST(WriteCompare, keeps_the_request_line_short_whatever_the_previous_value_of_a_put)
{
    auto const request = put([](Write& with) {
        with.compare({.prev_value = std::string(8192, 'x')});
    }).value();

    EXPECT_EQ(request.target, "/v2/keys/app/mode");
}

TEST(WriteCompare, puts_the_previous_value_of_a_delete_into_the_query)
{
    auto const request = del([](Write& with) {
        with.compare({.prev_value = "sky blue&=;"});
    }).value();

    EXPECT_EQ(request.target, "/v2/keys/app/mode?prevValue=sky%20blue%26%3D%3B");
    EXPECT_EQ(request.body, "");
}

TEST(WriteCompare, puts_the_previous_index_into_the_query)
{
    EXPECT_EQ(put([](Write& with) { with.compare({.prev_index = Index{7}}); }).value().target,
        "/v2/keys/app/mode?prevIndex=7");
    EXPECT_EQ(del([](Write& with) { with.compare({.prev_index = Index{7}}); }).value().target,
        "/v2/keys/app/mode?prevIndex=7");
}

TEST(WriteCompare, sends_both_conditions_if_both_are_given)
{
    auto const request = del([](Write& with) {
        with.compare({.prev_value = "blue", .prev_index = Index{7}});
    }).value();

    EXPECT_EQ(request.target, "/v2/keys/app/mode?prevValue=blue&prevIndex=7");
}

TEST(WriteCompare, writes_the_largest_index_in_full)
{
    auto const largest = Index{std::numeric_limits<std::uint64_t>::max()};

    EXPECT_EQ(put([&](Write& with) { with.compare({.prev_index = largest}); }).value().target,
        "/v2/keys/app/mode?prevIndex=18446744073709551615");
}

TEST(WriteCompare, is_refused_without_any_condition_because_it_would_be_unconditional)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.compare({}); })),
        HasSubstr("a compare needs prev_value or prev_index"));
    EXPECT_THAT(refusal(del([](Write& with) { with.compare({}); })),
        HasSubstr("a compare needs prev_value or prev_index"));
}

TEST(WriteCompare, is_refused_with_an_empty_previous_value)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.compare({.prev_value = ""}); })),
        HasSubstr("prev_value is empty"));
    EXPECT_THAT(
        refusal(del([](Write& with) { with.compare({.prev_value = "", .prev_index = Index{7}}); })),
        HasSubstr("prev_value is empty"));
}

TEST(WriteCompare, is_refused_with_previous_index_zero_because_etcd_would_ignore_it)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.compare({.prev_index = Index{0}}); })),
        HasSubstr("prev_index is 0"));
    EXPECT_THAT(refusal(del([](Write& with) {
        with.compare({.prev_value = "blue", .prev_index = Index{0}});
    })),
        HasSubstr("prev_index is 0"));
}

TEST(WriteCompare, is_refused_with_a_previous_value_that_is_not_utf8)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.compare({.prev_value = "caf\xe9"}); })),
        HasSubstr("prev_value is not valid UTF-8"));
}

TEST(Write, names_the_fault_of_the_key_before_that_of_a_parameter)
{
    auto const request = write(http::Method::put, "/\xff", [](Write& with) { with.value("\xff"); });

    EXPECT_THAT(refusal(request), HasSubstr("the key is not"));
}

TEST(Write, widens_the_path_before_the_query_begins)
{
    EXPECT_EQ(del([](Write& with) { with.tree(true).flag(true, "recursive"); }).value().target,
        "/v2/keys/app/mode/?recursive=true");
}

TEST(Write, names_the_first_of_several_faults)
{
    EXPECT_THAT(refusal(put([](Write& with) { with.value("\xff").ttl(0s); })),
        HasSubstr("the value is not"));
}

}  // namespace
}  // namespace etcdpp::v2::wire
