// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a replacement sends, step by step.

#include "etcdpp/v2/replace.hpp"

#include "etcdpp/v2/monotonic_reads.hpp"
#include "etcdpp/v2/resolver.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/scripted_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::HasEffect;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOk;

std::string one_more(Node const& now)
{
    return std::to_string(std::stoi(now.value) + 1);
}

struct ReplaceTest : tests::ScriptedKeys {
    Keys<AClient> keys{client};

    //! The counter as it stands at an index.
    http::Response counter(int value, int modified)
    {
        return did("get", "/app/count", std::to_string(value), modified, modified + 10);
    }

    http::Response swapped(int value, int modified)
    {
        return did("compareAndSwap", "/app/count", std::to_string(value), modified, modified + 10);
    }
};

TEST_F(ReplaceTest, reads_with_quorum_and_swaps_on_the_index_read)
{
    transport.reply(counter(5, 7)).reply(swapped(6, 8));

    auto const replaced = keys.replace("/app/count", one_more);

    ASSERT_THAT(replaced, IsOk());
    EXPECT_EQ(replaced->action, Action::compare_and_swap);
    EXPECT_EQ(replaced->node.value, "6");
    EXPECT_THAT(sent(),
        ElementsAre(
            "GET /v2/keys/app/count?quorum=true", "PUT /v2/keys/app/count?prevIndex=7 value=6"));
}

TEST_F(ReplaceTest, begins_again_when_another_was_faster)
{
    transport.reply(counter(5, 7))
        .reply(said_no(Errc::test_failed, 9))
        .reply(counter(8, 9))
        .reply(swapped(9, 10));

    EXPECT_THAT(keys.replace("/app/count", one_more), IsOk());
    EXPECT_EQ(sent().back(), "PUT /v2/keys/app/count?prevIndex=9 value=9");
    EXPECT_THAT(world.slept(), IsEmpty());
}

