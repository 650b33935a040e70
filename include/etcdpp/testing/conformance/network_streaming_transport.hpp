// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every streaming transport over sockets must do, as tests: what makes a watch work. Yours
//! passes them if these three lines do; a RadioNet is as in network_transport.hpp:
//!
//!     #include <etcdpp/testing/conformance/network_streaming_transport.hpp>
//!     static_assert(etcdpp::check_streaming_transport<Radio>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, NetworkStreamingSuite, RadioNet); }

#include "etcdpp/testing/conformance/stopwatch.hpp"
#include "etcdpp/transport/concept.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <future>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace etcdpp {

template <class World>
class NetworkStreamingSuite : public testing::Test {
protected:
    using Transport = decltype(std::declval<World&>().make());
    using Exchange = typename Transport::Exchange;

    Exchange start(Endpoint const& to)
    {
        return transport.start(to, {.target = "/v2/keys/app/mode?wait=true"}, patient).value();
    }

    Ready wait(Exchange& exchange, Deadline by, std::stop_token const& stop = {})
    {
        auto* const only = std::addressof(exchange);
        return transport.wait(std::span{&only, 1}, by, stop);
    }

    //! The next progress that is one, which is waited for.
    Result<Progress> next(Exchange& exchange)
    {
        for (;;) {
            auto progress = exchange.advance();
            if (!progress || *progress != Progress::more) { return progress; }
            if (wait(exchange, after(patience)).kind != Ready::Kind::exchange) {
                return unexpected(Error{Errc::timed_out, {.words = "nothing came"}});
            }
        }
    }

    //! A member that sends a head and what the test lets it say, then says no more.
    Endpoint watched(std::shared_future<std::string> event)
    {
        return world.member([event = std::move(event)](auto& peer) {
            if (!peer.request()) { return; }
            peer.say("HTTP/1.1 200 OK\r\nX-Etcd-Index: 7\r\nTransfer-Encoding: chunked\r\n\r\n");
            if (event.valid()) { peer.say(event.get()); }
            peer.keep_silent();
        });
    }

    static Deadline after(Clock::duration time) { return Deadline::after(Clock::now(), time); }

    static constexpr auto patience = std::chrono::seconds{20};
    static constexpr auto slack = std::chrono::milliseconds{50};
    static inline auto const patient = Limits{.connect = patience, .silence = patience};

    World world{};
    Transport transport{world.make()};
};

TYPED_TEST_SUITE_P(NetworkStreamingSuite);

TYPED_TEST_P(NetworkStreamingSuite, hands_over_the_head_before_the_body_comes)
{
    auto exchange = this->start(this->watched({}));

    ASSERT_EQ(this->next(exchange).value(), Progress::head);

    EXPECT_EQ(exchange.response().status, 200);
    EXPECT_EQ(exchange.response().headers.find("X-Etcd-Index"), "7");
    EXPECT_EQ(exchange.response().body, "");
}

TYPED_TEST_P(NetworkStreamingSuite, advances_without_waiting)
{
    auto exchange = this->start(this->world.member([](auto& peer) { peer.keep_silent(); }));

    auto const began = Clock::now();

    EXPECT_EQ(exchange.advance().value(), Progress::more);
    EXPECT_EQ(exchange.advance().value(), Progress::more);
    EXPECT_LT(Clock::now() - began, this->patience / 2);
}

TYPED_TEST_P(NetworkStreamingSuite, goes_on_after_a_wait_that_timed_out)
{
    auto event = std::promise<std::string>{};
    auto exchange = this->start(this->watched(event.get_future().share()));
    ASSERT_EQ(this->next(exchange).value(), Progress::head);

    auto const ready = this->wait(exchange, this->after(std::chrono::milliseconds{30}));
    EXPECT_EQ(ready.kind, Ready::Kind::timed_out);
    event.set_value("4\r\nblue\r\n");

    EXPECT_EQ(this->next(exchange).value(), Progress::bytes);
    EXPECT_EQ(exchange.response().body, "blue");
    EXPECT_EQ(exchange.advance().value(), Progress::more);
}

