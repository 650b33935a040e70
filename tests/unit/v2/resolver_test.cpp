// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a resolver asks, and what it makes of the answers.

#include "etcdpp/v2/resolver.hpp"

#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/monotonic_reads.hpp"
#include "etcdpp/v2/watch.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/scripted_keys.hpp"
#include "tests/support/slow_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using tests::HasEffect;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOk;

struct ResolverTest : tests::ScriptedKeys {
    Resolver<AClient> resolver{client};
    Keys<Resolver<AClient>> keys{resolver};
};

TEST_F(ResolverTest, asks_nothing_where_the_reply_came)
{
    transport.reply(did("create", "/app/owner", "me", 7, 7));

    EXPECT_THAT(keys.create("/app/owner", "me"), IsOk());
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(ResolverTest, asks_nothing_where_the_write_had_no_effect)
{
    transport.reply(said_no(Errc::node_exist, 7));

    EXPECT_THAT(keys.create("/app/owner", "me"), IsError(Condition::already_exists));
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(ResolverTest, asks_nothing_about_operations_of_which_a_read_tells_nothing)
{
    transport.fail(lost());

    EXPECT_THAT(keys.remove("/app/owner"), HasEffect(Effect::unknown));
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(ResolverTest, makes_a_success_of_a_create_whose_value_stands_there)
{
    transport.fail(lost()).reply(did("get", "/app/owner", "me", 7, 9));

    auto const created = keys.create("/app/owner", "me");

    ASSERT_THAT(created, IsOk());
    EXPECT_EQ(created->action, Action::create);
    EXPECT_EQ(created->node.created_index, Index{7});
    EXPECT_EQ(created->index, Index{9});
    EXPECT_THAT(sent(),
        ElementsAre("PUT /v2/keys/app/owner?prevExist=false value=me",
            "GET /v2/keys/app/owner?quorum=true"));
}

TEST_F(ResolverTest, keeps_the_error_of_a_create_of_which_nothing_is_proven)
{
    transport.fail(lost()).reply(did("get", "/app/owner", "somebody", 7, 9));

    auto const created = keys.create("/app/owner", "me");

    EXPECT_THAT(created, IsError(etcdpp::Errc::exhausted));
    EXPECT_THAT(created, HasEffect(Effect::unknown));
    EXPECT_THAT(created, HasFault(Fault::member));
    EXPECT_THAT(created,
        HasWords(AllOf(HasSubstr("connection reset"),
            HasSubstr("read back at index 9, its fate is: unknown"))));
    EXPECT_THAT(created.error().attempts(), SizeIs(1));
}

TEST_F(ResolverTest, keeps_the_error_where_the_key_is_missing)
{
    transport.fail(lost()).reply(said_no(Errc::key_not_found, 9));

    EXPECT_THAT(keys.create("/app/owner", "me"), HasEffect(Effect::unknown));
}

TEST_F(ResolverTest, keeps_the_error_as_it_was_where_nothing_can_be_read)
{
    transport.fail(lost()).fail(refused()).fail(refused()).fail(refused());

    auto const created = keys.create("/app/owner", "me");

    EXPECT_THAT(created, HasEffect(Effect::unknown));
    EXPECT_EQ(
        created.error().words(), "not repeated, for the server may have acted: connection reset");
}

TEST_F(ResolverTest, finds_out_what_was_applied_with_a_reply_that_nobody_can_read)
{
    transport.reply(from_etcd(201, "{", 7)).reply(did("get", "/app/owner", "me", 7, 9));

    EXPECT_THAT(keys.create("/app/owner", "me"), IsOk());
}

TEST_F(ResolverTest, finds_the_key_of_a_create_in_order)
{
    transport.fail(lost()).reply(
        listed("/queue", {node("/queue/05", "theirs", 5), node("/queue/07", "mine", 7)}, 9));

    auto const created = keys.create_in_order("/queue/", "mine");

    ASSERT_THAT(created, IsOk());
    EXPECT_EQ(created->node.key, "/queue/07");
    EXPECT_EQ(sent().back(), "GET /v2/keys/queue?quorum=true");
}

TEST_F(ResolverTest, asks_the_history_who_was_the_first_behind_the_index_compared_with)
{
    transport.fail(lost())
        .reply(did("get", "/app/mode", "theirs", 9, 12))
        .reply(did("compareAndSwap", "/app/mode", "mine", 7, 12));

    auto const swapped = keys.compare_and_swap("/app/mode", "mine", {.prev_index = Index{5}});

    ASSERT_THAT(swapped, IsOk());
    EXPECT_EQ(swapped->action, Action::compare_and_swap);
    EXPECT_EQ(swapped->node.modified_index, Index{7});
    EXPECT_THAT(sent(),
        ElementsAre("PUT /v2/keys/app/mode?prevIndex=5 value=mine",
            "GET /v2/keys/app/mode?quorum=true", "GET /v2/keys/app/mode?wait=true&waitIndex=6"));
}

TEST_F(ResolverTest, says_compare_failed_where_another_was_the_first)
{
    transport.fail(lost())
        .reply(did("get", "/app/mode", "theirs", 9, 12))
        .reply(did("set", "/app/mode", "theirs", 9, 12));

    auto const swapped = keys.compare_and_swap("/app/mode", "mine", {.prev_index = Index{5}});

    EXPECT_THAT(swapped, IsError(Condition::compare_failed));
    EXPECT_THAT(swapped, HasEffect(Effect::none));
    EXPECT_THAT(swapped, HasFault(Fault::request));
    EXPECT_THAT(swapped, HasWords(HasSubstr("another write came first")));
    EXPECT_THAT(swapped.error().attempts(), SizeIs(1));
}

TEST_F(ResolverTest, passes_over_an_event_that_does_not_concern_the_key)
{
    auto const beside = from_etcd(200,
        R"({"action":"delete","node":{"key":"/app","dir":true,"modifiedIndex":6,"createdIndex":4},)"
        R"("prevNode":{"key":"/app","dir":true,"modifiedIndex":4,"createdIndex":4}})",
        12);
    transport.fail(lost())
        .reply(did("get", "/apple", "theirs", 9, 12))
        .reply(beside)
        .reply(did("compareAndSwap", "/apple", "mine", 7, 12));

    EXPECT_THAT(keys.compare_and_swap("/apple", "mine", {.prev_index = Index{5}}), IsOk());
    EXPECT_EQ(sent().back(), "GET /v2/keys/apple?wait=true&waitIndex=7");
}

TEST_F(ResolverTest, takes_the_value_for_proof_where_the_history_is_cleared)
{
    transport.fail(lost())
        .reply(did("get", "/app/mode", "mine", 2000, 3000))
        .reply(said_no(Errc::event_index_cleared, 3000));

    EXPECT_THAT(keys.compare_and_swap("/app/mode", "mine", {.prev_index = Index{5}}), IsOk());
}

TEST_F(ResolverTest, knows_nothing_where_the_history_is_cleared_and_another_value_stands_there)
{
    transport.fail(lost())
        .reply(did("get", "/app/mode", "theirs", 2000, 3000))
        .reply(said_no(Errc::event_index_cleared, 3000));

    EXPECT_THAT(keys.compare_and_swap("/app/mode", "mine", {.prev_index = Index{5}}),
        HasEffect(Effect::unknown));
}

TEST_F(ResolverTest, asks_no_history_while_the_index_compared_with_stands)
{
    transport.fail(lost()).reply(did("get", "/app/mode", "old", 5, 12));

    auto const swapped = keys.compare_and_swap("/app/mode", "mine", {.prev_index = Index{5}});

    EXPECT_THAT(swapped, HasEffect(Effect::unknown));
    EXPECT_THAT(swapped, HasWords(HasSubstr("its fate is: not so far")));
    EXPECT_THAT(transport.sent(), SizeIs(2));
}

TEST_F(ResolverTest, waits_one_silence_for_an_event_that_may_not_be)
{
    auto slow = tests::SlowTransport{world, 200ms};
    slow.script()
        .reply(did("get", "/app/mode", "old", 9, 12))
        .fail(Error{etcdpp::Errc::timed_out})
        .fail(Error{etcdpp::Errc::timed_out});
    auto silent = Client{Config{
        .endpoints = members, .transport = slow, .environment = world, .attempt_timeout = 300ms}};
    auto const began = world.now();

    auto const found = Resolver{silent}.resolve(
        CompareAndSwap{.key = "/app/mode", .value = "mine", .compare = {.prev_index = Index{5}}});

    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->fate, Fate::unknown);
    EXPECT_EQ(world.now() - began, 600ms);
}

TEST_F(ResolverTest, stays_within_the_time_of_the_call)
{
    transport.fail(lost()).reply(did("get", "/app/owner", "me", 7, 9));
    auto const by = Deadline::after(world.now(), 3s);

    keys.create("/app/owner", "me", {}, {.timeout = 3s}).value();

    for (auto const& each : transport.sent()) { EXPECT_EQ(each.limits.by, by); }
}

TEST_F(ResolverTest, asks_nothing_once_the_caller_has_stopped_it)
{
    auto stop = std::stop_source{};
    transport.fail(Error{etcdpp::Errc::cancelled, {.fault = Fault::caller}});
    stop.request_stop();

    auto const created = keys.create("/app/owner", "me", {}, {.stop = stop.get_token()});

    EXPECT_THAT(created, IsError(etcdpp::Errc::cancelled));
}

TEST_F(ResolverTest, can_be_asked_later_with_what_was_known_before)
{
    transport.reply(did("get", "/app/owner", "somebody", 4, 9));

    auto const found = resolver.resolve(Create{.key = "/app/owner", .value = "me"}, Index{6});

    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->fate, Fate::not_so_far);
    EXPECT_EQ(found->index, Index{9});
}

TEST_F(ResolverTest, reports_the_error_of_its_own_reading)
{
    transport.reply(said_no(Errc::unauthorized, 0));

    EXPECT_THAT(resolver.resolve(Create{.key = "/app/owner", .value = "me"}),
        IsError(Condition::unauthorized));
}

TEST_F(ResolverTest, works_over_monotonic_reads)
{
    auto monotonic = MonotonicReads{client};
    auto over = Resolver{monotonic};
    transport.fail(lost()).reply(did("get", "/app/owner", "me", 7, 9));

    EXPECT_THAT(Keys{over}.create("/app/owner", "me"), IsOk());
}

TEST_F(ResolverTest, is_a_client_to_a_watch)
{
    transport.reply(did("get", "/app/mode", "blue", 4, 9))
        .reply(did("set", "/app/mode", "green", 10, 9));

    EXPECT_THAT(keys.watch("/app/mode").next({.timeout = 1s}), IsOk());
}

}  // namespace
}  // namespace etcdpp::v2
