// SPDX-License-Identifier: BSL-1.0

//! @file
//! The replies of a simulated member, beside those of etcd 3.4.23.

#include "etcdpp/sim/api.hpp"

#include "tests/support/sim_desk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

namespace etcdpp::sim {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using tests::SimDesk;

class Api : public testing::Test {
protected:
    std::string header(http::Response const& reply, std::string_view name)
    {
        return std::string{reply.headers.find(name).value_or("(none)")};
    }

    SimDesk desk;
};

TEST_F(Api, begins_as_a_young_member_does)
{
    auto const reply = desk.get("/v2/keys/");

    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "{\"action\":\"get\",\"node\":{\"dir\":true}}\n");
    EXPECT_EQ(header(reply, "X-Etcd-Index"), "3");
    EXPECT_EQ(header(reply, "X-Raft-Index"), "4");
    EXPECT_EQ(header(reply, "X-Raft-Term"), "2");
    EXPECT_EQ(header(reply, "X-Etcd-Cluster-Id"), "602f2b0bd975753b");
    EXPECT_EQ(header(reply, "Content-Type"), "application/json");
}

TEST_F(Api, says_201_for_a_new_key_and_200_for_an_old_one)
{
    auto const created = desk.put("/v2/keys/foo", "value=bar+baz");
    EXPECT_EQ(created.status, 201);
    EXPECT_EQ(created.body,
        "{\"action\":\"set\",\"node\":{\"key\":\"/foo\",\"value\":\"bar "
        "baz\",\"modifiedIndex\":4,\"createdIndex\":4}}\n");

    auto const replaced = desk.put("/v2/keys/foo", "value=two");
    EXPECT_EQ(replaced.status, 200);
    EXPECT_THAT(replaced.body,
        HasSubstr("\"prevNode\":{\"key\":\"/foo\",\"value\":\"bar "
                  "baz\",\"modifiedIndex\":4,\"createdIndex\":4}"));
}

TEST_F(Api, shows_when_a_key_expires)
{
    desk.put("/v2/keys/t", "value=1&ttl=100");
    desk.facts.now += 1500ms;

    EXPECT_EQ(desk.get("/v2/keys/t").body,
        "{\"action\":\"get\",\"node\":{\"key\":\"/t\",\"value\":\"1\",\"expiration\":"
        "\"2026-11-21T12:00:25.13120768Z\",\"ttl\":99,\"modifiedIndex\":4,\"createdIndex\":4}}\n");
}

TEST_F(Api, escapes_what_go_escapes)
{
    desk.put("/v2/keys/a", "value=%3Cb%3E%26%22%5C%0A%00%E2%80%A8%FF%C3%A9");

    EXPECT_THAT(desk.get("/v2/keys/a").body,
        HasSubstr("\"value\":\"\\u003cb\\u003e\\u0026\\\"\\\\\\n\\u0000\\u2028\\ufffd\xC3\xA9\""));
}

TEST_F(Api, refuses_in_etcds_words)
{
    auto const refused = [&](std::string const& target, std::string const& form = {}) {
        auto const reply = desk.put(target, form);
        return std::to_string(reply.status) + ' ' + reply.body;
    };

    EXPECT_EQ(refused("/v2/keys/a?ttl=x"),
        "400 {\"errorCode\":202,\"message\":\"The given TTL in POST form is not a "
        "number\",\"cause\":\"invalid value for \\\"ttl\\\"\",\"index\":0}\n");
    EXPECT_EQ(refused("/v2/keys/a", "value=1;2"),
        "400 {\"errorCode\":210,\"message\":\"Invalid POST form\",\"cause\":\"invalid semicolon "
        "separator in query\",\"index\":0}\n");
    EXPECT_EQ(refused("/v2/keys/a", "value=%zz"),
        "400 {\"errorCode\":210,\"message\":\"Invalid POST form\",\"cause\":\"invalid URL escape "
        "\\\"%zz\\\"\",\"index\":0}\n");
    EXPECT_EQ(refused("/v2/keys/t?prevValue="),
        "400 {\"errorCode\":201,\"message\":\"PrevValue is Required in POST "
        "form\",\"cause\":\"\\\"prevValue\\\" cannot be empty\",\"index\":0}\n");
    EXPECT_EQ(refused("/v2/keys/a?refresh=true"),
        "400 {\"errorCode\":212,\"message\":\"A TTL must be provided on refresh\",\"cause\":\"No "
        "TTL value set\",\"index\":0}\n");
    EXPECT_EQ(refused("/v2/keys/a?prevExist=zz"),
        "400 {\"errorCode\":209,\"message\":\"Invalid field\",\"cause\":\"invalid value for "
        "prevExist\",\"index\":0}\n");
    EXPECT_EQ(refused("/v2/keys/a?wait=true"),
        "400 {\"errorCode\":209,\"message\":\"Invalid field\",\"cause\":\"\\\"wait\\\" can only be "
        "used with GET requests\",\"index\":0}\n");
}

