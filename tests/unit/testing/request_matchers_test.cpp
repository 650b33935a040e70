// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/request_matchers.hpp"

#include "etcdpp/v2/key_operations.hpp"
#include "tests/unit/testing/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::mocks {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

template <class Matcher>
std::string description(Matcher const& matcher)
{
    return testing::DescribeMatcher<http::Request const&>(matcher);
}

TEST(RequestMatchers, know_the_operations_by_method_and_key)
{
    auto const get = v2::Get{"/app/mode"}.encode().value();
    auto const set = v2::Set{"/app/mode", "blue"}.encode().value();
    auto const in_order = v2::CreateInOrder{"/jobs", "first"}.encode().value();
    auto const remove = v2::Remove{"/app/mode"}.encode().value();

    EXPECT_THAT(get, IsGet("/app/mode"));
    EXPECT_THAT(set, IsPut("/app/mode"));
    EXPECT_THAT(in_order, IsPost("/jobs"));
    EXPECT_THAT(remove, IsDelete("/app/mode"));
    EXPECT_THAT(get, Not(IsPut("/app/mode")));
    EXPECT_THAT(get, Not(IsGet("/app")));
}

TEST(RequestMatchers, take_keys_as_they_are_and_not_as_they_travel)
{
    EXPECT_THAT(
        v2::Get{"/a key/50%?#;+\xc3\xa9"}.encode().value(), IsGet("/a key/50%?#;+\xc3\xa9"));
}

TEST(RequestMatchers, do_not_mind_the_slash_behind_a_whole_tree)
{
    EXPECT_THAT((v2::Get{"/app", {.recursive = true}}.encode().value()), IsGet("/app"));
    EXPECT_THAT((v2::Get{"/", {.recursive = true}}.encode().value()), IsGet("/"));
}

TEST(RequestMatchers, take_no_other_api_for_the_keys)
{
    EXPECT_THAT((http::Request{.target = "/version"}), Not(IsGet("")));
    EXPECT_THAT((http::Request{.target = "/version"}), Not(IsGet("/version")));
}

TEST(HasForm, looks_into_the_body_of_a_write_and_into_the_query_of_a_read)
{
    auto const set = v2::Set{"/app/mode", "dark blue & <red>"}.encode().value();
    auto const list = v2::Get{"/app", {.recursive = true}}.encode().value();

    EXPECT_THAT(set, HasForm("value", "dark blue & <red>"));
    EXPECT_THAT(list, HasForm("recursive", "true"));
    EXPECT_THAT(set, Not(HasForm("recursive", "true")));
    EXPECT_THAT(set, Not(HasForm("value", "blue")));
}

TEST(HasForm, takes_a_matcher_for_the_value)
{
    EXPECT_THAT((v2::Set{"/app/mode", "blue"}.encode().value()), HasForm("value", SizeIs(4)));
}

TEST(HasForm, finds_nothing_in_a_body_that_does_not_say_that_it_is_a_form)
{
    auto const request = http::Request{.method = http::Method::put, .body = "value=blue"};

    EXPECT_THAT(request, Not(HasForm("value", "blue")));
}

TEST(RequestMatchers, say_what_was_sent_instead)
{
    auto const request = v2::Set{"/app/mode", "blue"}.encode().value();

    EXPECT_THAT(explanation(request, IsGet("/app")), HasSubstr("PUT /v2/keys/app/mode value=blue"));
    EXPECT_THAT(explanation(request, HasForm("ttl", "5")), HasSubstr("says nothing of ttl"));
    EXPECT_THAT(
        explanation(request, HasForm("value", "red")), HasSubstr("whose value is \"blue\""));
    EXPECT_EQ(description(IsGet("/app")), "is a GET of key /app");
    EXPECT_EQ(
        description(HasForm("value", "red")), "has a parameter value that is equal to \"red\"");
}

TEST(ToEndpoint, counts_the_members_from_one)
{
    auto const three = members(3);

    ASSERT_EQ(three.size(), 3U);
    EXPECT_THAT(three[0], ToEndpoint(1));
    EXPECT_THAT(three[2], ToEndpoint(3));
    EXPECT_THAT(three[2], Not(ToEndpoint(1)));
}

}  // namespace
}  // namespace etcdpp::mocks
