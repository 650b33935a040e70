// SPDX-License-Identifier: BSL-1.0

//! @file
//! What follows from each outcome of an attempt, without a transport and without time.

#include "etcdpp/call/attempts.hpp"

#include "tests/unit/call/failures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <stop_token>
#include <string>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::lost;
using tests::refused;

//! Takes the members in their order and remembers what it hears.
struct InOrder {
    struct Told {
        Endpoint endpoint;
        Outcome outcome;
        Clock::duration latency;
        Clock::time_point now;
    };

    std::size_t pick(Pick const& pick)
    {
        kinds.push_back(pick.kind);
        tried.push_back(pick.tried);
        times.push_back(pick.now);
        entropies.push_back(pick.entropy);
        return untried_from(0, pick) + out_of_range;
    }

    void report(Report const& report) noexcept
    {
        told.push_back({report.endpoint, report.outcome, report.latency, report.now});
    }

    std::size_t out_of_range = 0;  //!< added to every choice: a selector gone wrong
    std::vector<Idempotency> kinds = {};
    std::vector<Tried> tried = {};
    std::vector<Clock::time_point> times = {};
    std::vector<std::uint64_t> entropies = {};
    std::vector<Told> told = {};
};

static_assert(selector<InOrder>);

//! What a policy was asked, with a copy of what a Failure only refers to.
struct Asked {
    std::error_code code;
    Fault fault;
    unsigned attempt;
    Clock::duration elapsed;
    Clock::duration remaining;
    std::size_t members;
    std::size_t untried;
    std::uint64_t entropy;

    friend bool operator==(Asked const&, Asked const&) = default;
};

//! Answers with the pauses it was given, then gives up.
struct ScriptedState {
    Pause next(Failure const& failure, std::uint64_t entropy)
    {
        asked->push_back({failure.error.code(), failure.error.fault(), failure.attempt,
            failure.elapsed, failure.remaining, failure.members, failure.untried, entropy});
        if (pauses.empty()) { return std::nullopt; }
        auto const pause = pauses.front();
        pauses.pop_front();
        return pause;
    }

    std::vector<Asked>* asked;
    std::deque<Clock::duration> pauses;
};

Error silent()
{
    return Error{Errc::timed_out, {.effect = Effect::unknown, .words = "silent for 1 s"}};
}

Error unreadable()
{
    return Error{
        Errc::malformed_reply, {.effect = Effect::applied, .status = 200, .words = "not JSON"}};
}

Error stranger()
{
    return Error{Errc::not_etcd, {.effect = Effect::none, .status = 403, .words = "HTTP 403"}};
}

Error sick()
{
    return Error{Errc::exhausted,
        {.effect = Effect::unknown, .status = 500, .words = "Raft Internal Error"}};
}

//! What etcd says of a key that is there already; the code's category does not matter here.
Error verdict()
{
    return Error{std::make_error_code(std::errc::file_exists),
        {.effect = Effect::none,
            .fault = Fault::request,
            .status = 412,
            .words = "Key already exists: /app/lock"}};
}

Error stopped()
{
    return Error{Errc::cancelled, {.effect = Effect::unknown, .fault = Fault::caller}};
}

struct AttemptsTest : testing::Test {
    Clock::time_point const began = Clock::time_point{1h};
    Endpoints const endpoints =
        Endpoints::parse("http://etcd-a:2379,http://etcd-b:2379,http://etcd-c:2379").value();
    InOrder selector;
    std::vector<Asked> asked;
    std::stop_source stopper;

    Terms terms(Idempotency idempotency, Clock::duration timeout = 10s)
    {
        return {.began = began,
            .by = Deadline{began + timeout},
            .stop = stopper.get_token(),
            .idempotency = idempotency};
    }

    Terms repeating_overwrites()
    {
        auto chosen = terms(Idempotency::overwrite);
        chosen.repeat_overwrites = true;
        return chosen;
    }

    auto call(Terms const& chosen, std::deque<Clock::duration> pauses)
    {
        return Attempts{endpoints, chosen, selector, ScriptedState{&asked, std::move(pauses)}};
    }