TEST_F(Api, leaves_out_a_cause_that_is_the_root)
{
    auto const reply = desk.send(http::Method::del, "/v2/keys?prevValue=x");

    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(reply.body, "{\"errorCode\":102,\"message\":\"Not a file\",\"index\":3}\n");
}

TEST_F(Api, stores_nothing_of_a_body_that_is_no_form)
{
    desk.ask({.method = http::Method::put, .target = "/v2/keys/a", .body = "value=blue"});

    EXPECT_THAT(desk.get("/v2/keys/a").body, HasSubstr("\"value\":\"\""));
}

TEST_F(Api, makes_a_key_permanent_whose_ttl_overflows_and_expires_one_in_the_past)
{
    EXPECT_THAT(desk.put("/v2/keys/a", "value=1&ttl=99999999999").body,
        testing::Not(HasSubstr("expiration")));
    desk.put("/v2/keys/b", "value=1&ttl=18446744073709551615");

    EXPECT_EQ(desk.replica.store().has_lifetimes(), true);
    desk.replica.apply(Tick{desk.facts.now}, desk.facts.now);
    EXPECT_EQ(desk.get("/v2/keys/b").status, 404);
}

TEST_F(Api, tells_the_action_alone_where_no_value_is_wanted)
{
    EXPECT_EQ(
        desk.put("/v2/keys/a?noValueOnSuccess=true", "value=5").body, "{\"action\":\"set\"}\n");
    EXPECT_THAT(desk.send(http::Method::del, "/v2/keys/a?noValueOnSuccess=true").body,
        HasSubstr("prevNode"));
}

TEST_F(Api, leaves_the_value_out_of_what_was_removed)
{
    desk.put("/v2/keys/a", "value=5");

    EXPECT_EQ(desk.send(http::Method::del, "/v2/keys/a").body,
        "{\"action\":\"delete\",\"node\":{\"key\":\"/"
        "a\",\"modifiedIndex\":5,\"createdIndex\":4},\"prevNode\":{\"key\":\"/"
        "a\",\"value\":\"5\",\"modifiedIndex\":4,\"createdIndex\":4}}\n");
}

TEST_F(Api, sorts_listings_on_demand_only)
{
    for (auto name = 'a'; name != 'p'; ++name) { desk.put(std::string{"/v2/keys/d/"} + name); }

    auto const sorted = desk.get("/v2/keys/d?sorted=true").body;
    auto const unsorted = desk.get("/v2/keys/d").body;

    EXPECT_LT(sorted.find("\"/d/a\""), sorted.find("\"/d/b\""));
    EXPECT_NE(sorted, unsorted);
    EXPECT_EQ(sorted.size(), unsorted.size());
    EXPECT_EQ(unsorted, desk.get("/v2/keys/d").body) << "out of order, but not by chance";
}

TEST_F(Api, redirects_what_is_not_clean)
{
    auto const reply = desk.get("/v2/keys//x?sorted=true");

    EXPECT_EQ(reply.status, 301);
    EXPECT_EQ(header(reply, "Location"), "/v2/keys/x?sorted=true");
    EXPECT_EQ(desk.get("/v2/keys//x").body, "<a href=\"/v2/keys/x\">Moved Permanently</a>.\n\n");
    EXPECT_EQ(desk.put("/v2/keys/a/../b%20c").body, "");
    EXPECT_EQ(header(desk.put("/v2/keys/a/../b%20c"), "Location"), "/v2/keys/b%20c");
}

TEST_F(Api, knows_no_other_paths)
{
    for (auto const* const path : {"/nothing", "/v2", "/v2/keysx", "/"}) {
        EXPECT_EQ(desk.get(path).status, 404) << path;
        EXPECT_EQ(desk.get(path).body, "404 page not found\n");
    }
    EXPECT_EQ(desk.get("/v2/keys/%zz").body, "400 Bad Request");
    EXPECT_EQ(desk.get("/v2/keys/a b").status, 400);
}

