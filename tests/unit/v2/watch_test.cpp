// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a watch asks of whom, and when: over a scripted cluster, in virtual time.

#include "etcdpp/v2/watch.hpp"

#include "tests/support/watch_world.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;
using tests::Answer;
using tests::event_text;

constexpr auto list_target = "/v2/keys/app/?recursive=true&quorum=true";
constexpr auto health_target = "/health?exclude=NOSPACE";

std::string poll_target(int index)
{
    return "/v2/keys/app/?wait=true&recursive=true&waitIndex=" + std::to_string(index);
}

using AWatch = tests::WatchWorld;

TEST_F(AWatch, does_nothing_before_it_is_asked)
{
    auto watched = watch();

    EXPECT_THAT(transport.sent(), IsEmpty());
    EXPECT_EQ(watched.key(), "/app");
}

TEST_F(AWatch, lists_through_raft_and_then_polls_behind_the_listing)
{
    transport.then(listing(10)).then(event(11));
    auto watched = watch();

    auto const got = watched.next(hour);

    ASSERT_TRUE(got) << got.error();
    EXPECT_EQ(got->action, Action::set);
    EXPECT_EQ(got->node.key, "/app/mode");
    EXPECT_EQ(got->index, Index{11});
    EXPECT_THAT(transport.targets(), ElementsAre(list_target, poll_target(11)));
}

TEST_F(AWatch, polls_behind_the_index_it_was_given)
{
    transport.then(listing(10)).then(Answer::head(10).body(event_text(8)));
    auto watched = watch({.after_index = Index{6}, .recursive = true});

    EXPECT_EQ(watched.next(hour).value().node.modified_index, Index{8});

    EXPECT_THAT(transport.targets(), ElementsAre(list_target, poll_target(7)));
}

TEST_F(AWatch, of_one_key_asks_for_that_key_alone)
{
    transport.then(listing(10)).then(event(11));
    auto watched = keys.watch("app/mode/");

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(transport.targets(),
        ElementsAre("/v2/keys/app/mode?quorum=true", "/v2/keys/app/mode?wait=true&waitIndex=11"));
}

TEST_F(AWatch, polls_again_at_once_behind_each_event)
{
    transport.then(listing(10)).then(event(14)).then(event(17));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{14});
    EXPECT_EQ(watched.next(hour).value().index, Index{17});

    EXPECT_THAT(transport.targets(), ElementsAre(list_target, poll_target(11), poll_target(15)));
    EXPECT_EQ(elapsed(), 0ms);
}

TEST_F(AWatch, sends_the_credentials_with_listing_and_poll)
{
    transport.then(listing(10)).then(event(14));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    for (auto const& each : transport.sent()) {
        EXPECT_TRUE(each.request.headers.find("Authorization"));
    }
}

TEST_F(AWatch, has_no_deadline_of_its_own)
{
    transport.then(listing(10)).then(event(11, 3s));
    auto watched = watch();

    EXPECT_TRUE(watched.next());

    EXPECT_EQ(transport.sent().back().limits.by, Deadline::never());
}

TEST_F(AWatch, waits_longer_than_a_call_may_take)
{
    transport.then(listing(10));
    for (auto probe = 0; probe != 20; ++probe) { transport.then(Answer::head(10)).then(healthy()); }
    transport.then(event(11));
    auto watched = watch();

    EXPECT_EQ(watched.next().value().index, Index{11});

    EXPECT_GE(elapsed(), 90s);  // the client's call_timeout is 10 s
}

TEST_F(AWatch, asks_again_from_the_same_index_after_an_empty_body)
{
    transport.then(listing(10)).then(Answer::head(10).body("", 3s)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(transport.targets(), ElementsAre(list_target, poll_target(11), poll_target(11)));
    EXPECT_EQ(elapsed(), 3s);
}

TEST_F(AWatch, rests_between_empty_bodies_that_follow_one_another)
{
    transport.then(listing(10));
    for (auto time = 0; time != 20; ++time) { transport.then(Answer::head(10).body("")); }
    transport.then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(world.slept(), SizeIs(19));
    EXPECT_THAT(world.slept(), Each(AllOf(Ge(25ms), Le(500ms))));
}

// Members that fail

TEST_F(AWatch, goes_on_at_the_next_member_where_a_connection_is_lost)
{
    transport.then(listing(10)).then(Answer::head(10).lost(2s)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "m1"));
    EXPECT_THAT(transport.targets(), ElementsAre(list_target, poll_target(11), poll_target(11)));
    EXPECT_EQ(elapsed(), 2s);
}

