// SPDX-License-Identifier: BSL-1.0

//! @file
//! What the driver does with transport, selector, policy and world, step by step.

#include "etcdpp/call/drive.hpp"

#include "etcdpp/retry/never.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/support/scripted_world.hpp"
#include "tests/support/slow_transport.hpp"
#include "tests/unit/call/failures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
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
using testing::StartsWith;
using tests::Heard;
using tests::lost;
using tests::refused;
using tests::ScriptedWorld;
using tests::SlowTransport;

//! Reads bodies as they are; 404 is a verdict, 5xx the member's fault.
struct Ask {
    using Reply = std::string;

    Result<http::Request> encode() const { return http::Request{.target = "/never/asked/for"}; }

    Result<std::string> read(int const&, http::Response const& response) const
    {
        ++*reads;
        if (response.status == 200) { return response.body; }
        auto const verdict = response.status == 404;
        return unexpected(Error{verdict ? Errc::v2_disabled : Errc::unreachable,
            {.effect = verdict ? Effect::none : Effect::unknown,
                .fault = verdict ? Fault::request : Fault::member,
                .status = response.status,
                .words = response.body}});
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }

    int* reads;
};

//! Pauses 40 ms behind each failure, four times.
struct Patient {
    struct State {
        Pause next(Failure const& failure, std::uint64_t) const noexcept
        {
            return failure.attempt < 5 ? Pause{40ms} : std::nullopt;
        }
    };

    State begin() const noexcept { return {}; }
};

http::Response redirect_to(std::string_view location)
{
    return {307, {{"Location", location}}};
}

struct DriveTest : testing::Test {
    Endpoint const a{.host = "etcd-a"};
    Endpoint const b{.host = "etcd-b"};
    Endpoints const endpoints = Endpoints::of({a, b}).value();
    http::Request const request{.method = http::Method::put,
        .target = "/v2/keys/app/mode?prevExist=true",
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = "value=blue"};
    ScriptedTransport transport;
    RoundRobin selector;
    ScriptedWorld world;
    std::stop_source stopper;
    int const codec = 0;
    int reads = 0;

    Terms terms(Idempotency idempotency = Idempotency::read)
    {
        auto const now = world.now();
        return {.began = now,
            .by = Deadline{now + 10s},
            .connect = 900ms,
            .silence = 700ms,
            .stop = stopper.get_token(),
            .idempotency = idempotency};
    }

    template <class Transport, class RetryPolicy>
    Result<std::string> run(Transport& over, RetryPolicy const& retry, Terms const& chosen)
    {
        return drive(
            Ask{&reads}, request, endpoints, chosen, Policies{over, selector, retry, codec, world});
    }

    template <class RetryPolicy>
    Result<std::string> run(RetryPolicy const& retry)
    {
        return run(transport, retry, terms());
    }
};

TEST_F(DriveTest, sends_the_request_as_it_is_and_returns_what_the_operation_reads)
{
    transport.reply({200, {}, "blue"});

    auto const reply = run(OnePass{});

    EXPECT_EQ(reply.value(), "blue");
    ASSERT_THAT(transport.sent(), SizeIs(1));
    EXPECT_EQ(transport.sent()[0].endpoint, a);
    EXPECT_EQ(transport.sent()[0].request, request);
}

TEST_F(DriveTest, hands_the_same_limits_to_each_attempt)
{
    auto const chosen = terms();
    transport.fail(refused()).fail(refused()).reply({200, {}, "blue"});

    ASSERT_TRUE(run(transport, Patient{}, chosen));

    ASSERT_THAT(transport.sent(), SizeIs(3));
    for (auto const& sent : transport.sent()) {
        EXPECT_EQ(sent.limits.by, chosen.by);
        EXPECT_EQ(sent.limits.connect, 900ms);
        EXPECT_EQ(sent.limits.silence, 700ms);
        EXPECT_EQ(sent.limits.stop, chosen.stop);
    }
}

TEST_F(DriveTest, sends_the_same_bytes_in_each_attempt)
{
    transport.fail(refused()).reply({503, {}, "try later"}).reply({200, {}, "blue"});

    ASSERT_TRUE(run(Patient{}));

    for (auto const& sent : transport.sent()) { EXPECT_EQ(sent.request, request); }
}

