// SPDX-License-Identifier: BSL-1.0

//! @file
//! Every body that etcd 3.4.23 was seen to send about keys, and what comes where no etcd is.

#include "etcdpp/v2/wire/reply.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::v2::wire {
namespace {

using namespace std::chrono_literals;
using namespace std::string_view_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

http::Response from_etcd(int status, std::string body)
{
    return {status,
        {{"Content-Type", "application/json"}, {"X-Etcd-Cluster-Id", "7e27652122e8b2ae"},
            {"X-Etcd-Index", "35"}, {"X-Raft-Index", "4711"}, {"X-Raft-Term", "2"}},
        std::move(body)};
}

http::Response from_a_stranger(int status, std::string body)
{
    return {status, {{"Content-Type", "text/html"}, {"Server", "nginx"}}, std::move(body)};
}

Result<Response> read(http::Response const& response)
{
    return read_keys(PocoJson{}, response);
}

Response decoded(std::string body, int status = 200)
{
    auto reply = read(from_etcd(status, std::move(body)));
    EXPECT_TRUE(reply) << reply.error();
    return reply ? *std::move(reply) : Response{};
}

Error error(http::Response const& response)
{
    auto reply = read(response);
    EXPECT_FALSE(reply) << *reply;
    return reply ? Error{etcdpp::Errc::invalid_argument} : std::move(reply).error();
}

//! What an error means for the call: effect and fault.
struct Class {
    Effect effect;
    Fault fault;