TEST_F(AWatch, moves_on_from_an_event_that_was_cut_off)
{
    transport.then(listing(10))
        .then(Answer::head(11).part(R"({"action":"set","node":{"ke)", 0ms).lost(1s))
        .then(event(11));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{11});
}

TEST_F(AWatch, moves_the_client_off_the_member_that_failed)
{
    transport.then(listing(10)).then(Answer::head(10).lost(2s)).then(event(11));
    auto watched = watch();
    EXPECT_TRUE(watched.next(hour));

    transport.then(listing(11)).then(event(12));
    auto another = watch();
    EXPECT_TRUE(another.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "m1", "m1", "m1"));
}

TEST_F(AWatch, tries_each_member_at_once_and_then_rests)
{
    for (auto time = 0; time != 9; ++time) { transport.then(Answer::refused()); }
    transport.then(listing(10)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(
        hosts(), ElementsAre("m0", "m1", "m2", "m0", "m1", "m2", "m0", "m1", "m2", "m0", "m0"));
    EXPECT_THAT(world.slept(), SizeIs(3));
    EXPECT_THAT(world.slept(), Each(AllOf(Ge(25ms), Le(500ms))));
}

TEST_F(AWatch, moves_on_from_a_listing_that_raft_did_not_commit)
{
    transport
        .then(Answer::reply({.status = 500,
            .headers = Answer::headers(0),
            .body =
                R"({"errorCode":300,"message":"Raft Internal Error","cause":"etcdserver: request timed out","index":0})"}))
        .then(listing(10))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m1", "m1"));
}

TEST_F(AWatch, moves_on_from_a_listing_that_never_comes)
{
    transport.then(Answer::silence()).then(listing(10)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m1", "m1"));
    EXPECT_EQ(elapsed(), 2500ms);  // the silence allowed to what waits for raft
}

TEST_F(AWatch, waits_for_a_large_listing_while_it_keeps_arriving)
{
    auto const text = tests::listing_text({{"/app/mode", 4}});
    auto slow = Answer::head(10);
    for (auto i = std::size_t{0}; i != 20; ++i) {
        slow = slow.part(text.substr(i, 1), (i + 1) * 2s);
    }
    transport.then(slow.body(text.substr(20), 42s)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0"));
}

TEST_F(AWatch, moves_on_from_one_that_is_no_etcd)
{
    transport.then(listing(10))
        .then(Answer::reply({.status = 200, .body = "<html>Please log in</html>"}))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "m1"));
}

TEST_F(AWatch, moves_on_from_one_that_does_not_wait)
{
    transport.then(listing(10)).then(listing(10)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "m1"));
}

TEST_F(AWatch, follows_the_client_to_other_endpoints)
{
    transport.then(listing(10)).then(Answer::head(10)).then(Answer::head(10).body(event_text(11)));
    transport.at(2s, [&] { client.set_endpoints(Endpoints::parse("http://n0:2379").value()); });
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "n0"));
    EXPECT_EQ(elapsed(), liveness);
}

// Proof of life

TEST_F(AWatch, opens_the_same_poll_a_second_time_after_each_interval_of_silence)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(healthy())
        .then(Answer::head(10).body(event_text(11), 2s));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(transport.targets(),
        ElementsAre(list_target, poll_target(11), health_target, poll_target(11)));
    EXPECT_THAT(hosts(), Each("m0"));
    EXPECT_EQ(transport.sent().back().at - began, liveness);
    EXPECT_EQ(elapsed(), liveness + 2s);
}

TEST_F(AWatch, closes_the_old_poll_once_the_new_one_has_its_head)
{
    transport.then(listing(10)).then(Answer::head(10)).then(healthy()).then(Answer::head(10, 50ms));
    auto watched = watch();

    EXPECT_FALSE(watched.next({.timeout = liveness + 20ms}));
    EXPECT_EQ(transport.open(), 2);
    EXPECT_FALSE(watched.next({.timeout = 40ms}));

    EXPECT_EQ(transport.open(), 1);
}

TEST_F(AWatch, leaves_a_member_that_sends_no_second_head_within_twice_the_interval)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(Answer::silence())
        .then(Answer::silence())
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_LE(elapsed(), 2 * liveness);
    EXPECT_EQ(transport.open(), 0);
}

TEST_F(AWatch, leaves_a_member_that_takes_no_second_connection)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(healthy())
        .then(Answer::refused(1s, etcdpp::Errc::timed_out))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), liveness + 1s);
}

TEST_F(AWatch, leaves_a_member_that_sends_no_head_at_all)
{
    transport.then(listing(10)).then(Answer::silence()).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "m1"));
    EXPECT_EQ(elapsed(), 1s);  // the silence allowed to what a member answers by itself
}

