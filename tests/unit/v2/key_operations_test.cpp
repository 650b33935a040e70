// SPDX-License-Identifier: BSL-1.0

//! @file
//! The exact request of each operation and of each of its options, and how it may be repeated.

#include "etcdpp/v2/key_operations.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;

static_assert(check_operation<Get, PocoJson>());
static_assert(check_operation<Set, PocoJson>());
static_assert(check_operation<Create, PocoJson>());
static_assert(check_operation<Update, PocoJson>());
static_assert(check_operation<Refresh, PocoJson>());
static_assert(check_operation<CreateInOrder, PocoJson>());
static_assert(check_operation<MakeDir, PocoJson>());
static_assert(check_operation<CompareAndSwap, PocoJson>());
static_assert(check_operation<Remove, PocoJson>());
static_assert(check_operation<CompareAndRemove, PocoJson>());

http::Request with_form(http::Method method, std::string target, std::string body)
{
    return {.method = method,
        .target = std::move(target),
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = std::move(body)};
}

http::Request put(std::string target, std::string body)
{
    return with_form(http::Method::put, std::move(target), std::move(body));
}

http::Request get(std::string target)
{
    return {.target = std::move(target)};
}

http::Request del(std::string target)
{
    return {.method = http::Method::del, .target = std::move(target)};
}

template <class Op>
http::Request request(Op const& op)
{
    return op.encode().value();
}

template <class Op>
bool is_refused(Op const& op)
{
    auto const encoded = op.encode();
    return !encoded && encoded.error() == etcdpp::Errc::invalid_argument;
}

// Get.

TEST(Get, asks_for_the_key)
{
    EXPECT_EQ(request(Get{"/app/mode"}), get("/v2/keys/app/mode"));
}

TEST(Get, asks_for_the_root)
{
    EXPECT_EQ(request(Get{"/"}), get("/v2/keys/"));
}

TEST(Get, asks_for_the_tree)
{
    EXPECT_EQ(request(Get{"/app", {.recursive = true}}), get("/v2/keys/app/?recursive=true"));
}

TEST(Get, asks_for_an_order)
{
    EXPECT_EQ(request(Get{"/app", {.sorted = true}}), get("/v2/keys/app?sorted=true"));
}

TEST(Get, asks_for_a_quorum)
{
    EXPECT_EQ(request(Get{"/app/mode", {.quorum = true}}), get("/v2/keys/app/mode?quorum=true"));
}

TEST(Get, asks_for_all_at_once)
{
    EXPECT_EQ(request(Get{"/app", {.recursive = true, .sorted = true, .quorum = true}}),
        get("/v2/keys/app/?recursive=true&sorted=true&quorum=true"));
}

TEST(Get, says_nothing_of_a_quorum_that_is_not_wanted)
{
    EXPECT_EQ(request(Get{"/app/mode", {.quorum = false}}), get("/v2/keys/app/mode"));
}

TEST(Get, takes_the_clients_quorum_where_its_own_is_left_open)
{
    auto open = Get{"/app/mode"};
    open.apply({.quorum = true});

    EXPECT_EQ(request(open), get("/v2/keys/app/mode?quorum=true"));
}

TEST(Get, keeps_its_own_quorum_against_the_clients)
{
    auto local = Get{"/app/mode", {.quorum = false}};
    local.apply({.quorum = true});
    auto current = Get{"/app/mode", {.quorum = true}};
    current.apply({.quorum = false});

    EXPECT_EQ(request(local), get("/v2/keys/app/mode"));
    EXPECT_EQ(request(current), get("/v2/keys/app/mode?quorum=true"));
}

TEST(Get, is_a_read_that_waits_for_raft_only_with_a_quorum)
{
    auto const open = Get{"/app/mode"};
    auto const local = Get{"/app/mode", {.quorum = false}};
    auto const current = Get{"/app/mode", {.quorum = true}};

    EXPECT_EQ(Get::idempotency(), Idempotency::read);
    EXPECT_FALSE(open.commits());
    EXPECT_FALSE(local.commits());
    EXPECT_TRUE(current.commits());
}

