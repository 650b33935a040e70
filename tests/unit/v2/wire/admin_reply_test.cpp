// SPDX-License-Identifier: BSL-1.0

//! @file
//! What each status means about members, users and roles: as etcd 3.4.23 was seen to say it, and as
//! proxies and strangers do.

#include "etcdpp/v2/wire/admin_reply.hpp"

#include "tests/support/admin_replies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace etcdpp::v2::wire {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::from_etcd;
using tests::without_cluster;

Error refusal(http::Response const& response, Meanings const& meanings = {})
{
    auto result = read_done(PocoJson{}, response, meanings);
    EXPECT_FALSE(result) << response;
    return result ? Error{etcdpp::Errc::cancelled} : std::move(result).error();
}

std::string message(std::string const& text)
{
    return R"({"message":")" + text + R"("})";
}

std::error_code code(int status, Meanings const& meanings = {})
{
    return refusal(from_etcd(status, message("no")), meanings).code();
}

TEST(AdminReply, says_what_its_status_means)
{
    EXPECT_EQ(code(400), AdminErrc::bad_request);
    EXPECT_EQ(code(401), AdminErrc::unauthorized);
    EXPECT_EQ(code(403), AdminErrc::forbidden);
    EXPECT_EQ(code(404), AdminErrc::not_found);
    EXPECT_EQ(code(409), AdminErrc::conflict);
    EXPECT_EQ(code(410), AdminErrc::removed);
    EXPECT_EQ(code(415), AdminErrc::other);
    EXPECT_EQ(code(500), AdminErrc::internal);
    EXPECT_EQ(code(503), AdminErrc::internal);
}

TEST(AdminReply, says_what_its_status_means_to_the_one_who_asked)
{
    EXPECT_EQ(code(409, to_create), AdminErrc::already_exists);
    EXPECT_EQ(code(403, {.forbidden = AdminErrc::not_leader}), AdminErrc::not_leader);
    EXPECT_EQ(code(503, {.unavailable = AdminErrc::no_leader}), AdminErrc::no_leader);
}

TEST(AdminReply, keeps_the_servers_sentence_and_status)
{
    auto const error = refusal(from_etcd(409, message("membership: peerURL exists")));

    EXPECT_EQ(error.words(), "membership: peerURL exists");
    EXPECT_EQ(error.status(), 409);
}

TEST(AdminReply, of_the_four_hundreds_is_a_verdict_without_effect)
{
    for (auto const status : {400, 401, 403, 404, 405, 409, 410, 415}) {
        auto const error = refusal(from_etcd(status, message("no")));
        EXPECT_EQ(error.effect(), Effect::none) << status;
        EXPECT_EQ(error.fault(), Fault::request) << status;
    }
}

//! WIRE 0.14: the same body at once and after 7 s.
TEST(AdminReply, of_a_500_may_still_be_carried_out_and_says_so)
{
    auto const error = refusal(from_etcd(500, message("Internal Server Error")));

    EXPECT_EQ(error.effect(), Effect::unknown);
    EXPECT_EQ(error.fault(), Fault::member);
    EXPECT_THAT(error.words(), StartsWith("Internal Server Error"));
    EXPECT_THAT(error.words(), HasSubstr("may still be carried out"));
}

TEST(AdminReply, of_an_election_had_no_effect_and_another_member_may_do_better)
{
    auto const error = refusal(
        from_etcd(503, message("During election")), {.unavailable = AdminErrc::no_leader});

    EXPECT_EQ(error.effect(), Effect::none);
    EXPECT_EQ(error.fault(), Fault::member);
    EXPECT_EQ(error.words(), "During election");
}

//! It does not reach the handler that would name the cluster.
TEST(AdminReply, of_a_401_need_not_name_the_cluster)
{
    auto const error = refusal(without_cluster(401, message("Insufficient credentials")));

    EXPECT_EQ(error, AdminErrc::unauthorized);
    EXPECT_EQ(error, Condition::unauthorized);
    EXPECT_EQ(error.words(), "Insufficient credentials");
}

//! Users are kept as keys: what goes wrong with those shows.
TEST(AdminReply, may_be_an_error_about_keys)
{
    auto const error = refusal(from_etcd(
        404, R"({"errorCode":100,"message":"Key not found","cause":"/2/users/alice","index":7})"));

    EXPECT_EQ(error, Condition::not_found);
    EXPECT_EQ(error.words(), "Key not found: /2/users/alice");
}

TEST(AdminReply, of_a_server_without_the_v2_api_says_so)
{
    auto const error = refusal({404, {{"Content-Type", "text/plain"}}, "404 page not found\n"});

    EXPECT_EQ(error, etcdpp::Errc::v2_disabled);
    EXPECT_EQ(error.fault(), Fault::request);
}

//! Else "no such user" would be believed of a gateway that knows no such route.
TEST(AdminReply, of_a_stranger_is_not_taken_for_etcds)
{
    auto const error = refusal(without_cluster(404, message("no Route matched")));

    EXPECT_EQ(error, etcdpp::Errc::not_etcd);
    EXPECT_NE(error, Condition::not_found);
    EXPECT_EQ(error.effect(), Effect::none);
    EXPECT_EQ(error.fault(), Fault::member);
}

TEST(AdminReply, of_a_proxy_is_a_matter_for_another_member)
{
    for (auto const status : {408, 429, 502, 504}) {
        auto const error = refusal(without_cluster(status, message("slow down")));
        EXPECT_EQ(error, etcdpp::Errc::unreachable) << status;
        EXPECT_EQ(error.effect(), Effect::unknown) << status;
        EXPECT_EQ(error.fault(), Fault::member) << status;
    }
}

TEST(AdminReply, to_a_change_is_done_only_if_it_names_the_cluster)
{
    EXPECT_TRUE(read_done(PocoJson{}, from_etcd(204)));
    EXPECT_TRUE(read_done(PocoJson{}, from_etcd(200)));

    auto const portal = refusal({200, {}, "<html>Please log in</html>"});
    EXPECT_EQ(portal, etcdpp::Errc::not_etcd);
    EXPECT_EQ(portal.effect(), Effect::unknown);
}

Result<ErrorBody> value(http::Response const& response, Meanings const& meanings = {})
{
    auto const is_whole = [](ErrorBody const& body) { return !body.message.empty(); };
    return read_value<ErrorBody>(PocoJson{}, response, is_whole, meanings);
}

TEST(AdminReply, with_a_value_brings_it)
{
    EXPECT_EQ(value(from_etcd(201, message("made"))).value().message, "made");
}

TEST(AdminReply, with_a_value_names_the_cluster_too)
{
    auto const reply = value(without_cluster(200, message("made")));

    EXPECT_EQ(reply.error(), etcdpp::Errc::not_etcd);
    EXPECT_EQ(
        value(without_cluster(200, message("made")), {.names_cluster = false})->message, "made");
}

TEST(AdminReply, that_cannot_be_read_means_that_etcd_acted)
{
    for (auto const* const body : {"", "{", "[]", "null", R"({"message":7})", "{}"}) {
        auto const reply = value(from_etcd(201, body));
        ASSERT_FALSE(reply) << body;
        EXPECT_EQ(reply.error(), etcdpp::Errc::malformed_reply) << body;
        EXPECT_EQ(reply.error().effect(), Effect::applied) << body;
        EXPECT_EQ(reply.error().fault(), Fault::member) << body;
    }
}

}  // namespace
}  // namespace etcdpp::v2::wire
