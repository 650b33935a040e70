// SPDX-License-Identifier: BSL-1.0

//! @file
//! Users, roles and refusals of a simulated member, beside those of etcd 3.4.23.

#include "etcdpp/sim/api_auth.hpp"

#include "etcdpp/http/basic_auth.hpp"
#include "tests/support/sim_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace etcdpp::sim {
namespace {

using testing::HasSubstr;

class ApiAuth : public testing::Test {
protected:
    http::Response change(http::Method method, std::string target, std::string body = {},
        std::string const& credentials = {})
    {
        auto request = http::Request{
            .method = method, .target = "/v2/auth" + std::move(target), .body = std::move(body)};
        if (!credentials.empty()) {
            request.headers.add("Authorization", "Basic " + http::base64(credentials));
        }
        return desk.ask(request);
    }

    http::Response put(std::string target, std::string body = {})
    {
        return change(http::Method::put, std::move(target), std::move(body));
    }

    void enable()
    {
        put("/users/root", R"({"user":"root","password":"pw"})");
        put("/enable");
    }

    //! The status of a read with these credentials.
    int read(std::string target, std::string const& credentials)
    {
        return desk
            .ask({.target = std::move(target),
                .headers = {{"Authorization", "Basic " + http::base64(credentials)}}})
            .status;
    }

    tests::SimDesk desk;
};

TEST_F(ApiAuth, creates_changes_and_lists_users)
{
    auto const created = put("/users/alice", R"({"user":"alice","password":"a"})");
    EXPECT_EQ(created.status, 201);
    EXPECT_EQ(created.body, "{\"user\":\"alice\",\"roles\":null}\n");

    EXPECT_EQ(put("/users/alice", R"({"user":"alice","grant":["r1"]})").body,
        "{\"user\":\"alice\",\"roles\":[\"r1\"]}\n");
    EXPECT_EQ(put("/users/alice", R"({"user":"alice","grant":["r1"]})").status, 409);
    EXPECT_EQ(desk.get("/v2/auth/users").body, "{\"users\":[{\"user\":\"alice\"}]}\n");
    EXPECT_EQ(
        desk.get("/v2/auth/users/alice").body, "{\"message\":\"auth: Role r1 does not exist.\"}");
    EXPECT_EQ(change(http::Method::del, "/users/alice").status, 200);
    EXPECT_EQ(desk.get("/v2/auth/users").body, "{\"users\":null}\n");
}

TEST_F(ApiAuth, creates_and_changes_roles)
{
    EXPECT_EQ(
        put("/roles/r1", R"({"role":"r1","permissions":{"kv":{"read":["/foo/*"],"write":[]}}})")
            .status,
        201);
    EXPECT_EQ(put("/roles/r1", R"({"role":"r1","grant":{"kv":{"write":["/foo/*"]}}})").body,
        "{\"role\":\"r1\",\"permissions\":{\"kv\":{\"read\":[\"/foo/*\"],\"write\":[\"/foo/"
        "*\"]}}}\n");
    EXPECT_EQ(put("/roles/r1", R"({"role":"r1"})").body,
        "{\"message\":\"auth: Role r1 already exists.\"}");
    EXPECT_EQ(put("/roles/root", R"({"role":"root"})").status, 403);
    EXPECT_THAT(desk.get("/v2/auth/roles").body, HasSubstr("\"role\":\"root\""));
}

TEST_F(ApiAuth, refuses_what_does_not_fit_the_url)
{
    EXPECT_EQ(put("/users/alice", R"({"user":"eve"})").body,
        "{\"message\":\"User JSON name does not match the name in the URL\"}");
    EXPECT_EQ(put("/users/alice", "]").body, "{\"message\":\"Invalid JSON in request body.\"}");
    EXPECT_EQ(desk.get("/v2/auth/users/a/b").status, 400);
    EXPECT_EQ(desk.get("/v2/auth").status, 404);
}

TEST_F(ApiAuth, is_enabled_only_with_a_root)
{
    EXPECT_EQ(
        put("/enable").body, "{\"message\":\"auth: No root user available, please create one\"}");
    enable();

    EXPECT_EQ(desk.get("/v2/auth/enable").body, "{\"enabled\":true}\n");
    EXPECT_EQ(put("/enable").status, 401);
    EXPECT_EQ(change(http::Method::put, "/enable", {}, "root:pw").status, 409);
    EXPECT_EQ(change(http::Method::del, "/enable", {}, "root:pw").status, 200);
    EXPECT_EQ(desk.get("/v2/auth/enable").body, "{\"enabled\":false}\n");
}

TEST_F(ApiAuth, lets_guests_do_what_their_role_allows)
{
    enable();
    EXPECT_EQ(desk.put("/v2/keys/a", "value=x").status, 201);

    change(http::Method::put, "/roles/guest",
        R"({"role":"guest","revoke":{"kv":{"read":["/*"],"write":["/*"]}}})", "root:pw");

    EXPECT_EQ(desk.get("/v2/keys/a").body,
        "{\"errorCode\":110,\"message\":\"The request requires user "
        "authentication\",\"cause\":\"Insufficient credentials\",\"index\":0}\n");
    EXPECT_EQ(read("/v2/keys/a", "root:pw"), 200);
    EXPECT_EQ(read("/v2/keys/a", "root:no"), 401);
}

TEST_F(ApiAuth, needs_a_pattern_that_covers_what_is_read_recursively)
{
    put("/roles/r1", R"({"role":"r1","permissions":{"kv":{"read":["/foo/*","/bar"]}}})");
    put("/users/alice", R"({"user":"alice","password":"a"})");
    put("/users/alice", R"({"user":"alice","grant":["r1"]})");
    desk.put("/v2/keys/foo/x", "value=x");
    desk.put("/v2/keys/bar", "value=x");
    enable();

    EXPECT_EQ(read("/v2/keys/foo/?recursive=true", "alice:a"), 200);
    EXPECT_EQ(read("/v2/keys/foo?recursive=true", "alice:a"), 401);
    EXPECT_EQ(read("/v2/keys/bar", "alice:a"), 200);
    EXPECT_EQ(read("/v2/keys/bar?recursive=true", "alice:a"), 401);
}

//! etcd makes the folders of users and roles before it looks whether there is anything to remove.
TEST_F(ApiAuth, takes_four_indices_for_the_first_removal_though_it_fails)
{
    auto const before = desk.replica.store().index();

    EXPECT_EQ(change(http::Method::del, "/users/nobody").status, 404);
    EXPECT_EQ(desk.replica.store().index(), next(next(next(next(before)))));
    EXPECT_EQ(change(http::Method::del, "/users/nobody").status, 404);
    EXPECT_EQ(desk.replica.store().index(), next(next(next(next(before)))));
}

TEST_F(ApiAuth, guards_changes_of_members)
{
    enable();

    EXPECT_EQ(desk.get("/v2/members").status, 200);
    EXPECT_EQ(desk.send(http::Method::del, "/v2/members/abc").body,
        "{\"message\":\"Insufficient credentials\"}");
}

}  // namespace
}  // namespace etcdpp::sim
