// SPDX-License-Identifier: BSL-1.0
//! @file
//! PocoTransport as a streaming transport: replies that are read while they arrive.

#include "etcdpp/transport/poco.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <future>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto watch = [] { return http::Request{.target = "/v2/keys/app/mode?wait=true"}; };
constexpr auto head = std::string_view{
    "HTTP/1.1 200 OK\r\nX-Etcd-Index: 7\r\nContent-Length: 4\r\n\r\n"};

constexpr auto first_is_ready = Ready{Ready::Kind::exchange, 0};
constexpr auto second_is_ready = Ready{Ready::Kind::exchange, 1};
constexpr auto timed_out = Ready{Ready::Kind::timed_out};

Deadline soon()
{
    return Deadline::after(Clock::now(), 20ms);
}

//! A gate between the test and a server's part: the part goes on when the test says so.
class Gate {
public:
    void open() { promise_.set_value(); }
    void wait() const { opened_.wait(); }

private:
    std::promise<void> promise_;
    std::shared_future<void> opened_ = promise_.get_future().share();
};

PocoTransport::Exchange start(PocoTransport& transport, LoopbackServer const& server)
{
    return transport.start(server.endpoint(), watch(), {}).value();
}

//! Waits until the one exchange can advance, and has it do so.
Result<Progress> next(PocoTransport& transport, PocoTransport::Exchange& exchange)
{
    auto const all = std::array{&exchange};
    auto progress = Result<Progress>{Progress::more};
    while (progress && *progress == Progress::more) {
        EXPECT_EQ(transport.wait(all, Deadline::never(), {}), first_is_ready);
        progress = exchange.advance();
    }
    return progress;
}

TEST(PocoExchange, hands_over_the_head_before_the_body_ends)
{
    auto gate = Gate{};
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        peer.say(head);
        gate.wait();
        peer.say("blue");
        peer.keep_silent();
    }};
    auto transport = PocoTransport{};
    auto exchange = start(transport, server);

    EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::head));
    EXPECT_EQ(exchange.response().status, 200);
    EXPECT_EQ(exchange.response().headers.find("X-Etcd-Index"), "7");
    EXPECT_EQ(exchange.response().body, "");

    gate.open();
    EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::end));
    EXPECT_EQ(exchange.response().body, "blue");
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::end));
}

TEST(PocoExchange, tells_of_the_body_as_it_grows)
{
    auto gate = Gate{};
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        peer.say(head);
        peer.say("bl");
        gate.wait();
        peer.say("ue");
        peer.keep_silent();
    }};
    auto transport = PocoTransport{};
    auto exchange = start(transport, server);

    EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::head));
    EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::bytes));
    EXPECT_EQ(exchange.response().body, "bl");
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::more));
    gate.open();
    EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::end));
    EXPECT_EQ(exchange.response().body, "blue");
}

TEST(PocoExchange, can_be_waited_for_again_after_a_wait_that_timed_out)
{
    auto gate = Gate{};
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        gate.wait();
        peer.say(head);
        peer.say("blue");
        peer.keep_silent();
    }};
    auto transport = PocoTransport{};
    auto exchange = start(transport, server);
    auto const all = std::array{&exchange};

    EXPECT_EQ(transport.wait(all, soon(), {}), timed_out);
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::more));
    EXPECT_EQ(transport.wait(all, Deadline{Clock::now()}, {}), timed_out);

    gate.open();
    EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::head));
}

TEST(PocoExchange, is_named_among_several_by_the_one_wait_that_serves_all)
{
    auto gates = std::array<Gate, 2>{};
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        gates[peer.number()].wait();
        peer.say(head);
        peer.keep_silent();
    }};
    auto transport = PocoTransport{};
    auto first = start(transport, server);
    auto second = start(transport, server);
    auto const both = std::array{&first, &second};

    EXPECT_EQ(transport.wait(both, soon(), {}), timed_out);
    gates[1].open();
    EXPECT_EQ(transport.wait(both, Deadline::never(), {}), second_is_ready);
    EXPECT_THAT(next(transport, second), IsOkAnd(Progress::head));
    gates[0].open();
    EXPECT_EQ(transport.wait(both, Deadline::never(), {}), first_is_ready);
    EXPECT_THAT(next(transport, first), IsOkAnd(Progress::head));
}

TEST(PocoExchange, is_not_waited_for_once_it_has_told_its_end)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        if (peer.number() == 0) { peer.say("HTTP/1.1 204 No Content\r\n\r\n"); }
        peer.keep_silent();
    }};
    auto transport = PocoTransport{{.connections_per_member = 0}};
    auto ended = start(transport, server);
    EXPECT_THAT(next(transport, ended), IsOkAnd(Progress::head));
    EXPECT_THAT(next(transport, ended), IsOkAnd(Progress::end));
    auto pending = start(transport, server);
    auto const both = std::array{&ended, &pending};

    EXPECT_EQ(transport.wait(both, soon(), {}), timed_out);
}

TEST(PocoExchange, tells_an_error_as_often_as_it_is_asked)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.request(); }};
    auto transport = PocoTransport{};
    auto exchange = start(transport, server);

    EXPECT_THAT(next(transport, exchange), IsError(Errc::unreachable));
    EXPECT_THAT(exchange.advance(), IsError(Errc::unreachable));
    EXPECT_THAT(exchange.advance(), HasEffect(Effect::unknown));
}

TEST(PocoExchange, lets_a_stop_end_the_wait)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto transport = PocoTransport{};
    auto exchange = start(transport, server);
    auto const all = std::array{&exchange};
    auto stop = std::stop_source{};
    stop.request_stop();

    EXPECT_EQ(
        transport.wait(all, Deadline::never(), stop.get_token()), Ready{Ready::Kind::stopped});
}

TEST(PocoExchange, ends_on_the_server_too_when_it_is_dropped)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say(head);
        peer.keep_silent();  // until the client closes
    }};
    auto transport = PocoTransport{};
    {
        auto exchange = start(transport, server);
        EXPECT_THAT(next(transport, exchange), IsOkAnd(Progress::head));
    }

    server.await_played(1);
}

TEST(PocoExchange, gives_its_connection_back_at_its_end)
{
    auto server = LoopbackServer{[](Peer& peer) {
        while (peer.request()) { peer.say("HTTP/1.1 204 No Content\r\n\r\n"); }
    }};
    auto transport = PocoTransport{};
    auto exchange = start(transport, server);
    next(transport, exchange).value();
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::end));

    EXPECT_THAT(transport.send(server.endpoint(), watch(), {}), IsOk());

    EXPECT_EQ(server.connections(), 1U);
}

TEST(PocoExchange, may_outlive_its_transport)
{
    auto gate = Gate{};
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        gate.wait();
        peer.say("HTTP/1.1 204 No Content\r\n\r\n");
        peer.keep_silent();
    }};
    auto first = std::optional<PocoTransport>{std::in_place};
    auto exchange = start(*first, server);

    first.reset();
    gate.open();

    auto second = PocoTransport{};
    EXPECT_THAT(next(second, exchange), IsOkAnd(Progress::head));
    EXPECT_THAT(exchange.advance(), IsOkAnd(Progress::end));
}

}  // namespace
}  // namespace etcdpp::tests
