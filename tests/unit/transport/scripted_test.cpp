// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/transport/scripted.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;
using tests::HasEffect;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

auto const etcd_1 = Endpoint{.host = "etcd-1"};
auto const etcd_2 = Endpoint{.host = "etcd-2"};
auto const blue = http::Response{200, {{"X-Etcd-Index", "42"}}, "{\"value\":\"blue\"}"};

std::vector<std::string> targets(ScriptedTransport const& transport)
{
    auto all = std::vector<std::string>{};
    for (auto const& each : transport.sent()) { all.push_back(each.request.target); }
    return all;
}

TEST(ScriptedTransport, answers_in_the_order_of_its_script)
{
    auto transport = ScriptedTransport{};
    transport.reply({.status = 200, .body = "one"})
        .fail(Error{Errc::timed_out, {.effect = Effect::unknown, .words = "silence"}})
        .reply({.status = 404, .body = "three"});

    EXPECT_THAT(transport.send(etcd_1, {}, {}), IsOkAnd(http::Response{200, {}, "one"}));
    EXPECT_THAT(transport.send(etcd_1, {}, {}),
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::unknown), HasWords("silence")));
    EXPECT_THAT(transport.send(etcd_1, {}, {}), IsOkAnd(http::Response{404, {}, "three"}));
}

TEST(ScriptedTransport, answers_for_every_endpoint)
{
    auto transport = ScriptedTransport{};
    transport.reply({.status = 200}).reply({.status = 201});

    EXPECT_THAT(transport.send(etcd_2, {}, {}), IsOkAnd(Field(&http::Response::status, 200)));
    EXPECT_THAT(transport.send(etcd_1, {}, {}), IsOkAnd(Field(&http::Response::status, 201)));
}

TEST(ScriptedTransport, keeps_what_was_sent)
{
    auto transport = ScriptedTransport{};
    auto const version = http::Request{.target = "/version"};
    transport.reply(blue);
    static_cast<void>(transport.send(etcd_2, version, {.silence = 3s}));

    auto const sent = transport.sent();
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_EQ(sent[0].endpoint, etcd_2);
    EXPECT_EQ(sent[0].request, version);
    EXPECT_EQ(sent[0].limits.silence, 3s);
}

TEST(ScriptedTransport, shares_its_script_with_its_copies)
{
    auto kept = ScriptedTransport{};
    auto given = kept;
    kept.reply(blue);

    EXPECT_THAT(given.send(etcd_1, {.target = "/version"}, {}), IsOkAnd(blue));
    EXPECT_THAT(targets(kept), ElementsAre("/version"));
    EXPECT_EQ(kept.left(), 0U);
}

TEST(ScriptedTransport, counts_the_replies_that_are_left)
{
    auto transport = ScriptedTransport{};
    EXPECT_EQ(transport.left(), 0U);

    transport.reply(blue).fail(Error{Errc::unreachable}).reply(blue);
    EXPECT_EQ(transport.left(), 3U);

    static_cast<void>(transport.send(etcd_1, {}, {}));
    EXPECT_EQ(transport.left(), 2U);
}

TEST(ScriptedTransport, says_past_its_end_which_reply_is_missing)
{
    auto transport = ScriptedTransport{};

    EXPECT_THAT(transport.send(etcd_1, {.target = "/v2/keys/app"}, {}),
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none), HasFault(Fault::member),
            HasWords("the script has no reply for GET /v2/keys/app; prepare one with reply() or "
                     "fail()")));
}

TEST(ScriptedTransport, keeps_what_was_sent_past_its_end_too)
{
    auto transport = ScriptedTransport{};
    static_cast<void>(transport.send(etcd_1, {.target = "/version"}, {}));

    EXPECT_THAT(targets(transport), ElementsAre("/version"));
}

TEST(ScriptedTransport, may_be_prepared_while_it_is_in_use)
{
    auto transport = ScriptedTransport{};
    EXPECT_THAT(transport.send(etcd_1, {}, {}), IsError(Errc::unreachable));

    transport.reply(blue);
    EXPECT_THAT(transport.send(etcd_1, {}, {}), IsOkAnd(blue));
}

