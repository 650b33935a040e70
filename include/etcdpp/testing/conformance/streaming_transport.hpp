// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every streaming transport must do beyond a plain one, as tests. Yours passes them if these
//! three lines do; an Airwaves is as in transport.hpp, whose suite is to pass too:
//!
//!     #include <etcdpp/testing/conformance/streaming_transport.hpp>
//!     static_assert(etcdpp::check_streaming_transport<Radio>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, StreamingTransportSuite, Airwaves); }
//!
//! Transports over sockets have more to prove: see network_streaming_transport.hpp.

#include "etcdpp/transport/concept.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {

template <class World>
class StreamingTransportSuite : public testing::Test {
protected:
    using Transport = decltype(std::declval<World&>().make());
    using Exchange = typename Transport::Exchange;

    Exchange start(http::Request const& request = watch_mode)
    {
        return transport.start(world.member(), request, patient).value();
    }

    Exchange start(http::Response const& reply)
    {
        world.will_answer(reply);
        return start();
    }

    //! The next progress that is one, which is waited for.
    Progress next(Exchange& exchange)
    {
        for (;;) {
            auto const progress = exchange.advance().value();
            if (progress != Progress::more) { return progress; }
            auto* const only = std::addressof(exchange);
            auto const ready = transport.wait(std::span{&only, 1}, soon(), {});
            if (ready != Ready{Ready::Kind::exchange, 0}) {
                ADD_FAILURE() << "nothing came to wait for";
                return Progress::end;
            }
        }
    }

    //! Everything up to the end, `head` first and `end` last.
    std::vector<Progress> all(Exchange& exchange)
    {
        auto course = std::vector{next(exchange)};
        while (course.back() != Progress::end) { course.push_back(next(exchange)); }
        return course;
    }

    static Deadline soon() { return Deadline::after(Clock::now(), std::chrono::seconds{20}); }

    static inline auto const watch_mode = http::Request{.target = "/v2/keys/app/mode?wait=true"};
    static inline auto const event = http::Response{.status = 200,
        .headers = {{"X-Etcd-Index", "7"}},
        .body = R"({"action":"set","node":{"key":"/app/mode","value":"blue"}})"};
    static inline auto const patient = Limits{
        .connect = std::chrono::seconds{20}, .silence = std::chrono::seconds{20}};

    World world{};
    Transport transport{world.make()};
};

TYPED_TEST_SUITE_P(StreamingTransportSuite);

TYPED_TEST_P(StreamingTransportSuite, tells_of_the_head_then_of_bytes_then_of_the_end)
{
    auto exchange = this->start(this->event);

    auto const course = this->all(exchange);

    ASSERT_GE(course.size(), 2U);
    EXPECT_EQ(course.front(), Progress::head);
    for (auto i = std::size_t{1}; i != course.size() - 1; ++i) {
        EXPECT_EQ(course[i], Progress::bytes);
    }
    EXPECT_EQ(exchange.response().body, this->event.body);
}

TYPED_TEST_P(StreamingTransportSuite, shows_status_and_headers_from_the_head_on)
{
    auto exchange = this->start(this->event);

    ASSERT_EQ(this->next(exchange), Progress::head);

    EXPECT_EQ(exchange.response().status, 200);
    EXPECT_EQ(exchange.response().headers.find("x-etcd-index"), "7");
}

TYPED_TEST_P(StreamingTransportSuite, shows_a_body_that_only_grows)
{
    auto large = this->event;
    for (auto i = 0; i != 1 << 20; ++i) { large.body += static_cast<char>(i % 256); }
    auto exchange = this->start(large);

    auto seen = std::size_t{0};
    for (auto progress = Progress::more; progress != Progress::end;) {
        progress = this->next(exchange);
        auto const& body = exchange.response().body;
        ASSERT_GE(body.size(), seen);
        ASSERT_EQ(body.compare(seen, body.size() - seen, large.body, seen, body.size() - seen), 0);
        seen = body.size();
    }

    EXPECT_EQ(seen, large.body.size());
}

TYPED_TEST_P(StreamingTransportSuite, tells_of_the_end_as_often_as_it_is_asked)
{
    auto exchange = this->start(this->event);
    this->all(exchange);

    EXPECT_EQ(exchange.advance().value(), Progress::end);
    EXPECT_EQ(exchange.advance().value(), Progress::end);
    EXPECT_EQ(exchange.response().body, this->event.body);
}