    friend bool operator==(Class const&, Class const&) = default;
    friend std::ostream& operator<<(std::ostream& out, Class const& c)
    {
        return out << c.effect << '/' << c.fault;
    }
};

Class class_of(Error const& error)
{
    return {error.effect(), error.fault()};
}

// Success.

TEST(KeysReply, of_a_get_has_the_node)
{
    auto const reply = decoded(
        R"({"action":"get","node":{"key":"/foo","value":"two","modifiedIndex":5,"createdIndex":4}})"
        "\n");

    EXPECT_EQ(reply.action, Action::get);
    EXPECT_EQ(reply.node,
        (Node{
            .key = "/foo", .value = "two", .created_index = Index{4}, .modified_index = Index{5}}));
    EXPECT_EQ(reply.prev_node, std::nullopt);
}

TEST(KeysReply, has_index_and_cluster_from_the_headers)
{
    auto const reply = decoded(R"({"action":"set"})");

    EXPECT_EQ(reply.index, Index{35});
    EXPECT_EQ(reply.cluster_id, "7e27652122e8b2ae");
}

TEST(KeysReply, has_index_zero_where_the_headers_name_none)
{
    auto const body = std::string{R"({"action":"get","node":{"key":"/foo","value":"two"}})"};
    auto const reply = read({200, {{"X-Etcd-Index", "many"}}, body}).value();

    EXPECT_EQ(reply.index, Index{0});
    EXPECT_EQ(reply.cluster_id, "");
}

TEST(KeysReply, of_a_set_over_a_value_has_the_previous_node)
{
    auto const reply = decoded(
        R"({"action":"set","node":{"key":"/foo","value":"two","modifiedIndex":5,"createdIndex":5},)"
        R"("prevNode":{"key":"/foo","value":"bar baz","modifiedIndex":4,"createdIndex":4}})");

    EXPECT_EQ(reply.action, Action::set);
    EXPECT_EQ(reply.prev_node,
        (Node{.key = "/foo",
            .value = "bar baz",
            .created_index = Index{4},
            .modified_index = Index{4}}));
}

TEST(KeysReply, is_read_from_a_201_too)
{
    EXPECT_EQ(decoded(R"({"action":"create","node":{"key":"/q/00000000000000000035","value":"j1",)"
                      R"("modifiedIndex":35,"createdIndex":35}})",
                  201)
                  .node.key,
        "/q/00000000000000000035");
}

TEST(KeysReply, knows_every_action)
{
    auto const action = [](std::string const& word) {
        return decoded(R"({"action":")" + word + R"(","node":{"key":"/foo"}})").action;
    };

    EXPECT_EQ(action("get"), Action::get);
    EXPECT_EQ(action("set"), Action::set);
    EXPECT_EQ(action("create"), Action::create);
    EXPECT_EQ(action("update"), Action::update);
    EXPECT_EQ(action("delete"), Action::remove);
    EXPECT_EQ(action("compareAndSwap"), Action::compare_and_swap);
    EXPECT_EQ(action("compareAndDelete"), Action::compare_and_remove);
    EXPECT_EQ(action("expire"), Action::expire);
}

TEST(KeysReply, of_a_removal_has_a_node_without_value)
{
    auto const reply = decoded(
        R"({"action":"delete","node":{"key":"/b1","modifiedIndex":19,"createdIndex":18},)"
        R"("prevNode":{"key":"/b1","value":"old","modifiedIndex":18,"createdIndex":18}})");

    EXPECT_EQ(reply.node.value, "");
    EXPECT_EQ(reply.node.modified_index, Index{19});
    EXPECT_EQ(reply.prev_node.value().value, "old");
}

TEST(KeysReply, without_value_on_success_has_the_action_alone)
{
    auto const reply = decoded(R"({"action":"set"})");

    EXPECT_EQ(reply.action, Action::set);
    EXPECT_EQ(reply.node, Node{});
    EXPECT_EQ(reply.prev_node, std::nullopt);
}

TEST(KeysReply, of_a_listing_has_the_tree)
{
    auto const reply = decoded(
        R"({"action":"get","node":{"key":"/d","dir":true,"nodes":[)"
        R"({"key":"/d/a","value":"1","modifiedIndex":21,"createdIndex":21},)"
        R"({"key":"/d/sub","dir":true,"nodes":[{"key":"/d/sub/b","value":"2","modifiedIndex":22,)"
        R"("createdIndex":22}],"modifiedIndex":22,"createdIndex":22}],)"
        R"("modifiedIndex":20,"createdIndex":20}})");

    EXPECT_TRUE(reply.node.dir);
    ASSERT_THAT(reply.node.nodes, SizeIs(2));
    EXPECT_EQ(reply.node.nodes[0].value, "1");
    ASSERT_THAT(reply.node.nodes[1].nodes, SizeIs(1));
    EXPECT_EQ(reply.node.nodes[1].nodes[0].key, "/d/sub/b");
    EXPECT_EQ(reply.node.modified_index, Index{20});
}

TEST(KeysReply, of_an_empty_directory_has_no_nodes)
{
    EXPECT_THAT(decoded(R"({"action":"get","node":{"key":"/d","dir":true,"modifiedIndex":20,)"
                        R"("createdIndex":20}})")
                    .node.nodes,
        IsEmpty());
}

TEST(KeysReply, may_say_null_for_no_nodes)
{
    EXPECT_THAT(
        decoded(R"({"action":"get","node":{"key":"/d","dir":true,"nodes":null}})").node.nodes,
        IsEmpty());
}

TEST(KeysReply, of_the_root_has_the_key_slash)
{
    auto const reply = decoded(
        R"({"action":"get","node":{"dir":true,"nodes":[{"key":"/foo","value":"two"}]}})");

    EXPECT_EQ(reply.node.key, "/");
    EXPECT_EQ(reply.node.created_index, Index{0});
    EXPECT_THAT(reply.node.nodes, SizeIs(1));
}

TEST(KeysReply, of_an_empty_root_has_the_key_slash)
{
    EXPECT_EQ(decoded(R"({"action":"get","node":{"dir":true}})").node.key, "/");
}

TEST(KeysReply, has_time_to_live_and_expiration)
{
    auto const node = decoded(R"({"action":"get","node":{"key":"/lease","value":"x",)"
                              R"("expiration":"2026-11-21T00:21:22.609836832Z","ttl":100}})")
                          .node;

    EXPECT_EQ(node.ttl, 100s);
    EXPECT_EQ(node.expiration,
        std::chrono::sys_days{std::chrono::November / 21 / 2026} + 21min + 22s + 609836832ns);
}

TEST(KeysReply, has_an_expiration_without_time_to_live_where_none_is_left)
{
    auto const node = decoded(R"({"action":"get","node":{"key":"/lease","value":"x",)"
                              R"("expiration":"2026-11-21T00:21:22Z"}})")
                          .node;

    EXPECT_EQ(node.ttl, std::nullopt);
    EXPECT_NE(node.expiration, std::nullopt);
}

TEST(KeysReply, has_a_negative_time_to_live_where_the_node_is_overdue)
{
    EXPECT_EQ(decoded(R"({"action":"get","node":{"key":"/lease","ttl":-1}})").node.ttl, -1s);
}

TEST(KeysReply, has_neither_where_the_node_does_not_expire)
{
    auto const node = decoded(R"({"action":"get","node":{"key":"/foo","value":"two"}})").node;

    EXPECT_EQ(node.ttl, std::nullopt);
    EXPECT_EQ(node.expiration, std::nullopt);
}

TEST(KeysReply, has_escaped_characters_as_they_were_written)
{
    auto const node = decoded(R"({"action":"get","node":{"key":"/a\u003cb\u003e\u0026\u0000c",)"
                              R"("value":"\u2028\n\"\\\ud83d\udd11"}})")
                          .node;

    EXPECT_EQ(node.key, "/a<b>&\0c"sv);
    EXPECT_EQ(node.value, "\xe2\x80\xa8\n\"\\\xf0\x9f\x94\x91");
}