TEST(ScriptedTransport, hands_each_reply_to_one_of_several_threads)
{
    auto transport = ScriptedTransport{};
    for (auto i = 0; i != 400; ++i) { transport.reply({.status = i}); }
    auto received = std::array<std::vector<int>, 4>{};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto& each : received) {
            threads.emplace_back([&each, transport]() mutable {
                for (auto n = 0; n != 100; ++n) {
                    each.push_back(transport.send(etcd_1, {}, {}).value().status);
                }
            });
        }
    }
    auto all = std::set<int>{};
    for (auto const& each : received) { all.insert(each.begin(), each.end()); }
    EXPECT_THAT(all, SizeIs(400));
    EXPECT_THAT(transport.sent(), SizeIs(400));
}

TEST(ScriptedExchange, brings_a_reply_as_head_body_and_end)
{
    auto transport = ScriptedTransport{};
    transport.reply(blue);
    auto exchange = transport.start(etcd_1, {.target = "/v2/keys/app?wait=true"}, {}).value();

    EXPECT_EQ(exchange.response(), http::Response{});
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::head));
    EXPECT_EQ(exchange.response(), (http::Response{200, {{"X-Etcd-Index", "42"}}, ""}));
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::bytes));
    EXPECT_EQ(exchange.response(), blue);
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::end));
    EXPECT_EQ(exchange.response(), blue);
}

TEST(ScriptedExchange, says_end_again_when_asked_again)
{
    auto exchange = ScriptedTransport::Exchange{blue};
    while (exchange.advance().value() != Progress::end) {}

    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::end));
    EXPECT_EQ(exchange.response(), blue);
}

TEST(ScriptedExchange, has_no_bytes_where_there_is_no_body)
{
    auto exchange = ScriptedTransport::Exchange{{.status = 204}};

    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::head));
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::end));
}

TEST(ScriptedExchange, goes_on_where_it_was_when_it_is_moved)
{
    auto original = ScriptedTransport::Exchange{blue};
    static_cast<void>(original.advance());
    auto moved = std::move(original);

    EXPECT_THAT(moved.advance(), IsOkAnd(Progress::bytes));
    EXPECT_EQ(moved.response(), blue);
}

TEST(ScriptedExchange, is_not_begun_where_the_script_fails)
{
    auto transport = ScriptedTransport{};
    transport.fail(Error{Errc::timed_out, {.words = "silence"}});

    EXPECT_THAT(
        transport.start(etcd_1, {}, {}), AllOf(IsError(Errc::timed_out), HasWords("silence")));
    EXPECT_THAT(transport.start(etcd_1, {}, {}), HasWords(HasSubstr("the script has no reply")));
}

TEST(ScriptedWait, finds_the_first_exchange_ready_at_once)
{
    auto const transport = ScriptedTransport{};
    auto one = ScriptedTransport::Exchange{blue};
    auto other = ScriptedTransport::Exchange{blue};
    auto const exchanges = std::array{&one, &other};

    EXPECT_EQ(transport.wait(exchanges, Deadline::never(), {}), (Ready{Ready::Kind::exchange, 0}));
}

TEST(ScriptedWait, passes_over_an_exchange_that_has_ended)
{
    auto const transport = ScriptedTransport{};
    auto ended = ScriptedTransport::Exchange{blue};
    while (ended.advance().value() != Progress::end) {}
    auto other = ScriptedTransport::Exchange{blue};

    EXPECT_EQ(transport.wait(std::array{&ended, &other}, Deadline::never(), {}),
        (Ready{Ready::Kind::exchange, 1}));
    EXPECT_EQ(
        transport.wait(std::array{&ended}, Deadline::never(), {}), Ready{Ready::Kind::timed_out});
}

TEST(ScriptedWait, ends_at_a_stop)
{
    auto const transport = ScriptedTransport{};
    auto source = std::stop_source{};
    source.request_stop();
    auto one = ScriptedTransport::Exchange{blue};
    auto const exchanges = std::array{&one};

    EXPECT_EQ(transport.wait(exchanges, Deadline::never(), source.get_token()),
        Ready{Ready::Kind::stopped});
}

TEST(ScriptedWait, waits_for_nothing_in_vain)
{
    EXPECT_EQ(ScriptedTransport{}.wait({}, Deadline::never(), {}), Ready{Ready::Kind::timed_out});
}

}  // namespace
}  // namespace etcdpp
