// SPDX-License-Identifier: BSL-1.0

//! @file
//! How a name gets into a path, and what is refused before it is sent.

#include "etcdpp/v2/wire/admin_request.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace etcdpp::v2::wire {
namespace {

using namespace std::string_literals;

AdminRequest a_request(http::Method method = http::Method::get)
{
    return AdminRequest{method, "/v2/auth/users"};
}

//! Why a name is refused, or the path that it ends.
std::string named(std::string_view name)
{
    auto const request = a_request().name(name, "the name").bare();
    return request ? request->target : request.error().words();
}

TEST(AdminRequest, may_be_a_path_alone)
{
    EXPECT_EQ(a_request(http::Method::del).bare().value(),
        (http::Request{.method = http::Method::del, .target = "/v2/auth/users"}));
}

TEST(AdminRequest, ends_the_path_with_a_name)
{
    EXPECT_EQ(named("alice"), "/v2/auth/users/alice");
}

TEST(AdminRequest, escapes_whatever_is_in_a_name)
{
    EXPECT_EQ(named("a b?#%;+"), "/v2/auth/users/a%20b%3F%23%25%3B%2B");
    EXPECT_EQ(named("ä\n\0"s), "/v2/auth/users/%C3%A4%0A%00");
    EXPECT_EQ(named("..."), "/v2/auth/users/...");
}

TEST(AdminRequest, refuses_a_name_that_is_no_part_of_a_path)
{
    EXPECT_EQ(named(""), "the name is empty");
    EXPECT_EQ(named("a/b"), "the name holds a slash");
    EXPECT_EQ(named("."), "the name is a place in a path");
    EXPECT_EQ(named(".."), "the name is a place in a path");
}

TEST(AdminRequest, refuses_what_is_not_utf8)
{
    auto const text = a_request().text("caf\xe9", "the password").bare();
    auto const texts = a_request().texts({"one", "caf\xe9"}, "a pattern").bare();

    EXPECT_EQ(named("caf\xe9"), "the name is not valid UTF-8");
    EXPECT_EQ(text.error().words(), "the password is not valid UTF-8");
    EXPECT_EQ(texts.error().words(), "a pattern is not valid UTF-8");
}

TEST(AdminRequest, names_the_first_fault_alone)
{
    auto const request = a_request().name("", "the name").text("\xff", "the password").bare();

    EXPECT_EQ(request.error(), etcdpp::Errc::invalid_argument);
    EXPECT_EQ(request.error().effect(), Effect::none);
    EXPECT_EQ(request.error().fault(), Fault::request);
    EXPECT_EQ(request.error().words(), "the name is empty");
}

TEST(AdminRequest, has_a_body_of_json)
{
    auto const request = a_request(http::Method::post).json(PocoJson{}, std::string{"say \"hi\""});

    EXPECT_EQ(request.value(),
        (http::Request{.method = http::Method::post,
            .target = "/v2/auth/users",
            .headers = {{"Content-Type", "application/json"}},
            .body = R"("say \"hi\"")"}));
}

//! Which could not make JSON of it.
TEST(AdminRequest, asks_no_codec_for_a_body_that_is_refused)
{
    struct Untouchable {
        static std::string encode(std::string const&) { throw "called"; }
    };

    auto const text = std::string{"caf\xe9"};

    EXPECT_FALSE(a_request().text(text, "the password").json(Untouchable{}, text));
}

}  // namespace
}  // namespace etcdpp::v2::wire