TEST(KeysReply, has_the_largest_index_in_full)
{
    EXPECT_EQ(
        decoded(R"({"action":"get","node":{"key":"/foo","modifiedIndex":18446744073709551615}})")
            .node.modified_index,
        Index{18446744073709551615U});
}

TEST(KeysReply, may_hold_more_than_is_described)
{
    EXPECT_EQ(
        decoded(R"({"action":"get","node":{"key":"/foo","lease":[1,{"a":2}]},"new":{}})").node.key,
        "/foo");
}

// What etcd says no with.

struct Stated {
    int code;
    int status;
    Class means;
};

constexpr auto turned_down = Class{Effect::none, Fault::request};
constexpr auto may_commit = Class{Effect::unknown, Fault::member};

//! WIRE section 2, "v2 error codes the server really emits", and those of older servers.
std::vector<Stated> const stated_by_etcd = {{100, 404, turned_down}, {101, 412, turned_down},
    {102, 403, turned_down}, {103, 403, turned_down}, {104, 400, turned_down},
    {105, 412, turned_down}, {106, 403, turned_down}, {107, 400, turned_down},
    {108, 403, turned_down}, {109, 400, turned_down}, {110, 401, turned_down},
    {200, 400, turned_down}, {201, 400, turned_down}, {202, 400, turned_down},
    {203, 400, turned_down}, {204, 400, turned_down}, {205, 400, turned_down},
    {206, 400, turned_down}, {207, 400, turned_down}, {208, 400, turned_down},
    {209, 400, turned_down}, {210, 400, turned_down}, {211, 400, turned_down},
    {212, 400, turned_down}, {300, 500, may_commit}, {301, 500, may_commit},
    {400, 400, turned_down}, {401, 400, turned_down}, {402, 400, turned_down},
    {403, 403, turned_down}, {404, 404, turned_down}, {500, 500, may_commit}};

TEST(KeysError, has_etcds_code_for_each_of_its_error_codes)
{
    for (auto const& [code, status, means] : stated_by_etcd) {
        auto const body = R"({"errorCode":)" + std::to_string(code)
            + R"(,"message":"No","cause":"/foo","index":3})";

        EXPECT_EQ(error(from_etcd(status, body)).code(), static_cast<Errc>(code));
    }
}

TEST(KeysError, is_definitive_unless_raft_stated_it)
{
    for (auto const& [code, status, means] : stated_by_etcd) {
        auto const body = R"({"errorCode":)" + std::to_string(code)
            + R"(,"message":"No","cause":"/foo","index":3})";

        EXPECT_EQ(class_of(error(from_etcd(status, body))), means) << code;
    }
}

TEST(KeysError, has_message_and_cause_word_for_word)
{
    auto const missing = error(from_etcd(404,
        R"({"errorCode":100,"message":"Key not found","cause":"/app/mode","index":3})"
        "\n"));

    EXPECT_EQ(missing, Errc::key_not_found);
    EXPECT_EQ(missing, Condition::not_found);
    EXPECT_EQ(missing.words(), "Key not found: /app/mode");
    EXPECT_EQ(missing.status(), 404);
}