TEST_F(AWatch, leaves_a_silent_member_sooner_with_a_shorter_interval)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(healthy())
        .then(Answer::silence())
        .then(event(11));
    auto watched = watch({.recursive = true, .liveness = 300ms});

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(elapsed(), 600ms);
}

TEST_F(AWatch, takes_an_event_that_the_old_poll_brings_while_the_new_one_is_opened)
{
    transport.then(listing(10))
        .then(Answer::head(10).body(event_text(11), liveness + 10ms))
        .then(healthy())
        .then(Answer::head(11, 20ms).body(event_text(11), 20ms))
        .then(event(12));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{11});
    EXPECT_EQ(elapsed(), liveness + 10ms);
    EXPECT_EQ(watched.next(hour).value().index, Index{12});
    EXPECT_EQ(transport.targets().back(), poll_target(12));
}

TEST_F(AWatch, takes_an_event_that_the_old_poll_never_brought)
{
    transport.then(listing(10)).then(Answer::head(10)).then(healthy()).then(event(11));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{11});
}

TEST_F(AWatch, waits_for_the_new_poll_if_the_old_one_is_lost_meanwhile)
{
    transport.then(listing(10))
        .then(Answer::head(10).lost(liveness + 10ms))
        .then(healthy())
        .then(Answer::head(10, 20ms).body(event_text(11), 1s));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), Each("m0"));
}

TEST_F(AWatch, is_not_misled_by_the_time_its_caller_was_away)
{
    transport.then(listing(10))
        .then(event(11))
        .then(Answer::head(11, 1ms).body(event_text(12), 2ms));
    auto watched = watch();
    EXPECT_TRUE(watched.next(hour));
    EXPECT_FALSE(watched.next({.timeout = 0ms}));  // the poll is under way

    world.pass(30s);

    EXPECT_EQ(watched.next(hour).value().index, Index{12});
    EXPECT_THAT(hosts(), Each("m0"));
}

// Health

TEST_F(AWatch, leaves_a_member_that_says_it_is_not_healthy)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(unhealthy(1s))
        .then(Answer::head(10))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), liveness + 1s);
}

TEST_F(AWatch, leaves_a_member_that_does_not_say_whether_it_is_healthy)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(Answer::silence())
        .then(Answer::head(10))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), 2 * liveness);
}

TEST_F(AWatch, stays_where_a_proxy_does_not_know_the_question_for_health)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(Answer::reply({.status = 404, .body = "404 page not found\n"}))
        .then(Answer::head(10).body(event_text(11), 1s));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), Each("m0"));
}

TEST_F(AWatch, sends_no_credentials_with_the_question_for_health)
{
    transport.then(listing(10)).then(Answer::head(10)).then(healthy()).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_FALSE(transport.sent()[2].request.headers.find("Authorization"));
}

TEST_F(AWatch, leaves_the_question_for_health_to_another_of_its_client)
{
    auto first = watch();
    auto second = watch();
    transport.then(listing(10)).then(Answer::head(10));
    EXPECT_FALSE(first.next({.timeout = 0ms}));
    EXPECT_FALSE(first.next({.timeout = 1ms}));
    transport.then(listing(10)).then(Answer::head(10));
    EXPECT_FALSE(second.next({.timeout = 1ms}));

    transport.then(healthy()).then(Answer::head(10)).then(Answer::head(10));
    EXPECT_FALSE(first.next({.timeout = liveness}));
    EXPECT_FALSE(second.next({.timeout = 1s}));

    EXPECT_THAT(transport.targets(), Contains(health_target).Times(1));
}

TEST_F(AWatch, heeds_what_another_found_out_about_its_member)
{
    auto first = watch();
    auto second = watch();
    transport.then(listing(10)).then(Answer::head(10));
    EXPECT_FALSE(first.next({.timeout = 1ms}));
    transport.then(listing(10)).then(Answer::head(10));
    EXPECT_FALSE(second.next({.timeout = 1ms}));

    transport.then(unhealthy()).then(Answer::head(10)).then(Answer::head(10));
    EXPECT_FALSE(first.next({.timeout = liveness}));  // m0 fails, m1 has the head
    transport.then(event(11));
    EXPECT_TRUE(second.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_THAT(transport.targets(), Contains(health_target).Times(1));
}

TEST_F(AWatch, does_not_take_the_health_of_one_member_for_that_of_another)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(unhealthy(2s))
        .then(Answer::head(10).body(event_text(11), 1s));
    transport.at(liveness + 500ms,
        [&] { client.set_endpoints(Endpoints::parse("http://n0:2379").value()); });
    auto watched = watch();
    EXPECT_TRUE(watched.next(hour));

    transport.then(Answer::head(11).body(event_text(12), 3s));
    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "n0");
    EXPECT_THAT(states(), Not(Contains(StartsWith("stalled"))));
}