// Set, create, update.

TEST(Set, puts_the_value)
{
    EXPECT_EQ(request(Set{"/app/mode", "sky blue"}), put("/v2/keys/app/mode", "value=sky%20blue"));
}

TEST(Set, puts_a_time_to_live_and_wants_no_value_back)
{
    EXPECT_EQ(request(Set{"/app/mode", "blue", {.ttl = 60s, .no_value_on_success = true}}),
        put("/v2/keys/app/mode?noValueOnSuccess=true", "value=blue&ttl=60"));
}

TEST(Set, is_an_overwrite_that_waits_for_raft)
{
    EXPECT_EQ(Set::idempotency(), Idempotency::overwrite);
    EXPECT_TRUE(Set::commits());
}

TEST(Create, demands_that_the_key_is_new)
{
    EXPECT_EQ(
        request(Create{"/app/lock", "me"}), put("/v2/keys/app/lock?prevExist=false", "value=me"));
}

TEST(Create, puts_a_time_to_live_and_wants_no_value_back)
{
    EXPECT_EQ(request(Create{"/app/lock", "me", {.ttl = 1500ms, .no_value_on_success = true}}),
        put("/v2/keys/app/lock?prevExist=false&noValueOnSuccess=true", "value=me&ttl=2"));
}

TEST(Create, is_once_only_and_waits_for_raft)
{
    EXPECT_EQ(Create::idempotency(), Idempotency::once_only);
    EXPECT_TRUE(Create::commits());
}

TEST(Update, demands_that_the_key_exists)
{
    EXPECT_EQ(request(Update{"/app/mode", "blue"}),
        put("/v2/keys/app/mode?prevExist=true", "value=blue"));
}

TEST(Update, puts_a_time_to_live_and_wants_no_value_back)
{
    EXPECT_EQ(request(Update{"/app/mode", "blue", {.ttl = 1ms, .no_value_on_success = true}}),
        put("/v2/keys/app/mode?prevExist=true&noValueOnSuccess=true", "value=blue&ttl=1"));
}

TEST(Update, is_an_overwrite_that_waits_for_raft)
{
    EXPECT_EQ(Update::idempotency(), Idempotency::overwrite);
    EXPECT_TRUE(Update::commits());
}

// Refresh.

TEST(Refresh, puts_a_time_to_live_and_no_value)
{
    EXPECT_EQ(request(Refresh{"/app/lease", 100s}),
        put("/v2/keys/app/lease?prevExist=true", "ttl=100&refresh=true"));
}

TEST(Refresh, is_refused_without_a_time_to_live)
{
    EXPECT_TRUE(is_refused(Refresh{"/app/lease"}));
    EXPECT_TRUE(is_refused(Refresh{"/app/lease", -1s}));
}

TEST(Refresh, is_an_overwrite_that_waits_for_raft)
{
    EXPECT_EQ(Refresh::idempotency(), Idempotency::overwrite);
    EXPECT_TRUE(Refresh::commits());
}

// Keys in order, directories.

TEST(CreateInOrder, posts_the_value_to_the_directory)
{
    EXPECT_EQ(request(CreateInOrder{"/app/jobs/", "build"}),
        with_form(http::Method::post, "/v2/keys/app/jobs", "value=build"));
}

TEST(CreateInOrder, puts_a_time_to_live_and_wants_no_value_back)
{
    EXPECT_EQ(
        request(CreateInOrder{"/app/jobs", "build", {.ttl = 5s, .no_value_on_success = true}}),
        with_form(
            http::Method::post, "/v2/keys/app/jobs?noValueOnSuccess=true", "value=build&ttl=5"));
}

TEST(CreateInOrder, posts_to_the_root_too)
{
    EXPECT_EQ(request(CreateInOrder{"/", "build"}),
        with_form(http::Method::post, "/v2/keys/", "value=build"));
}