TEST_F(Api, answers_a_watch_of_the_past_at_once)
{
    desk.put("/v2/keys/a", "value=1");

    EXPECT_THAT(desk.get("/v2/keys/a?wait=true&waitIndex=2").body, HasSubstr("\"action\":\"set\""));
    EXPECT_EQ(desk.get("/v2/keys/a?wait=true").body, "");
    EXPECT_EQ(header(desk.get("/v2/keys/a?wait=true"), "X-Etcd-Index"), "4");
}

TEST_F(Api, lists_members_and_names_the_leader)
{
    EXPECT_EQ(desk.get("/v2/members").body,
        "{\"members\":[{\"id\":\"80961833613b81b4\",\"name\":\"default\",\"peerURLs\":[\"http://"
        "127.0.0.1:2380\"],\"clientURLs\":[\"http://127.0.0.1:2379\"]}]}\n");
    EXPECT_THAT(desk.get("/v2/members/leader").body, HasSubstr("\"id\":\"80961833613b81b4\""));
    EXPECT_EQ(desk.get("/v2/machines").body, "http://127.0.0.1:2379");

    desk.facts.leader.reset();
    EXPECT_EQ(desk.get("/v2/members/leader").status, 503);
    EXPECT_EQ(desk.get("/v2/members/leader").body, "{\"message\":\"During election\"}");
}

TEST_F(Api, adds_and_removes_members)
{
    auto const add = http::Request{.method = http::Method::post,
        .target = "/v2/members",
        .headers = {{"Content-Type", "application/json"}},
        .body = R"({"peerURLs":["http://10.0.0.9:2380"]})"};

    auto const added = desk.ask(add);
    ASSERT_EQ(added.status, 201) << added.body;
    auto const id = added.body.substr(7, added.body.find('"', 7) - 7);
    EXPECT_THAT(added.body,
        HasSubstr("\"name\":\"\",\"peerURLs\":[\"http://10.0.0.9:2380\"],\"clientURLs\":[]"));

    EXPECT_EQ(desk.ask(add).status, 500) << "one of two has started: no quorum for a third";
    desk.facts.connected = 2;
    EXPECT_EQ(desk.send(http::Method::del, "/v2/members/" + id).status, 204);
    EXPECT_EQ(desk.send(http::Method::del, "/v2/members/" + id).body,
        "{\"message\":\"Member permanently removed: " + id + "\"}");
    EXPECT_EQ(desk.send(http::Method::del, "/v2/members/abc").body,
        "{\"message\":\"No such member: abc\"}");
    EXPECT_EQ(desk.send(http::Method::del, "/v2/members").status, 405);
}

TEST_F(Api, reads_health_through_raft)
{
    auto const index = desk.facts.raft_index;
    EXPECT_EQ(desk.get("/health").body, "{\"health\":\"true\"}");
    EXPECT_EQ(desk.facts.raft_index, index + 1);

    desk.facts.leader.reset();
    EXPECT_EQ(desk.get("/health").status, 503);
    EXPECT_EQ(desk.get("/health").body, "{\"health\":\"false\"}\n");
    EXPECT_EQ(desk.put("/health").status, 405);
}

//! Each request about keys reads besides whether auth is enabled, and fails before it ever was.
TEST_F(Api, tells_statistics_of_its_store)
{
    desk.get("/v2/keys/none");

    EXPECT_EQ(desk.get("/v2/stats/store").body,
        "{\"getsSuccess\":0,\"getsFail\":2,\"setsSuccess\":2,\"setsFail\":0,\"deleteSuccess\":0,"
        "\"deleteFail\":0,\"updateSuccess\":0,\"updateFail\":0,\"createSuccess\":1,\"createFail\":"
        "0,\"compareAndSwapSuccess\":0,\"compareAndSwapFail\":0,\"compareAndDeleteSuccess\":0,"
        "\"compareAndDeleteFail\":0,\"expireCount\":0,\"watchers\":0}");
    EXPECT_THAT(desk.get("/v2/stats/self").body, HasSubstr("\"state\":\"StateLeader\""));
    EXPECT_EQ(
        desk.get("/v2/stats/leader").body, "{\"leader\":\"80961833613b81b4\",\"followers\":{}}");
}

}  // namespace
}  // namespace etcdpp::sim