    //! A call in which each failure follows the last after 1 ms, and the last one ends the call.
    Error after(Terms const& chosen, std::vector<Error> const& failures)
    {
        auto attempts = call(chosen, std::deque<Clock::duration>(failures.size() - 1, 0ms));
        auto now = began;
        auto pause = Pause{0ms};
        for (auto const& each : failures) {
            EXPECT_TRUE(pause) << "the call is over before \"" << each << '"';
            EXPECT_NE(attempts.next(now, 0), nullptr);
            now += 1ms;
            pause = attempts.failed(each, now, 0);
        }
        EXPECT_FALSE(pause) << "the call is not over";
        return std::move(attempts).conclusion();
    }

    Error after(Idempotency idempotency, std::vector<Error> const& failures)
    {
        return after(terms(idempotency), failures);
    }
};

// What is repeated.

TEST_F(AttemptsTest, move_on_to_an_untried_member_after_a_failure)
{
    auto attempts = call(terms(Idempotency::read), {0ms, 0ms});

    EXPECT_EQ(*attempts.next(began, 0), endpoints[0]);
    EXPECT_EQ(attempts.failed(lost(), began, 0), Pause{0ms});
    EXPECT_EQ(*attempts.next(began, 0), endpoints[1]);
    EXPECT_EQ(attempts.failed(lost(), began, 0), Pause{0ms});
    EXPECT_EQ(*attempts.next(began, 0), endpoints[2]);
}

TEST_F(AttemptsTest, repeat_a_read_after_every_failure_of_a_member)
{
    for (auto const& each : {refused(), lost(), silent(), unreadable(), stranger(), sick()}) {
        auto attempts = call(terms(Idempotency::read), {0ms});
        attempts.next(began, 0);

        EXPECT_TRUE(attempts.failed(each, began, 0)) << each;
    }
}

TEST_F(AttemptsTest, repeat_everything_after_an_effect_of_none)
{
    for (auto const kind : {Idempotency::read, Idempotency::overwrite, Idempotency::once_only}) {
        auto attempts = call(terms(kind), {0ms});
        attempts.next(began, 0);

        EXPECT_TRUE(attempts.failed(refused(), began, 0)) << kind;
    }
}

TEST_F(AttemptsTest, do_not_repeat_an_overwrite_after_a_lost_reply)
{
    auto attempts = call(terms(Idempotency::overwrite), {0ms});
    attempts.next(began, 0);

    EXPECT_FALSE(attempts.failed(lost(), began, 0));
}

TEST_F(AttemptsTest, repeat_an_overwrite_after_a_lost_reply_if_the_caller_asked_for_it)
{
    auto attempts = call(repeating_overwrites(), {0ms});
    attempts.next(began, 0);

    EXPECT_TRUE(attempts.failed(lost(), began, 0));
}

TEST_F(AttemptsTest, do_not_repeat_an_overwrite_that_was_applied_even_if_the_caller_asked_for_it)
{
    auto attempts = call(repeating_overwrites(), {0ms});
    attempts.next(began, 0);

    EXPECT_FALSE(attempts.failed(unreadable(), began, 0));
}

TEST_F(AttemptsTest, never_repeat_what_is_once_only_after_a_lost_reply)
{
    auto chosen = terms(Idempotency::once_only);
    chosen.repeat_overwrites = true;
    auto attempts = call(chosen, {0ms});
    attempts.next(began, 0);

    EXPECT_FALSE(attempts.failed(lost(), began, 0));
}

TEST_F(AttemptsTest, do_not_ask_the_policy_where_repeating_is_not_safe)
{
    after(Idempotency::once_only, {lost()});

    EXPECT_THAT(asked, IsEmpty());
}

TEST_F(AttemptsTest, do_not_repeat_after_a_verdict)
{
    auto attempts = call(terms(Idempotency::read), {0ms});
    attempts.next(began, 0);

    EXPECT_FALSE(attempts.failed(verdict(), began, 0));
}

TEST_F(AttemptsTest, hand_on_the_pause_that_the_policy_asks_for)
{
    auto attempts = call(terms(Idempotency::read), {25ms});
    attempts.next(began, 0);

    EXPECT_EQ(attempts.failed(lost(), began, 0), Pause{25ms});
}