TEST(KeysError, has_the_message_alone_where_no_cause_is_given)
{
    EXPECT_EQ(
        error(from_etcd(400, R"({"errorCode":209,"message":"Invalid field","index":0})")).words(),
        "Invalid field");
}

TEST(KeysError, of_missing_credentials_is_unauthorized)
{
    auto const refused = error(from_etcd(401,
        R"({"errorCode":110,"message":"The request requires user authentication",)"
        R"("cause":"Insufficient credentials","index":0})"));

    EXPECT_EQ(refused, Errc::unauthorized);
    EXPECT_EQ(refused, Condition::unauthorized);
    EXPECT_EQ(class_of(refused), turned_down);
}

TEST(KeysError, of_raft_may_commit_whatever_its_cause)
{
    for (auto const* const cause : {"etcdserver: request timed out", "etcdserver: server stopped",
             "etcdserver: request cancelled",
             "etcdserver: request timed out, possibly due to previous leader failure"}) {
        auto const failed = error(from_etcd(500,
            R"({"errorCode":300,"message":"Raft Internal Error","cause":")" + std::string{cause}
                + R"(","index":0})"));

        EXPECT_EQ(failed, Errc::raft_internal);
        EXPECT_EQ(class_of(failed), may_commit) << cause;
    }
}

TEST(KeysError, with_an_unknown_code_keeps_its_number)
{
    auto const unknown = error(from_etcd(400, R"({"errorCode":777,"message":"New","index":0})"));

    EXPECT_EQ(unknown.code().value(), 777);
    EXPECT_EQ(unknown.code().category(), category());
    EXPECT_EQ(unknown.words(), "New");
    EXPECT_EQ(class_of(unknown), turned_down);
}

TEST(KeysError, with_an_unknown_code_and_a_500_may_commit)
{
    EXPECT_EQ(class_of(error(from_etcd(500, R"({"errorCode":777,"message":"New"})"))), may_commit);
}

TEST(KeysError, with_an_unknown_code_of_rafts_range_may_commit_whatever_the_status)
{
    EXPECT_EQ(class_of(error(from_etcd(400, R"({"errorCode":302,"message":"New"})"))), may_commit);
}

// Where no etcd error is in the reply.

TEST(KeysError, says_that_v2_is_not_enabled_where_a_404_has_a_text_body)
{
    auto const disabled = error({404, {{"Content-Type", "text/plain"}}, "404 page not found\n"});

    EXPECT_EQ(disabled, etcdpp::Errc::v2_disabled);
    EXPECT_EQ(class_of(disabled), turned_down);
    EXPECT_EQ(disabled.status(), 404);
    EXPECT_THAT(disabled.words(), HasSubstr("404 page not found"));
    EXPECT_THAT(disabled.words(), HasSubstr("the v2 API is not enabled on this server"));
}

TEST(KeysError, does_not_blame_a_disabled_v2_for_another_services_404)
{
    auto const elsewhere = error(
        from_a_stranger(404, R"({"message":"no Route matched with those values"})"));

    EXPECT_EQ(elsewhere, etcdpp::Errc::not_etcd);
    EXPECT_EQ(class_of(elsewhere), (Class{Effect::none, Fault::member}));
}

TEST(KeysError, of_an_intermediary_may_have_reached_etcd)
{
    for (auto const status : {408, 429, 500, 502, 503, 504, 599}) {
        auto const failed = error(from_a_stranger(status, "<html>Bad Gateway</html>"));

        EXPECT_EQ(failed, etcdpp::Errc::unreachable) << status;
        EXPECT_EQ(class_of(failed), may_commit) << status;
        EXPECT_EQ(failed.status(), status);
        EXPECT_THAT(failed.words(), HasSubstr("<html>Bad Gateway</html>"));
    }
}

TEST(KeysError, of_a_text_that_turns_the_request_down_is_definitive)
{
    for (auto const status : {400, 405, 413, 414, 415, 431}) {
        auto const refused = error(from_a_stranger(status, "Bad Request"));

        EXPECT_EQ(refused, etcdpp::Errc::not_etcd) << status;
        EXPECT_EQ(class_of(refused), turned_down) << status;
    }
}