TYPED_TEST_P(StreamingTransportSuite, counts_a_reply_of_any_status_as_a_success)
{
    for (auto const status : {200, 307, 400, 404, 503}) {
        auto exchange = this->start({.status = status, .body = "{}"});
        this->all(exchange);
        EXPECT_EQ(exchange.response().status, status);
    }
}

TYPED_TEST_P(StreamingTransportSuite, lets_an_exchange_move_in_the_middle)
{
    auto exchange = this->start(this->event);
    ASSERT_EQ(this->next(exchange), Progress::head);

    auto moved = std::move(exchange);

    this->all(moved);
    EXPECT_EQ(moved.response().status, 200);
    EXPECT_EQ(moved.response().body, this->event.body);
}

TYPED_TEST_P(StreamingTransportSuite, works_on_after_an_exchange_was_dropped)
{
    {
        auto dropped = this->start(this->event);
        EXPECT_EQ(this->next(dropped), Progress::head);
    }

    auto exchange = this->start(this->event);

    EXPECT_EQ(this->all(exchange).back(), Progress::end);
    EXPECT_EQ(exchange.response().body, this->event.body);
}

TYPED_TEST_P(StreamingTransportSuite, names_an_exchange_that_can_advance)
{
    auto exchanges = std::array{this->start(this->event), this->start(this->event)};
    auto const waited = std::array{std::addressof(exchanges[0]), std::addressof(exchanges[1])};

    auto const ready = this->transport.wait(waited, this->soon(), {});

    ASSERT_EQ(ready.kind, Ready::Kind::exchange);
    ASSERT_LT(ready.which, 2U);
    EXPECT_TRUE(exchanges[ready.which].advance());
}

TYPED_TEST_P(StreamingTransportSuite, does_not_wait_for_what_has_told_its_end)
{
    auto exchanges = std::array{this->start(this->event), this->start(this->event)};
    auto const waited = std::array{std::addressof(exchanges[0]), std::addressof(exchanges[1])};
    this->all(exchanges[0]);

    EXPECT_EQ(this->transport.wait(waited, this->soon(), {}), (Ready{Ready::Kind::exchange, 1}));
}

TYPED_TEST_P(StreamingTransportSuite, waits_for_nothing_until_the_deadline)
{
    EXPECT_EQ(this->transport.wait({}, Deadline{Clock::now()}, {}).kind, Ready::Kind::timed_out);
}

TYPED_TEST_P(StreamingTransportSuite, waits_for_nothing_until_it_is_stopped)
{
    auto stop = std::stop_source{};
    stop.request_stop();

    auto const ready = this->transport.wait({}, this->soon(), stop.get_token());

    EXPECT_EQ(ready.kind, Ready::Kind::stopped);
}

TYPED_TEST_P(StreamingTransportSuite, sends_in_between)
{
    auto exchange = this->start(this->event);
    ASSERT_EQ(this->next(exchange), Progress::head);
    this->world.will_answer({.status = 200, .body = "{}"});

    auto const response =
        this->transport.send(this->world.member(), this->watch_mode, this->patient).value();

    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(this->all(exchange).back(), Progress::end);
}

TYPED_TEST_P(StreamingTransportSuite, may_be_used_from_many_threads_at_once)
{
    constexpr auto turns = 25;
    for (auto turn = 0; turn != 4 * turns; ++turn) { this->world.will_answer(this->event); }
    auto const use = [&] {
        for (auto turn = 0; turn != turns; ++turn) {
            auto exchange = this->start();
            this->all(exchange);
            EXPECT_EQ(exchange.response().body, this->event.body);
        }
    };
    auto threads = std::vector<std::jthread>{};
    for (auto thread = 0; thread != 4; ++thread) { threads.emplace_back(use); }
}

REGISTER_TYPED_TEST_SUITE_P(StreamingTransportSuite,
    tells_of_the_head_then_of_bytes_then_of_the_end, shows_status_and_headers_from_the_head_on,
    shows_a_body_that_only_grows, tells_of_the_end_as_often_as_it_is_asked,
    counts_a_reply_of_any_status_as_a_success, lets_an_exchange_move_in_the_middle,
    works_on_after_an_exchange_was_dropped, names_an_exchange_that_can_advance,
    does_not_wait_for_what_has_told_its_end, waits_for_nothing_until_the_deadline,
    waits_for_nothing_until_it_is_stopped, sends_in_between, may_be_used_from_many_threads_at_once);

}  // namespace etcdpp