// The effect of a call.

TEST_F(AttemptsTest, report_the_worst_effect_of_all_attempts)
{
    EXPECT_EQ(after(Idempotency::once_only, {refused(), lost()}).effect(), Effect::unknown);
}

TEST_F(AttemptsTest, report_unknown_where_a_lost_reply_came_before_a_refusal)
{
    EXPECT_EQ(after(repeating_overwrites(), {lost(), refused()}).effect(), Effect::unknown);
}

TEST_F(AttemptsTest, report_applied_where_a_reply_came_that_cannot_be_read)
{
    EXPECT_EQ(after(repeating_overwrites(), {lost(), unreadable()}).effect(), Effect::applied);
}

TEST_F(AttemptsTest, report_none_where_every_member_refused)
{
    auto const error = after(Idempotency::once_only, {refused(), refused(), refused()});

    EXPECT_EQ(error.effect(), Effect::none);
}

TEST_F(AttemptsTest, report_none_for_a_read_whatever_its_attempts_met)
{
    for (auto const& each : {lost(), silent(), unreadable(), sick()}) {
        EXPECT_EQ(after(Idempotency::read, {each}).effect(), Effect::none) << each;
    }
}

TEST_F(AttemptsTest, keep_the_verdict_beside_the_unknown_effect_of_an_earlier_attempt)
{
    auto const error = after(repeating_overwrites(), {lost(), verdict()});

    EXPECT_EQ(error.code(), verdict().code());
    EXPECT_EQ(error.effect(), Effect::unknown);
}

TEST_F(AttemptsTest, report_none_with_a_verdict_that_no_lost_reply_precedes)
{
    EXPECT_EQ(after(Idempotency::once_only, {refused(), verdict()}).effect(), Effect::none);
}

TEST_F(AttemptsTest, report_none_if_stopped_before_anything_was_sent)
{
    auto attempts = call(terms(Idempotency::once_only), {});
    stopper.request_stop();
    ASSERT_EQ(attempts.next(began, 0), nullptr);

    EXPECT_EQ(std::move(attempts).conclusion().effect(), Effect::none);
}

TEST_F(AttemptsTest, report_none_if_the_deadline_passed_before_anything_was_sent)
{
    auto attempts = call(terms(Idempotency::once_only, 0ms), {});
    ASSERT_EQ(attempts.next(began, 0), nullptr);

    EXPECT_EQ(std::move(attempts).conclusion().effect(), Effect::none);
}

TEST_F(AttemptsTest, keep_the_unknown_effect_if_stopped_before_the_next_attempt)
{
    auto attempts = call(repeating_overwrites(), {25ms});
    attempts.next(began, 0);
    ASSERT_TRUE(attempts.failed(lost(), began, 0));
    stopper.request_stop();
    ASSERT_EQ(attempts.next(began + 25ms, 0), nullptr);

    EXPECT_EQ(std::move(attempts).conclusion().effect(), Effect::unknown);
}

// The code of a call.

TEST_F(AttemptsTest, end_as_exhausted_once_the_policy_gives_up)
{
    auto const error = after(Idempotency::read, {refused(), lost(), silent()});

    EXPECT_EQ(error, Errc::exhausted);
    EXPECT_EQ(error, Condition::unavailable);
    EXPECT_EQ(error.fault(), Fault::member);
}

TEST_F(AttemptsTest, end_as_exhausted_where_a_lost_reply_must_not_be_repeated)
{
    auto const error = after(Idempotency::once_only, {lost()});

    EXPECT_EQ(error, Errc::exhausted);
    EXPECT_EQ(error.fault(), Fault::member);
}

TEST_F(AttemptsTest, say_why_a_lost_reply_is_not_repeated_and_what_was_met)
{
    EXPECT_EQ(after(Idempotency::once_only, {lost()}).words(),
        "not repeated, for the server may have acted: connection reset");
}