// History that is lost

TEST_F(AWatch, resyncs_when_the_history_was_cleared)
{
    transport.then(listing(10))
        .then(cleared(2000))
        .then(Answer::ok(2000, tests::listing_text({{"/app/mode", 700}})))
        .then(event(2001));
    auto watched = watch();

    auto const resynced = watched.next(hour).value();
    EXPECT_EQ(resynced.action, Action::resync);
    EXPECT_EQ(resynced.node.modified_index, Index{700});
    EXPECT_EQ(resynced.index, Index{2000});
    EXPECT_EQ(watched.next(hour).value().index, Index{2001});

    EXPECT_THAT(transport.targets(),
        ElementsAre(list_target, poll_target(11), list_target, poll_target(2001)));
    EXPECT_THAT(states(), ElementsAre("connected m0", "resynced m0"));
}

TEST_F(AWatch, says_nothing_to_its_caller_when_a_quiet_key_lost_its_history)
{
    transport.then(listing(10))
        .then(Answer::head(10))
        .then(healthy())
        .then(cleared(2000))  // the probe
        .then(listing(2000))
        .then(event(2001));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{2001});
}

TEST_F(AWatch, rests_if_the_history_is_cleared_again_and_again)
{
    auto watched = watch();
    transport.then(listing(10));
    for (auto time = 0; time != 5; ++time) { transport.then(cleared(2000)).then(listing(2000)); }
    transport.then(event(2001));

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(world.slept(), SizeIs(4));
}

TEST_F(AWatch, resyncs_when_another_cluster_answers)
{
    auto const other = std::string{"7e27652122e8b2ae"};
    transport.then(listing(10))
        .then(Answer::head(3000, 0ms, other))
        .then(Answer::ok(3000, tests::listing_text({{"/app/mode", 4}}), other))
        .then(Answer::head(3000, 0ms, other).body(event_text(3001), 0ms));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().node.key, "/app");
    EXPECT_EQ(watched.next(hour).value().node.key, "/app/mode");
    EXPECT_EQ(watched.next(hour).value().index, Index{3001});
}

TEST_F(AWatch, waits_at_a_member_that_only_lags)
{
    transport.then(listing(10)).then(Answer::head(7)).then(listing(12)).then(event(11));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().action, Action::set);

    EXPECT_THAT(hosts(), Each("m0"));
    EXPECT_EQ(transport.targets().back(), poll_target(11));
}

TEST_F(AWatch, resyncs_when_its_index_is_ahead_of_the_cluster)
{
    transport.then(listing(10));
    auto watched = watch({.after_index = Index{400}, .recursive = true});

    auto const first = watched.next(hour).value();

    EXPECT_EQ(first.action, Action::resync);
    EXPECT_EQ(first.node, (Node{.key = "/app"}));
    EXPECT_TRUE(is_removal(first));
    EXPECT_EQ(watched.next(hour).value().node.key, "/app");
    EXPECT_EQ(watched.next(hour).value().node.key, "/app/mode");
}

TEST_F(AWatch, does_not_move_its_index_on_a_head_alone)
{
    transport.then(listing(10)).then(Answer::head(90).lost(1s)).then(event(12));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{12});

    EXPECT_EQ(transport.targets().back(), poll_target(11));
}

// What its caller is told

TEST_F(AWatch, returns_a_verdict_on_the_request)
{
    auto const unauthorized = Answer::reply({.status = 401,
        .headers = Answer::headers(0),
        .body =
            R"({"errorCode":110,"message":"The request requires user authentication","cause":"Insufficient credentials","index":0})"});
    transport.then(unauthorized).then(listing(10)).then(unauthorized).then(event(11));
    auto watched = watch();

    auto const got = watched.next(hour);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), Condition::unauthorized);
    auto const again = watched.next(hour);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), Condition::unauthorized);
    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), Each("m0"));
    EXPECT_THAT(world.slept(), SizeIs(2));  // who asks again at once does not ask in a hot loop
}

TEST_F(AWatch, says_that_the_v2_api_is_disabled)
{
    transport.then(Answer::reply({.status = 404, .body = "404 page not found\n"}));
    auto watched = watch();

    auto const got = watched.next(hour);

    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), make_error_code(etcdpp::Errc::v2_disabled));
}