TEST_F(DriveTest, tells_the_observer_what_each_attempt_sends_before_it_does)
{
    transport.fail(refused()).reply({200, {}, "blue"});

    run(OnePass{}).value();

    EXPECT_THAT(world.curls(),
        ElementsAre(StartsWith("curl -X PUT 'http://etcd-a:2379/v2/keys/app/mode?prevExist=true'"),
            StartsWith("curl -X PUT 'http://etcd-b:2379/v2/keys/app/mode?prevExist=true'")));
}

TEST_F(DriveTest, tells_the_observer_what_it_sends_where_it_was_redirected_to)
{
    transport.reply({307, {{"Location", "http://etcd-c:2379/elsewhere"}}}).reply({200, {}, "blue"});

    run(OnePass{}).value();

    EXPECT_THAT(world.curls(),
        ElementsAre(StartsWith("curl -X PUT 'http://etcd-a:2379/v2/keys/app/mode?prevExist=true'"),
            StartsWith("curl -X PUT 'http://etcd-c:2379/elsewhere'")));
}

TEST_F(DriveTest, reads_one_reply_an_attempt)
{
    transport.fail(refused()).reply({503, {}, "try later"}).reply({200, {}, "blue"});

    ASSERT_TRUE(run(Patient{}));

    EXPECT_EQ(reads, 2);
}

TEST_F(DriveTest, moves_on_to_the_next_member_without_a_sleep_where_the_pause_is_zero)
{
    transport.fail(refused()).reply({200, {}, "blue"});

    EXPECT_EQ(run(OnePass{}).value(), "blue");

    EXPECT_EQ(transport.sent()[1].endpoint, b);
    EXPECT_THAT(world.slept(), IsEmpty());
}

TEST_F(DriveTest, sleeps_as_long_as_the_policy_says)
{
    transport.fail(refused()).fail(refused()).reply({200, {}, "blue"});

    ASSERT_TRUE(run(Patient{}));

    EXPECT_THAT(world.slept(), ElementsAre(40ms, 40ms));
}

TEST_F(DriveTest, sleeps_so_that_the_calls_stop_can_wake_it)
{
    transport.fail(refused()).reply({200, {}, "blue"});

    ASSERT_TRUE(run(Patient{}));

    EXPECT_THAT(world.stops(), ElementsAre(stopper.get_token()));
}

TEST_F(DriveTest, tells_the_selector_what_became_of_each_attempt)
{
    struct Witness {
        std::size_t pick(Pick const& pick) const noexcept { return untried_from(0, pick); }
        void report(Report const& report) noexcept { outcomes.push_back(report.outcome); }

        std::vector<Outcome> outcomes = {};
    };
    auto witness = Witness{};
    transport.fail(refused()).reply({200, {}, "blue"});

    ASSERT_TRUE(drive(Ask{&reads}, request, endpoints, terms(),
        Policies{transport, witness, OnePass{}, codec, world}));

    EXPECT_THAT(witness.outcomes, ElementsAre(Outcome::failed, Outcome::answered));
}

TEST_F(DriveTest, returns_the_conclusion_of_the_attempts)
{
    transport.fail(refused()).fail(lost());

    auto const reply = run(OnePass{});

    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error(), Errc::exhausted);
    EXPECT_THAT(reply.error().attempts(), SizeIs(2));
}

TEST_F(DriveTest, stops_at_a_verdict)
{
    transport.reply({404, {}, "404 page not found"});

    auto const reply = run(Patient{});

    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error(), Errc::v2_disabled);
    EXPECT_EQ(reply.error().status(), 404);
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(DriveTest, sends_nothing_if_stopped_before)
{
    stopper.request_stop();

    EXPECT_EQ(run(Patient{}).error(), Errc::cancelled);

    EXPECT_THAT(transport.sent(), IsEmpty());
    EXPECT_THAT(world.events(), IsEmpty());
}

TEST_F(DriveTest, sends_nothing_if_the_deadline_has_passed_before)
{
    auto chosen = terms();
    world.pass(10s);

    EXPECT_EQ(run(transport, Patient{}, chosen).error(), Errc::timed_out);

    EXPECT_THAT(transport.sent(), IsEmpty());
}