TEST_F(AttemptsTest, say_after_how_many_attempts_they_gave_up_and_what_the_last_met)
{
    EXPECT_EQ(after(Idempotency::read, {lost(), refused()}).words(),
        "gave up after 2 attempts: connection refused");
    EXPECT_EQ(
        after(Idempotency::read, {lost()}).words(), "gave up after 1 attempt: connection reset");
}

TEST_F(AttemptsTest, name_the_last_code_where_it_came_without_words)
{
    auto const error = after(Idempotency::read, {Error{Errc::unreachable}});

    EXPECT_EQ(error.words(), "gave up after 1 attempt: the member could not be reached");
}

TEST_F(AttemptsTest, keep_the_status_of_the_last_reply)
{
    EXPECT_EQ(after(Idempotency::read, {refused(), sick()}).status(), 500);
    EXPECT_EQ(after(Idempotency::read, {sick(), refused()}).status(), std::nullopt);
}

TEST_F(AttemptsTest, hand_on_a_verdict_with_its_words_and_status)
{
    auto const error = after(Idempotency::once_only, {verdict()});

    EXPECT_EQ(error.words(), "Key already exists: /app/lock");
    EXPECT_EQ(error.status(), 412);
    EXPECT_EQ(error.fault(), Fault::request);
}

TEST_F(AttemptsTest, end_with_the_code_of_bad_replies_where_nothing_else_came)
{
    EXPECT_EQ(after(Idempotency::read, {unreadable(), unreadable()}), Errc::malformed_reply);
    EXPECT_EQ(after(Idempotency::read, {unreadable(), stranger()}), Errc::not_etcd);
}

TEST_F(AttemptsTest, end_as_exhausted_where_something_beside_bad_replies_came)
{
    EXPECT_EQ(after(Idempotency::read, {refused(), stranger()}), Errc::exhausted);
    EXPECT_EQ(after(Idempotency::read, {stranger(), refused()}), Errc::exhausted);
}

TEST_F(AttemptsTest, end_with_the_code_of_a_bad_reply_that_must_not_be_repeated)
{
    auto const error = after(Idempotency::once_only, {refused(), unreadable()});

    EXPECT_EQ(error, Errc::malformed_reply);
    EXPECT_EQ(error.effect(), Effect::applied);
}

TEST_F(AttemptsTest, end_as_timed_out_once_the_deadline_has_passed_during_an_attempt)
{
    auto attempts = call(terms(Idempotency::read, 1s), {0ms});
    attempts.next(began, 0);
    ASSERT_FALSE(attempts.failed(refused(), began + 1s, 0));

    auto const error = std::move(attempts).conclusion();
    EXPECT_EQ(error, Errc::timed_out);
    EXPECT_EQ(error.fault(), Fault::caller);
    EXPECT_EQ(error.words(), "the deadline passed: connection refused");
}

TEST_F(AttemptsTest, end_as_timed_out_at_the_deadline_even_where_repeating_is_not_safe)
{
    auto attempts = call(terms(Idempotency::once_only, 1s), {});
    attempts.next(began, 0);
    ASSERT_FALSE(attempts.failed(lost(), began + 1s, 0));

    auto const error = std::move(attempts).conclusion();
    EXPECT_EQ(error, Errc::timed_out);
    EXPECT_EQ(error.effect(), Effect::unknown);
}

TEST_F(AttemptsTest, end_as_timed_out_at_the_deadline_even_after_bad_replies)
{
    auto attempts = call(terms(Idempotency::read, 1s), {});
    attempts.next(began, 0);
    ASSERT_FALSE(attempts.failed(unreadable(), began + 1s, 0));

    EXPECT_EQ(std::move(attempts).conclusion(), Errc::timed_out);
}

TEST_F(AttemptsTest, do_not_ask_the_policy_once_the_deadline_has_passed)
{
    auto attempts = call(terms(Idempotency::read, 1s), {0ms});
    attempts.next(began, 0);
    attempts.failed(refused(), began + 1s, 0);

    EXPECT_THAT(asked, IsEmpty());
}