TEST(KeysError, of_a_member_that_lets_nobody_in_leaves_the_others_to_try)
{
    for (auto const status : {401, 403, 407, 421}) {
        auto const refused = error(from_a_stranger(status, "Misdirected Request"));

        EXPECT_EQ(refused, etcdpp::Errc::not_etcd) << status;
        EXPECT_EQ(class_of(refused), (Class{Effect::none, Fault::member})) << status;
    }
}

TEST(KeysError, of_a_status_that_etcd_never_sends_proves_nothing)
{
    for (auto const status : {300, 303, 304}) {
        auto const odd = error(from_a_stranger(status, ""));

        EXPECT_EQ(odd, etcdpp::Errc::not_etcd) << status;
        EXPECT_EQ(class_of(odd), (Class{Effect::unknown, Fault::member})) << status;
    }
}

TEST(KeysError, of_etcd_itself_that_cannot_be_read_is_a_malformed_reply)
{
    for (auto const* const body : {"", "{", R"({"errorCode":"100"})", R"({"message":"No"})"}) {
        auto const broken = error(from_etcd(404, body));

        EXPECT_EQ(broken, etcdpp::Errc::malformed_reply) << body;
        EXPECT_EQ(class_of(broken), (Class{Effect::none, Fault::member})) << body;
    }
}

TEST(KeysError, quotes_only_the_first_line_of_a_page)
{
    auto const words = error(from_a_stranger(502, "Bad Gateway\n<html>...")).words();

    EXPECT_EQ(words, "HTTP 502 \"Bad Gateway\" from a server or proxy in between");
}

TEST(KeysError, quotes_only_the_beginning_of_a_long_line)
{
    EXPECT_LT(error(from_a_stranger(502, std::string(100'000, 'x'))).words().size(), 300U);
}

// A success that cannot be read.

TEST(KeysReply, of_a_stranger_is_not_etcd_with_unknown_effect)
{
    for (auto const* const body :
        {"<html>Please log in</html>", "", "OK", "[]", "null", "{}", R"({"status":"ok"})"}) {
        auto const login = error(from_a_stranger(200, body));

        EXPECT_EQ(login, etcdpp::Errc::not_etcd) << body;
        EXPECT_EQ(class_of(login), (Class{Effect::unknown, Fault::member})) << body;
        EXPECT_EQ(login.status(), 200);
    }
}

TEST(KeysReply, to_a_write_that_tells_of_a_read_proves_nothing)
{
    auto const reply = read_written(PocoJson{},
        from_etcd(200, R"({"action":"get","node":{"key":"/app/mode","value":"blue"}})"));

    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error(), etcdpp::Errc::malformed_reply);
    EXPECT_EQ(reply.error().effect(), Effect::unknown);
    EXPECT_EQ(reply.error().fault(), Fault::member);
}

TEST(KeysReply, to_a_write_that_tells_of_one_is_its_success)
{
    auto const reply = read_written(PocoJson{},
        from_etcd(200, R"({"action":"set","node":{"key":"/app/mode","value":"blue"}})"));

    EXPECT_TRUE(reply);
}

TEST(KeysReply, of_etcd_that_cannot_be_read_is_malformed_and_was_applied)
{
    for (auto const* const body : {"", R"({"action":"set","node":{"key":"/fo)", "{}",
             R"({"action":"explode","node":{"key":"/foo"}})", R"({"action":"set","node":7})",
             R"({"action":"set"} {"action":"set"})"}) {
        auto const broken = error(from_etcd(200, body));

        EXPECT_EQ(broken, etcdpp::Errc::malformed_reply) << body;
        EXPECT_EQ(class_of(broken), (Class{Effect::applied, Fault::member})) << body;
    }
}

TEST(KeysReply, that_cannot_be_read_says_what_is_wrong_and_where)
{
    auto const words = error(
        from_etcd(200, R"({"action":"set","node":{"key":"/foo","modifiedIndex":"five"}})"))
                           .words();

    EXPECT_THAT(words, HasSubstr("node.modifiedIndex"));
}

}  // namespace
}  // namespace etcdpp::v2::wire