TEST(CreateInOrder, is_once_only_and_waits_for_raft)
{
    EXPECT_EQ(CreateInOrder::idempotency(), Idempotency::once_only);
    EXPECT_TRUE(CreateInOrder::commits());
}

TEST(MakeDir, never_replaces_what_is_there)
{
    EXPECT_EQ(request(MakeDir{"/app"}), put("/v2/keys/app?dir=true&prevExist=false", ""));
}

TEST(MakeDir, gives_the_directory_a_time_to_live)
{
    EXPECT_EQ(request(MakeDir{"/app", {.ttl = 90s}}),
        put("/v2/keys/app?dir=true&prevExist=false", "ttl=90"));
}

TEST(MakeDir, is_once_only_and_waits_for_raft)
{
    EXPECT_EQ(MakeDir::idempotency(), Idempotency::once_only);
    EXPECT_TRUE(MakeDir::commits());
}

// Comparisons.

TEST(CompareAndSwap, puts_the_previous_value_into_the_body)
{
    EXPECT_EQ(request(CompareAndSwap{"/app/mode", "green", {.prev_value = "blue"}}),
        put("/v2/keys/app/mode", "value=green&prevValue=blue"));
}

TEST(CompareAndSwap, puts_the_previous_index_into_the_query)
{
    EXPECT_EQ(request(CompareAndSwap{"/app/mode", "green", {.prev_index = Index{7}}}),
        put("/v2/keys/app/mode?prevIndex=7", "value=green"));
}

TEST(CompareAndSwap, puts_all_that_is_given)
{
    EXPECT_EQ(
        request(CompareAndSwap{"/app/mode", "green", {.prev_value = "blue", .prev_index = Index{7}},
            {.ttl = 60s, .no_value_on_success = true}}),
        put("/v2/keys/app/mode?prevIndex=7&noValueOnSuccess=true",
            "value=green&prevValue=blue&ttl=60"));
}

TEST(CompareAndSwap, is_refused_where_it_would_not_compare)
{
    EXPECT_TRUE(is_refused(CompareAndSwap{"/app/mode", "green"}));
    EXPECT_TRUE(is_refused(CompareAndSwap{"/app/mode", "green", {.prev_value = ""}}));
    EXPECT_TRUE(is_refused(CompareAndSwap{"/app/mode", "green", {.prev_index = Index{0}}}));
}

TEST(CompareAndSwap, is_once_only_and_waits_for_raft)
{
    EXPECT_EQ(CompareAndSwap::idempotency(), Idempotency::once_only);
    EXPECT_TRUE(CompareAndSwap::commits());
}

TEST(CompareAndRemove, puts_both_conditions_into_the_query)
{
    EXPECT_EQ(
        request(CompareAndRemove{"/app/mode", {.prev_value = "blue", .prev_index = Index{7}}}),
        del("/v2/keys/app/mode?prevValue=blue&prevIndex=7"));
}

TEST(CompareAndRemove, is_refused_where_it_would_not_compare)
{
    EXPECT_TRUE(is_refused(CompareAndRemove{"/app/mode"}));
    EXPECT_TRUE(is_refused(CompareAndRemove{"/app/mode", {.prev_value = ""}}));
    EXPECT_TRUE(is_refused(CompareAndRemove{"/app/mode", {.prev_index = Index{0}}}));
}

TEST(CompareAndRemove, is_once_only_and_waits_for_raft)
{
    EXPECT_EQ(CompareAndRemove::idempotency(), Idempotency::once_only);
    EXPECT_TRUE(CompareAndRemove::commits());
}

// Removal.

TEST(Remove, deletes_the_key)
{
    EXPECT_EQ(request(Remove{"/app/mode"}), del("/v2/keys/app/mode"));
}

TEST(Remove, deletes_an_empty_directory_if_told)
{
    EXPECT_EQ(request(Remove{"/app", {.dir = true}}), del("/v2/keys/app?dir=true"));
}

TEST(Remove, deletes_a_tree_if_told)
{
    EXPECT_EQ(request(Remove{"/app", {.recursive = true}}), del("/v2/keys/app/?recursive=true"));
}