TEST_F(AttemptsTest, end_as_timed_out_where_the_next_pause_would_pass_the_deadline)
{
    auto attempts = call(terms(Idempotency::read, 1s), {100ms});
    attempts.next(began, 0);
    ASSERT_FALSE(attempts.failed(refused(), began + 900ms, 0));

    auto const error = std::move(attempts).conclusion();
    EXPECT_EQ(error, Errc::timed_out);
    EXPECT_EQ(error.fault(), Fault::caller);
    EXPECT_EQ(error.effect(), Effect::none);
    EXPECT_EQ(error.words(), "the next pause would pass the deadline: connection refused");
}

TEST_F(AttemptsTest, go_on_where_the_next_pause_ends_before_the_deadline)
{
    auto attempts = call(terms(Idempotency::read, 1s), {99ms});
    attempts.next(began, 0);

    EXPECT_TRUE(attempts.failed(refused(), began + 900ms, 0));
}

TEST_F(AttemptsTest, end_as_timed_out_where_a_pause_took_longer_than_it_should)
{
    auto attempts = call(terms(Idempotency::read, 1s), {100ms});
    attempts.next(began, 0);
    ASSERT_TRUE(attempts.failed(refused(), began, 0));
    ASSERT_EQ(attempts.next(began + 1s, 0), nullptr);

    auto const error = std::move(attempts).conclusion();
    EXPECT_EQ(error, Errc::timed_out);
    EXPECT_THAT(error.attempts(), SizeIs(1));
}

TEST_F(AttemptsTest, end_as_timed_out_where_the_transport_says_the_deadline_cut_it_off)
{
    auto const cut_off = Error{
        Errc::timed_out, {.effect = Effect::unknown, .fault = Fault::caller}};

    auto const error = after(Idempotency::read, {cut_off});

    EXPECT_EQ(error, Errc::timed_out);
    ASSERT_THAT(selector.told, SizeIs(1));
    EXPECT_EQ(selector.told[0].outcome, Outcome::failed);
}

TEST_F(AttemptsTest, let_a_verdict_stand_that_arrives_at_the_deadline)
{
    auto attempts = call(terms(Idempotency::once_only, 1s), {});
    attempts.next(began, 0);
    attempts.failed(verdict(), began + 1s, 0);

    EXPECT_EQ(std::move(attempts).conclusion().code(), verdict().code());
}

TEST_F(AttemptsTest, end_as_cancelled_if_stopped_before_the_first_attempt)
{
    auto attempts = call(terms(Idempotency::once_only), {});
    stopper.request_stop();
    ASSERT_EQ(attempts.next(began, 0), nullptr);

    auto const error = std::move(attempts).conclusion();
    EXPECT_EQ(error, Errc::cancelled);
    EXPECT_EQ(error, Condition::cancelled);
    EXPECT_EQ(error.fault(), Fault::caller);
    EXPECT_THAT(error.attempts(), IsEmpty());
}

TEST_F(AttemptsTest, end_as_cancelled_if_stopped_during_an_attempt)
{
    auto const error = after(Idempotency::once_only, {stopped()});

    EXPECT_EQ(error, Errc::cancelled);
    EXPECT_EQ(error.fault(), Fault::caller);
    EXPECT_EQ(error.effect(), Effect::unknown);
}

TEST_F(AttemptsTest, end_as_cancelled_if_stopped_while_a_member_failed_by_itself)
{
    auto attempts = call(terms(Idempotency::read), {0ms});
    attempts.next(began, 0);
    stopper.request_stop();
    ASSERT_FALSE(attempts.failed(refused(), began, 0));

    EXPECT_EQ(std::move(attempts).conclusion(), Errc::cancelled);
    EXPECT_THAT(asked, IsEmpty());
}

TEST_F(AttemptsTest, put_a_stop_before_a_deadline_that_has_passed_too)
{
    auto attempts = call(terms(Idempotency::read, 1s), {});
    attempts.next(began, 0);
    stopper.request_stop();
    attempts.failed(lost(), began + 1s, 0);

    EXPECT_EQ(std::move(attempts).conclusion(), Errc::cancelled);
}

// What selector and policy hear.