TEST_F(AWatch, refuses_a_key_that_etcd_could_not_name)
{
    auto watched = keys.watch("/app/\xff");

    auto const got = watched.next(hour);

    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), make_error_code(etcdpp::Errc::invalid_argument));
    EXPECT_THAT(transport.sent(), IsEmpty());
}

TEST_F(AWatch, goes_on_where_it_was_after_its_time_was_up)
{
    transport.then(listing(10)).then(Answer::head(10).body(event_text(11), 3s));
    auto watched = watch();

    auto const got = watched.next({.timeout = 1s});
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), Condition::timed_out);
    EXPECT_EQ(got.error().fault(), Fault::caller);
    EXPECT_EQ(elapsed(), 1s);

    EXPECT_TRUE(watched.next(hour));
    EXPECT_THAT(transport.sent(), SizeIs(2));
}

TEST_F(AWatch, says_what_it_met_when_its_time_was_up)
{
    auto watched = watch();  // every connection is refused

    auto const got = watched.next({.timeout = 10s});

    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), Condition::timed_out);
    EXPECT_THAT(got.error().words(), HasSubstr("the connection was refused"));
    EXPECT_EQ(elapsed(), 10s);
}

TEST_F(AWatch, does_not_blame_a_member_for_a_caller_in_a_hurry)
{
    transport.then(listing(10)).then(event(11));
    auto watched = watch();
    EXPECT_TRUE(watched.next(hour));
    transport.then(Answer::refused(400ms, etcdpp::Errc::timed_out)).then(event(12));

    auto const got = watched.next({.timeout = 100ms});

    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), Condition::timed_out);
    EXPECT_THAT(states(), ElementsAre("connected m0"));
}

TEST_F(AWatch, leaves_a_member_that_cannot_be_connected_to_however_short_the_calls)
{
    transport.then(Answer::refused(1h, etcdpp::Errc::timed_out));
    auto watched = watch();

    for (auto call = 0; call != 15; ++call) { EXPECT_FALSE(watched.next({.timeout = 100ms})); }

    EXPECT_EQ(hosts().back(), "m1");
}

TEST_F(AWatch, is_cancelled_by_a_stop_and_goes_on_where_it_was)
{
    transport.then(listing(10)).then(Answer::head(10).body(event_text(11), 3s));
    auto stop = std::stop_source{};
    transport.at(2s, [&] { stop.request_stop(); });
    auto watched = watch();

    auto const got = watched.next({.stop = stop.get_token()});
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error(), Condition::cancelled);
    EXPECT_EQ(got.error().fault(), Fault::caller);
    EXPECT_EQ(elapsed(), 2s);

    EXPECT_TRUE(watched.next(hour));
    EXPECT_THAT(transport.sent(), SizeIs(2));
}

TEST_F(AWatch, asks_nothing_once_it_is_stopped)
{
    auto stop = std::stop_source{};
    stop.request_stop();
    auto watched = watch();

    EXPECT_EQ(watched.next({.stop = stop.get_token()}).error(), Condition::cancelled);

    EXPECT_THAT(transport.sent(), IsEmpty());
}

TEST_F(AWatch, is_a_range_that_ends_behind_its_first_error)
{
    transport.then(listing(10))
        .then(event(11))
        .then(event(12))
        .then(Answer::reply({.status = 404, .body = "404 page not found\n"}));
    auto watched = watch();
    auto indices = std::vector<std::optional<Index>>{};

    for (auto const& each : watched) {
        indices.push_back(each ? std::optional{each->index} : std::nullopt);
    }

    EXPECT_THAT(indices, ElementsAre(Index{11}, Index{12}, std::nullopt));
}

TEST_F(AWatch, tells_an_observer_how_it_fares)
{
    transport.then(listing(10))
        .then(Answer::head(10).lost(1s))
        .then(Answer::refused())
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(states(),
        ElementsAre(
            "connected m0", "stalled m0", "moved m1", "stalled m1", "moved m2", "connected m2"));
    EXPECT_THAT(
        world.lines(), Contains(HasSubstr("the watch of /app stalled at http://m0:2379: ")));
}

TEST_F(AWatch, can_be_moved_while_a_poll_is_under_way)
{
    transport.then(listing(10)).then(Answer::head(10).body(event_text(11), 3s));
    auto watched = watch();
    EXPECT_FALSE(watched.next({.timeout = 1s}));

    auto moved = std::move(watched);

    EXPECT_EQ(moved.next(hour).value().index, Index{11});
    EXPECT_THAT(transport.sent(), SizeIs(2));
}

}  // namespace
}  // namespace etcdpp::v2