TEST_F(DriveTest, ends_as_cancelled_if_stopped_during_a_sleep)
{
    transport.fail(refused());
    world.while_asleep([&] { stopper.request_stop(); });

    auto const reply = run(Patient{});

    EXPECT_EQ(reply.error(), Errc::cancelled);
    EXPECT_EQ(reply.error().effect(), Effect::none);
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(DriveTest, ends_as_cancelled_with_unknown_effect_if_stopped_while_a_write_is_under_way)
{
    auto slow = SlowTransport{world, 5ms};
    slow.script().fail(Error{Errc::cancelled, {.effect = Effect::unknown, .fault = Fault::caller}});
    slow.meanwhile([&] { stopper.request_stop(); });

    auto const reply = run(slow, Patient{}, terms(Idempotency::overwrite));

    EXPECT_EQ(reply.error(), Errc::cancelled);
    EXPECT_EQ(reply.error().effect(), Effect::unknown);
}

TEST_F(DriveTest, returns_a_reply_that_arrives_together_with_a_stop)
{
    auto slow = SlowTransport{world, 5ms};
    slow.script().reply({200, {}, "blue"});
    slow.meanwhile([&] { stopper.request_stop(); });

    EXPECT_EQ(run(slow, Patient{}, terms()).value(), "blue");
}

TEST_F(DriveTest, ends_as_timed_out_where_the_attempts_use_up_the_time)
{
    auto slow = SlowTransport{world, 4s};
    slow.script().fail(lost()).fail(lost()).fail(lost()).fail(lost());

    auto const reply = run(slow, Patient{}, terms());

    EXPECT_EQ(reply.error(), Errc::timed_out);
    EXPECT_THAT(slow.script().sent(), SizeIs(3));
}

TEST_F(DriveTest, draws_one_lot_for_the_selector_and_one_for_the_policy)
{
    struct Witness {
        std::size_t pick(Pick const& pick)
        {
            drawn.push_back(pick.entropy);
            return untried_from(0, pick);
        }
        void report(Report const&) noexcept {}

        std::vector<std::uint64_t> drawn;
    };
    struct Curious {
        struct State {
            Pause next(Failure const&, std::uint64_t entropy) const
            {
                drawn->push_back(entropy);
                return std::nullopt;
            }

            std::vector<std::uint64_t>* drawn;
        };

        State begin() const { return {drawn}; }

        std::vector<std::uint64_t>* drawn;
    };
    auto witness = Witness{};
    auto by_policy = std::vector<std::uint64_t>{};
    auto const curious = Curious{&by_policy};
    world.draw({1234, 5678});
    transport.fail(refused());

    auto const reply = drive(Ask{&reads}, request, endpoints, terms(),
        Policies{transport, witness, curious, codec, world});

    ASSERT_FALSE(reply);
    EXPECT_THAT(witness.drawn, ElementsAre(1234U));
    EXPECT_THAT(by_policy, ElementsAre(5678U));
}

// Events.

TEST_F(DriveTest, notifies_of_each_failure_with_the_pause_behind_it_and_of_the_answer)
{
    auto slow = SlowTransport{world, 3ms};
    slow.script().fail(refused()).fail(lost()).reply({200, {}, "blue"});

    ASSERT_TRUE(run(slow, Patient{}, terms()));

    EXPECT_THAT(world.events(),
        ElementsAre(Heard{.kind = Heard::Kind::failed,
                        .endpoint = a,
                        .attempt = 1,
                        .latency = 3ms,
                        .code = Errc::unreachable,
                        .pause = 40ms},
            Heard{.kind = Heard::Kind::failed,
                .endpoint = b,
                .attempt = 2,
                .latency = 3ms,
                .code = Errc::unreachable,
                .pause = 40ms},
            Heard{.kind = Heard::Kind::answered, .endpoint = a, .attempt = 3, .latency = 3ms}));
}

TEST_F(DriveTest, notifies_of_the_last_failure_without_a_pause)
{
    transport.fail(refused());

    ASSERT_FALSE(run(Never{}));

    EXPECT_THAT(world.events(),
        ElementsAre(Heard{
            .kind = Heard::Kind::failed, .endpoint = a, .attempt = 1, .code = Errc::unreachable}));
}

TEST_F(DriveTest, notifies_of_a_verdict_as_an_answer)
{
    transport.reply({404, {}, "404 page not found"});

    ASSERT_FALSE(run(Patient{}));

    EXPECT_THAT(world.events(),
        ElementsAre(Heard{.kind = Heard::Kind::answered, .endpoint = a, .attempt = 1}));
}

TEST_F(DriveTest, notifies_of_a_redirect)
{
    transport.reply(redirect_to("http://etcd-c:22379/v2/keys/app/mode")).reply({200, {}, "blue"});

    ASSERT_TRUE(run(OnePass{}));

    EXPECT_THAT(world.lines(),
        ElementsAre("http://etcd-a:2379 redirected to http://etcd-c:22379",
            "http://etcd-a:2379 answered attempt 1 after 0 ms"));
}

// Redirects.

TEST_F(DriveTest, follows_a_redirect_with_method_headers_body_and_limits)
{
    auto const chosen = terms();
    transport.reply(redirect_to("http://etcd-c:22379/v2/keys/app/mode")).reply({200, {}, "blue"});

    EXPECT_EQ(run(transport, Never{}, chosen).value(), "blue");

    ASSERT_THAT(transport.sent(), SizeIs(2));
    auto const hop = transport.sent()[1];
    EXPECT_EQ(hop.endpoint, (Endpoint{.host = "etcd-c", .port = 22379}));
    EXPECT_EQ(hop.request.target, "/v2/keys/app/mode");
    EXPECT_EQ(hop.request.method, request.method);
    EXPECT_EQ(hop.request.headers, request.headers);
    EXPECT_EQ(hop.request.body, request.body);
    EXPECT_EQ(hop.limits.by, chosen.by);
    EXPECT_EQ(hop.limits.silence, chosen.silence);
}

TEST_F(DriveTest, follows_relative_redirects_from_where_it_was_led)
{
    transport.reply(redirect_to("http://etcd-c:22379/v2"))
        .reply(redirect_to("/v2/keys/app/mode"))
        .reply({200, {}, "blue"});

    ASSERT_TRUE(run(Never{}));

    EXPECT_EQ(transport.sent()[2].endpoint, (Endpoint{.host = "etcd-c", .port = 22379}));
    EXPECT_EQ(transport.sent()[2].request.target, "/v2/keys/app/mode");
}

TEST_F(DriveTest, follows_ten_redirects)
{
    for (auto hops = 0; hops != 10; ++hops) { transport.reply(redirect_to("/v2/keys/app/mode")); }
    transport.reply({200, {}, "blue"});

    EXPECT_EQ(run(Never{}).value(), "blue");
}

TEST_F(DriveTest, does_not_follow_an_eleventh_redirect)
{
    for (auto hops = 0; hops != 11; ++hops) { transport.reply(redirect_to("/v2/keys/app/mode")); }
    transport.reply({200, {}, "blue"});

    auto const error = run(Never{}).error();

    EXPECT_EQ(error, Errc::not_etcd);
    EXPECT_THAT(error.words(), HasSubstr("redirected more than 10 times"));
    EXPECT_EQ(error.status(), 307);
    EXPECT_THAT(transport.sent(), SizeIs(11));
}

TEST_F(DriveTest, begins_an_attempt_anew_where_it_was_redirected_in_a_loop)
{
    for (auto hops = 0; hops != 11; ++hops) { transport.reply(redirect_to("/v2/keys/app/mode")); }
    transport.reply({200, {}, "blue"});

    EXPECT_EQ(run(OnePass{}).value(), "blue");

    EXPECT_EQ(transport.sent()[11].endpoint, b);
    EXPECT_EQ(transport.sent()[11].request, request);
}

TEST_F(DriveTest, repeats_even_what_is_once_only_after_a_redirect_that_leads_nowhere)
{
    transport.reply(redirect_to("nowhere")).reply({200, {}, "blue"});

    EXPECT_EQ(run(transport, OnePass{}, terms(Idempotency::once_only)).value(), "blue");
}

TEST_F(DriveTest, repeats_nothing_that_is_once_only_where_the_hop_lost_the_reply)
{
    transport.reply(redirect_to("http://etcd-c:2379/v2")).fail(lost()).reply({200, {}, "blue"});

    auto const error = run(transport, OnePass{}, terms(Idempotency::once_only)).error();

    EXPECT_EQ(error.effect(), Effect::unknown);
    EXPECT_EQ(transport.left(), 1U);
}

TEST_F(DriveTest, blames_the_member_that_was_chosen_for_what_its_redirect_led_to)
{
    transport.reply(redirect_to("http://etcd-c:2379/v2")).fail(refused());

    auto const error = run(Never{}).error();

    ASSERT_THAT(error.attempts(), SizeIs(1));
    EXPECT_EQ(error.attempts()[0].endpoint, a);
}

TEST_F(DriveTest, leaves_the_reading_of_other_3xx_replies_to_the_operation)
{
    transport.reply({304, {{"Location", "/v2"}}, ""});

    ASSERT_FALSE(run(Never{}));

    EXPECT_EQ(reads, 1);
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

}  // namespace
}  // namespace etcdpp