TEST_F(AttemptsTest, tell_the_selector_kind_time_entropy_and_what_was_tried)
{
    auto attempts = call(terms(Idempotency::once_only), {0ms});
    attempts.next(began, 17);
    attempts.failed(refused(), began, 0);
    attempts.next(began + 3ms, 23);

    EXPECT_THAT(selector.kinds, ElementsAre(Idempotency::once_only, Idempotency::once_only));
    EXPECT_THAT(selector.times, ElementsAre(began, began + 3ms));
    EXPECT_THAT(selector.entropies, ElementsAre(17U, 23U));
    EXPECT_THAT(selector.tried, ElementsAre(Tried{0b000}, Tried{0b001}));
}

TEST_F(AttemptsTest, report_a_success_as_answered_with_its_latency)
{
    auto attempts = call(terms(Idempotency::read), {});
    attempts.next(began, 0);
    attempts.answered(began + 4ms);

    ASSERT_THAT(selector.told, SizeIs(1));
    EXPECT_EQ(selector.told[0].endpoint, endpoints[0]);
    EXPECT_EQ(selector.told[0].outcome, Outcome::answered);
    EXPECT_EQ(selector.told[0].latency, 4ms);
    EXPECT_EQ(selector.told[0].now, began + 4ms);
}

TEST_F(AttemptsTest, report_a_verdict_as_answered)
{
    after(Idempotency::once_only, {verdict()});

    ASSERT_THAT(selector.told, SizeIs(1));
    EXPECT_EQ(selector.told[0].outcome, Outcome::answered);
}

TEST_F(AttemptsTest, report_every_fault_of_a_member_as_failed)
{
    for (auto const& each : {refused(), lost(), silent(), unreadable(), stranger(), sick()}) {
        selector.told.clear();
        after(Idempotency::once_only, {each});

        ASSERT_THAT(selector.told, SizeIs(1)) << each;
        EXPECT_EQ(selector.told[0].outcome, Outcome::failed) << each;
    }
}

TEST_F(AttemptsTest, report_nothing_of_an_attempt_that_the_caller_stopped)
{
    after(Idempotency::read, {stopped()});

    EXPECT_THAT(selector.told, IsEmpty());
}

TEST_F(AttemptsTest, report_an_attempt_that_the_deadline_cut_off_as_failed)
{
    auto attempts = call(terms(Idempotency::read, 1s), {});
    attempts.next(began, 0);
    attempts.failed(silent(), began + 1s, 0);

    ASSERT_THAT(selector.told, SizeIs(1));
    EXPECT_EQ(selector.told[0].outcome, Outcome::failed);
}

TEST_F(AttemptsTest, measure_latency_from_the_beginning_of_the_attempt_and_not_of_the_call)
{
    auto attempts = call(terms(Idempotency::read), {50ms});
    attempts.next(began, 0);
    attempts.failed(refused(), began + 1ms, 0);
    attempts.next(began + 51ms, 0);
    attempts.answered(began + 58ms);

    ASSERT_THAT(selector.told, SizeIs(2));
    EXPECT_EQ(selector.told[1].endpoint, endpoints[1]);
    EXPECT_EQ(selector.told[1].latency, 7ms);
}

TEST_F(AttemptsTest, tell_the_policy_exactly_where_the_call_stands)
{
    auto attempts = call(terms(Idempotency::read, 10s), {5ms});
    attempts.next(began, 0);
    attempts.failed(refused(), began + 2ms, 31);
    attempts.next(began + 7ms, 0);
    attempts.failed(silent(), began + 1007ms, 37);

    EXPECT_THAT(asked,
        ElementsAre(Asked{.code = Errc::unreachable,
                        .fault = Fault::member,
                        .attempt = 1,
                        .elapsed = 2ms,
                        .remaining = 9998ms,
                        .members = 3,
                        .untried = 2,
                        .entropy = 31},
            Asked{.code = Errc::timed_out,
                .fault = Fault::member,
                .attempt = 2,
                .elapsed = 1007ms,
                .remaining = 8993ms,
                .members = 3,
                .untried = 1,
                .entropy = 37}));
}

