// SPDX-License-Identifier: BSL-1.0

//! @file
//! Every key that etcd could read as another one, and how it travels.

#include "etcdpp/v2/key_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace etcdpp::v2 {
namespace {

using namespace std::string_view_literals;
using testing::HasSubstr;

std::string path(std::string_view key)
{
    return key_request(http::Method::get, key).value().target;
}

TEST(CanonicalKey, begins_with_a_slash)
{
    EXPECT_EQ(canonical_key("app/mode"), "/app/mode");
    EXPECT_EQ(canonical_key("/app/mode"), "/app/mode");
}

TEST(CanonicalKey, has_no_slash_at_the_end)
{
    EXPECT_EQ(canonical_key("/app/"), "/app");
    EXPECT_EQ(canonical_key("/app///"), "/app");
}

TEST(CanonicalKey, has_no_doubled_slash)
{
    EXPECT_EQ(canonical_key("//app///mode"), "/app/mode");
}

TEST(CanonicalKey, has_no_dot_segment)
{
    EXPECT_EQ(canonical_key("/app/./mode/."), "/app/mode");
    EXPECT_EQ(canonical_key("./app"), "/app");
}

TEST(CanonicalKey, resolves_dot_dot_segments)
{
    EXPECT_EQ(canonical_key("/app/old/../mode"), "/app/mode");
    EXPECT_EQ(canonical_key("/app/mode/.."), "/app");
    EXPECT_EQ(canonical_key("/app/./../db"), "/db");
}

TEST(CanonicalKey, never_leaves_the_root)
{
    EXPECT_EQ(canonical_key("/../../app"), "/app");
    EXPECT_EQ(canonical_key("../.."), "/");
    EXPECT_EQ(canonical_key("/app/../../.."), "/");
}

TEST(CanonicalKey, of_nothing_is_the_root)
{
    EXPECT_EQ(canonical_key(""), "/");
    EXPECT_EQ(canonical_key("/"), "/");
    EXPECT_EQ(canonical_key("."), "/");
    EXPECT_EQ(canonical_key("///"), "/");
}

TEST(CanonicalKey, keeps_names_that_merely_begin_or_consist_of_more_dots)
{
    EXPECT_EQ(canonical_key("/..."), "/...");
    EXPECT_EQ(canonical_key("/..app/.hidden/mode.."), "/..app/.hidden/mode..");
}

TEST(CanonicalKey, is_its_own_canonical_form)
{
    for (auto const key : {"", "//a//", "/a/../b/./c/", "...", "/ /%2F"}) {
        EXPECT_EQ(canonical_key(canonical_key(key)), canonical_key(key)) << key;
    }
}

TEST(KeyPath, puts_the_key_behind_v2_keys)
{
    EXPECT_EQ(path("/app/mode"), "/v2/keys/app/mode");
    EXPECT_EQ(path("app/mode"), "/v2/keys/app/mode");
}

TEST(KeyPath, of_the_root_ends_with_a_slash)
{
    EXPECT_EQ(path("/"), "/v2/keys/");
    EXPECT_EQ(path(""), "/v2/keys/");
}

TEST(KeyPath, escapes_what_a_url_would_read_differently)
{
    EXPECT_EQ(path("/50% off?#;+&="), "/v2/keys/50%25%20off%3F%23%3B%2B%26%3D");
}

TEST(KeyPath, escapes_what_looks_escaped_already)
{
    EXPECT_EQ(path("/a%2Fb"), "/v2/keys/a%252Fb");
    EXPECT_EQ(path("/%2e%2e/app"), "/v2/keys/%252e%252e/app");
}

TEST(KeyPath, escapes_nul_newline_quotes_and_backslash)
{
    EXPECT_EQ(path("/a\0b"sv), "/v2/keys/a%00b");
    EXPECT_EQ(path("/a\r\nb"), "/v2/keys/a%0D%0Ab");
    EXPECT_EQ(path("/\"<\\"), "/v2/keys/%22%3C%5C");
}

TEST(KeyPath, escapes_utf8_byte_by_byte)
{
    EXPECT_EQ(path("/caf\xc3\xa9/\xf0\x9f\x94\x91"), "/v2/keys/caf%C3%A9/%F0%9F%94%91");
}

TEST(KeyPath, leaves_unreserved_characters_alone)
{
    EXPECT_EQ(path("/A-z_0.9~"), "/v2/keys/A-z_0.9~");
}

TEST(KeyRequest, refuses_a_key_that_is_not_utf8)
{
    for (auto const key : {"/caf\xe9"sv, "/\xff"sv, "/\xc0\xaf"sv, "/\xed\xa0\x80"sv, "/\xc3"sv}) {
        auto const refusal = key_request(http::Method::get, key);

        ASSERT_FALSE(refusal);
        EXPECT_EQ(refusal.error(), etcdpp::Errc::invalid_argument);
        EXPECT_EQ(refusal.error().effect(), Effect::none);
        EXPECT_EQ(refusal.error().fault(), Fault::request);
        EXPECT_THAT(refusal.error().words(), HasSubstr("the key is not valid UTF-8"));
    }
}

}  // namespace
}  // namespace etcdpp::v2