TYPED_TEST_P(NetworkStreamingSuite, waits_until_the_deadline_and_not_much_longer)
{
    constexpr auto time = std::chrono::milliseconds{60};
    auto exchange = this->start(this->watched({}));
    ASSERT_EQ(this->next(exchange).value(), Progress::head);

    auto const best = detail::best_of_some(time + this->slack, [&] {
        auto const began = Clock::now();
        EXPECT_EQ(this->wait(exchange, Deadline::after(began, time)).kind, Ready::Kind::timed_out);
        auto const took = Clock::now() - began;
        EXPECT_GE(detail::in_ms(took), detail::in_ms(time));
        return took;
    });

    EXPECT_LE(detail::in_ms(best), detail::in_ms(time + this->slack));
}

TYPED_TEST_P(NetworkStreamingSuite, stops_waiting_within_50_ms_of_a_stop)
{
    auto exchange = this->start(this->watched({}));
    ASSERT_EQ(this->next(exchange).value(), Progress::head);

    auto const best = detail::best_of_some(this->slack, [&] {
        auto stop = std::stop_source{};
        auto stopped_at = Clock::time_point{};
        auto stopper = std::jthread{[&] {
            stopped_at = Clock::now();
            stop.request_stop();
        }};
        EXPECT_EQ(this->wait(exchange, this->after(this->patience), stop.get_token()).kind,
            Ready::Kind::stopped);
        auto const ended_at = Clock::now();
        stopper.join();
        return ended_at - stopped_at;
    });

    EXPECT_LE(detail::in_ms(best), detail::in_ms(this->slack));
}

TYPED_TEST_P(NetworkStreamingSuite, names_the_exchange_that_something_came_for)
{
    auto event = std::promise<std::string>{};
    auto exchanges = std::array{this->start(this->watched({})),
        this->start(this->watched(event.get_future().share())), this->start(this->watched({}))};
    auto waited = std::array<typename TestFixture::Exchange*, 3>{};
    for (auto i = 0U; i != 3; ++i) {
        ASSERT_EQ(this->next(exchanges[i]).value(), Progress::head);
        waited[i] = std::addressof(exchanges[i]);
    }

    event.set_value("4\r\nblue\r\n");
    auto const ready = this->transport.wait(waited, this->after(this->patience), {});

    EXPECT_EQ(ready.kind, Ready::Kind::exchange);
    EXPECT_EQ(ready.which, 1U);
}

TYPED_TEST_P(NetworkStreamingSuite, tells_of_a_member_that_hung_up)
{
    auto exchange = this->start(this->world.member([](auto& peer) {
        if (!peer.request()) { return; }
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nblu");
        peer.close();
    }));

    auto progress = this->next(exchange);
    while (progress && *progress != Progress::end) { progress = this->next(exchange); }

    ASSERT_FALSE(progress) << "half a body was taken for a reply";
    EXPECT_EQ(progress.error(), Errc::unreachable) << progress.error();
    EXPECT_EQ(progress.error().effect(), Effect::unknown) << progress.error();
}

TYPED_TEST_P(NetworkStreamingSuite, ends_on_the_server_what_is_dropped_here)
{
    auto const closed = std::make_shared<std::promise<void>>();
    auto const to = this->world.member([closed](auto& peer) {
        if (!peer.request()) { return; }
        peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        peer.keep_silent();
        closed->set_value();
    });
    {
        auto dropped = this->start(to);
        ASSERT_EQ(this->next(dropped).value(), Progress::head);
    }

    EXPECT_EQ(closed->get_future().wait_for(this->patience), std::future_status::ready);
}

TYPED_TEST_P(NetworkStreamingSuite, fails_to_start_as_it_fails_to_send)
{
    auto const request = http::Request{.target = "/v2/keys/app/mode?wait=true"};
    auto const to = this->world.refusing();

    auto const started = this->transport.start(to, request, this->patient);
    auto const sent = this->transport.send(to, request, this->patient);

    ASSERT_FALSE(started);
    EXPECT_EQ(started.error(), sent.error().code());
    EXPECT_EQ(started.error().effect(), sent.error().effect());
    EXPECT_EQ(started.error().fault(), sent.error().fault());
}

REGISTER_TYPED_TEST_SUITE_P(NetworkStreamingSuite, hands_over_the_head_before_the_body_comes,
    advances_without_waiting, goes_on_after_a_wait_that_timed_out,
    waits_until_the_deadline_and_not_much_longer, stops_waiting_within_50_ms_of_a_stop,
    names_the_exchange_that_something_came_for, tells_of_a_member_that_hung_up,
    ends_on_the_server_what_is_dropped_here, fails_to_start_as_it_fails_to_send);

}  // namespace etcdpp