TEST_F(AttemptsTest, tell_the_policy_that_none_is_untried_once_all_were_tried)
{
    after(Idempotency::read, {refused(), refused(), refused(), refused()});

    ASSERT_THAT(asked, SizeIs(4));
    EXPECT_EQ(asked[2].untried, 0U);
    EXPECT_EQ(asked[3].untried, 0U);
}

TEST_F(AttemptsTest, never_show_a_verdict_or_a_stop_to_the_policy)
{
    after(Idempotency::read, {verdict()});
    after(Idempotency::read, {stopped()});

    EXPECT_THAT(asked, IsEmpty());
}

TEST_F(AttemptsTest, tame_a_selector_that_chooses_beyond_the_end)
{
    selector.out_of_range = 3'000'001;
    auto attempts = call(terms(Idempotency::read), {0ms});

    EXPECT_EQ(*attempts.next(began, 0), endpoints[1]);
    attempts.failed(refused(), began, 0);
    EXPECT_EQ(selector.told[0].endpoint, endpoints[1]);
}

TEST_F(AttemptsTest, go_round_once_every_member_was_tried)
{
    after(Idempotency::read, {refused(), refused(), refused(), refused()});

    ASSERT_THAT(selector.told, SizeIs(4));
    EXPECT_EQ(selector.told[3].endpoint, endpoints[0]);
}

// What is listed.

TEST_F(AttemptsTest, list_each_failure_with_member_code_effect_words_and_time)
{
    auto const error = after(Idempotency::once_only, {refused(), lost()});

    EXPECT_THAT(error.attempts(),
        ElementsAre(FailedAttempt{.endpoint = endpoints[0],
                        .code = Errc::unreachable,
                        .effect = Effect::none,
                        .words = "connection refused",
                        .after = 1ms},
            FailedAttempt{.endpoint = endpoints[1],
                .code = Errc::unreachable,
                .effect = Effect::unknown,
                .words = "connection reset",
                .after = 2ms}));
}

TEST_F(AttemptsTest, list_the_failures_that_came_before_a_verdict)
{
    auto const error = after(Idempotency::once_only, {refused(), verdict()});

    ASSERT_THAT(error.attempts(), SizeIs(1));
    EXPECT_EQ(error.attempts()[0].words, "connection refused");
}

TEST_F(AttemptsTest, list_the_failures_that_came_before_a_stop)
{
    auto const error = after(Idempotency::read, {refused(), stopped()});

    ASSERT_THAT(error.attempts(), SizeIs(2));
    EXPECT_EQ(error.attempts()[1].code, Errc::cancelled);
}

TEST_F(AttemptsTest, list_the_last_64_failures_of_a_long_call)
{
    auto const error = after(Idempotency::read, std::vector<Error>(100, refused()));

    ASSERT_THAT(error.attempts(), SizeIs(64));
    EXPECT_EQ(error.attempts().front().after, 37ms);
    EXPECT_EQ(error.attempts().back().after, 100ms);
    EXPECT_THAT(error.words(), HasSubstr("after 100 attempts"));
}

TEST_F(AttemptsTest, keep_the_effect_of_a_failure_that_is_not_listed_any_more)
{
    auto failures = std::vector<Error>(100, refused());
    failures.front() = lost();

    EXPECT_EQ(after(repeating_overwrites(), failures).effect(), Effect::unknown);
}

TEST_F(AttemptsTest, count_from_one)
{
    auto attempts = call(terms(Idempotency::read), {0ms});
    attempts.next(began, 0);
    EXPECT_EQ(attempts.attempt(), 1U);
    EXPECT_EQ(attempts.attempt_began(), began);

    attempts.failed(refused(), began + 1ms, 0);
    attempts.next(began + 2ms, 0);
    EXPECT_EQ(attempts.attempt(), 2U);
    EXPECT_EQ(attempts.attempt_began(), began + 2ms);
}

TEST_F(AttemptsTest, accept_a_call_without_deadline)
{
    auto chosen = terms(Idempotency::read);
    chosen.by = Deadline::never();
    auto attempts = call(chosen, {24h});
    attempts.next(began, 0);

    EXPECT_EQ(attempts.failed(refused(), began + 1h, 0), Pause{24h});
}

}  // namespace
}  // namespace etcdpp