TEST(Remove, is_once_only_and_waits_for_raft)
{
    EXPECT_EQ(Remove::idempotency(), Idempotency::once_only);
    EXPECT_TRUE(Remove::commits());
}

// What all have in common.

TEST(KeyOperations, refuse_a_key_that_is_not_utf8)
{
    auto const key = std::string{"/caf\xe9"};

    EXPECT_TRUE(is_refused(Get{key}));
    EXPECT_TRUE(is_refused(Set{key, "blue"}));
    EXPECT_TRUE(is_refused(Create{key, "blue"}));
    EXPECT_TRUE(is_refused(Update{key, "blue"}));
    EXPECT_TRUE(is_refused(Refresh{key, 60s}));
    EXPECT_TRUE(is_refused(CreateInOrder{key, "blue"}));
    EXPECT_TRUE(is_refused(MakeDir{key}));
    EXPECT_TRUE(is_refused(CompareAndSwap{key, "blue", {.prev_value = "green"}}));
    EXPECT_TRUE(is_refused(Remove{key}));
    EXPECT_TRUE(is_refused(CompareAndRemove{key, {.prev_value = "green"}}));
}

TEST(KeyOperations, refuse_a_value_that_is_not_utf8)
{
    auto const value = std::string{"caf\xe9"};

    EXPECT_TRUE(is_refused(Set{"/app/mode", value}));
    EXPECT_TRUE(is_refused(Create{"/app/mode", value}));
    EXPECT_TRUE(is_refused(Update{"/app/mode", value}));
    EXPECT_TRUE(is_refused(CreateInOrder{"/app/jobs", value}));
    EXPECT_TRUE(is_refused(CompareAndSwap{"/app/mode", value, {.prev_value = "green"}}));
    EXPECT_TRUE(is_refused(CompareAndSwap{"/app/mode", "blue", {.prev_value = value}}));
    EXPECT_TRUE(is_refused(CompareAndRemove{"/app/mode", {.prev_value = value}}));
}

TEST(KeyOperations, refuse_a_time_to_live_that_etcd_would_misread)
{
    for (auto const ttl :
        {SetOptions{.ttl = 0s}, SetOptions{.ttl = -5s}, SetOptions{.ttl = 3'000'000'001s}}) {
        EXPECT_TRUE(is_refused(Set{"/app/mode", "blue", ttl}));
        EXPECT_TRUE(is_refused(Create{"/app/mode", "blue", ttl}));
        EXPECT_TRUE(is_refused(Update{"/app/mode", "blue", ttl}));
        EXPECT_TRUE(is_refused(CreateInOrder{"/app/jobs", "blue", ttl}));
        EXPECT_TRUE(is_refused(MakeDir{"/app", ttl}));
        EXPECT_TRUE(is_refused(CompareAndSwap{"/app/mode", "blue", {.prev_value = "green"}, ttl}));
        EXPECT_TRUE(is_refused(Refresh{"/app/mode", *ttl.ttl}));
    }
}

TEST(KeyOperations, escape_their_keys)
{
    EXPECT_EQ(request(Get{"//app/50% off?/../a+b;c#d"}), get("/v2/keys/app/a%2Bb%3Bc%23d"));
}

TEST(KeyOperations, read_what_etcd_replies)
{
    auto const reply = http::Response{200, {{"X-Etcd-Cluster-Id", "3cb9"}, {"X-Etcd-Index", "8"}},
        R"({"action":"compareAndSwap","node":{"key":"/app/mode","value":"green"}})"};
    auto const codec = PocoJson{};

    EXPECT_EQ(Get{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(Set{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(Create{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(Update{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(Refresh{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(CreateInOrder{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(MakeDir{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(CompareAndSwap{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(Remove{}.read(codec, reply).value().node.value, "green");
    EXPECT_EQ(CompareAndRemove{}.read(codec, reply).value().node.value, "green");
}

}  // namespace
}  // namespace etcdpp::v2