TEST_F(ReplaceTest, writes_nothing_when_there_is_nothing_to_change)
{
    transport.reply(counter(5, 7));

    auto const left = keys.replace(
        "/app/count", [](Node const&) -> std::optional<std::string> { return std::nullopt; });

    ASSERT_THAT(left, IsOk());
    EXPECT_EQ(left->action, Action::get);
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(ReplaceTest, shows_the_whole_node_to_whoever_makes_the_value)
{
    auto seen = Node{};
    transport.reply(counter(5, 7)).reply(swapped(6, 8));

    keys.replace("/app/count",
            [&](Node const& now) {
                seen = now;
                return "6";
            })
        .value();

    EXPECT_EQ(seen.key, "/app/count");
    EXPECT_EQ(seen.value, "5");
    EXPECT_EQ(seen.modified_index, Index{7});
}

TEST_F(ReplaceTest, passes_its_options_on)
{
    transport.reply(counter(5, 7)).reply(from_etcd(200, R"({"action":"compareAndSwap"})", 8));

    keys.replace("/app/count", one_more, {.ttl = 60s, .no_value_on_success = true}).value();

    EXPECT_EQ(
        sent().back(), "PUT /v2/keys/app/count?prevIndex=7&noValueOnSuccess=true value=6&ttl=60");
}

TEST_F(ReplaceTest, fails_where_no_value_stands)
{
    transport.reply(said_no(Errc::key_not_found, 9));

    auto const replaced = keys.replace("/app/count", one_more);

    EXPECT_THAT(replaced, IsError(Condition::not_found));
    EXPECT_THAT(replaced, HasEffect(Effect::none));
}

TEST_F(ReplaceTest, fails_where_a_directory_stands)
{
    transport.reply(listed("/app/count", {}, 9));

    auto const replaced = keys.replace("/app/count", one_more);

    EXPECT_THAT(replaced, IsError(make_error_code(Errc::not_file)));
    EXPECT_THAT(replaced, HasEffect(Effect::none));
    EXPECT_THAT(replaced, HasFault(Fault::request));
}

TEST_F(ReplaceTest, fails_where_the_key_was_removed_before_the_swap)
{
    transport.reply(counter(5, 7))
        .reply(said_no(Errc::key_not_found, 9))
        .reply(said_no(Errc::key_not_found, 9));

    EXPECT_THAT(keys.replace("/app/count", one_more), IsError(Condition::not_found));
}

TEST_F(ReplaceTest, reports_what_is_nobody_elses_fault)
{
    transport.reply(counter(5, 7)).reply(said_no(Errc::unauthorized, 0));

    auto const replaced = keys.replace("/app/count", one_more);

    EXPECT_THAT(replaced, IsError(Condition::unauthorized));
    EXPECT_THAT(replaced, HasEffect(Effect::none));
}

TEST_F(ReplaceTest, refuses_a_value_that_etcd_would_misread)
{
    transport.reply(counter(5, 7));

    EXPECT_THAT(keys.replace("/app/count", [](Node const&) { return "\xff"; }),
        IsError(etcdpp::Errc::invalid_argument));
}

TEST_F(ReplaceTest, sends_the_same_swap_again_when_its_reply_is_lost)
{
    transport.reply(counter(5, 7)).fail(lost()).fail(lost()).reply(swapped(6, 8));

    EXPECT_THAT(keys.replace("/app/count", one_more), IsOk());
    auto const requests = sent();
    ASSERT_THAT(requests, SizeIs(4));
    EXPECT_EQ(requests[2], requests[1]);
    EXPECT_EQ(requests[3], requests[1]);
    EXPECT_THAT(world.slept(), SizeIs(2)) << "in case it is lost at once, again and again";
}

TEST_F(ReplaceTest, begins_again_when_the_history_tells_that_another_was_faster)
{
    transport.reply(counter(5, 7))
        .fail(lost())
        .reply(said_no(Errc::test_failed, 20))
        .reply(did("set", "/app/count", "100", 9, 20))
        .reply(counter(100, 9))
        .reply(swapped(101, 21));

    auto const replaced = keys.replace("/app/count", one_more);

    ASSERT_THAT(replaced, IsOk());
    EXPECT_EQ(replaced->node.value, "101");
    EXPECT_EQ(sent()[3], "GET /v2/keys/app/count?wait=true&waitIndex=8");
}

TEST_F(ReplaceTest, does_not_know_whose_value_it_is_that_came_first)
{
    transport.reply(counter(5, 7))
        .fail(lost())
        .reply(said_no(Errc::test_failed, 20))
        .reply(swapped(6, 9));

    auto const replaced = keys.replace("/app/count", one_more);

    EXPECT_THAT(replaced, IsError(etcdpp::Errc::exhausted));
    EXPECT_THAT(replaced, HasEffect(Effect::unknown));
    EXPECT_THAT(replaced, HasWords(HasSubstr("by this call or by another that made the same")));
}

TEST_F(ReplaceTest, takes_the_value_for_its_own_through_a_resolver)
{
    auto resolver = Resolver{client};
    transport.reply(counter(5, 7))
        .fail(lost())
        .reply(counter(5, 7))
        .reply(said_no(Errc::test_failed, 20))
        .reply(swapped(6, 9));

    auto const replaced = Keys{resolver}.replace("/app/count", one_more);

    ASSERT_THAT(replaced, IsOk());
    EXPECT_EQ(replaced->node.modified_index, Index{9});
}

TEST_F(ReplaceTest, does_not_know_either_where_the_history_is_cleared)
{
    transport.reply(counter(5, 7))
        .fail(lost())
        .reply(said_no(Errc::test_failed, 3000))
        .reply(said_no(Errc::event_index_cleared, 3000));

    auto const replaced = keys.replace("/app/count", one_more);

    EXPECT_THAT(replaced, HasEffect(Effect::unknown));
}

TEST_F(ReplaceTest, remembers_the_lost_swap_when_it_cannot_be_sent_again)
{
    transport.reply(counter(5, 7)).fail(lost()).fail(refused()).fail(refused()).fail(refused());

    auto const replaced = keys.replace("/app/count", one_more);

    EXPECT_THAT(replaced, IsError(etcdpp::Errc::exhausted));
    EXPECT_THAT(replaced, HasEffect(Effect::unknown));
    EXPECT_THAT(replaced, HasWords(HasSubstr("connection refused")));
}

TEST_F(ReplaceTest, has_no_effect_when_no_swap_could_be_sent)
{
    transport.reply(counter(5, 7)).fail(refused()).fail(refused()).fail(refused());

    EXPECT_THAT(keys.replace("/app/count", one_more), HasEffect(Effect::none));
}

TEST_F(ReplaceTest, says_that_it_was_applied_when_only_the_reply_is_unreadable)
{
    transport.reply(counter(5, 7)).reply(from_etcd(200, "{", 8));

    EXPECT_THAT(keys.replace("/app/count", one_more), HasEffect(Effect::applied));
    EXPECT_THAT(transport.sent(), SizeIs(2));
}

TEST_F(ReplaceTest, ends_with_the_time_of_the_call)
{
    transport.reply(counter(5, 7));
    for (auto i = 0; i != 100; ++i) { transport.fail(lost()); }
    auto const began = world.now();

    auto const replaced = keys.replace("/app/count", one_more, {}, {.timeout = 2s});

    EXPECT_FALSE(replaced);
    EXPECT_THAT(replaced, HasEffect(Effect::unknown));
    EXPECT_LE(world.now() - began, 2500ms) << "with the pause in which the time was over";
    for (auto const& each : transport.sent()) { EXPECT_EQ(each.limits.by, Deadline{began + 2s}); }
}

TEST_F(ReplaceTest, ends_with_a_stop_and_knows_what_it_left_behind)
{
    auto stop = std::stop_source{};
    world.while_asleep([&] { stop.request_stop(); });
    transport.reply(counter(5, 7)).fail(lost());

    auto const replaced = keys.replace("/app/count", one_more, {}, {.stop = stop.get_token()});

    EXPECT_THAT(replaced, IsError(etcdpp::Errc::cancelled));
    EXPECT_THAT(replaced, HasEffect(Effect::unknown));
}

TEST_F(ReplaceTest, works_through_monotonic_reads)
{
    auto monotonic = MonotonicReads{client};
    transport.reply(counter(5, 7)).reply(swapped(6, 8));

    EXPECT_THAT(Keys{monotonic}.replace("/app/count", one_more), IsOk());
}

}  // namespace
}  // namespace etcdpp::v2
