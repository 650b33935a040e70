// SPDX-License-Identifier: BSL-1.0
#pragma once

// long because: one suite, of which each promise is a test

//! @file
//! What every transport over sockets must do when members fail, as tests. Yours passes them if
//! these three lines do; transport.hpp is to pass too:
//!
//!     #include <etcdpp/testing/conformance/network_transport.hpp>
//!     static_assert(etcdpp::check_transport<Radio>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, NetworkTransportSuite, RadioNet); }
//!
//! A RadioNet has members that do to a connection what a test says:
//!
//!     struct RadioNet {
//!         Radio make();        // a transport
//!         Endpoint refusing(); // where nobody listens
//!
//!         // A member that plays its part on each connection, in a thread of its own:
//!         //   bool peer.request()          the next whole one; false if the client closes
//!         //   peer.say(bytes)              peer.keep_silent()   until the client closes
//!         //   peer.drip(bytes, interval)   byte by byte   peer.close()   until the client knows
//!         // Whatever blocks ends when the world does, which is after the test's own variables.
//!         template <class Part> Endpoint member(Part part);   // part(peer)
//!     };

#include "etcdpp/testing/conformance/stopwatch.hpp"
#include "etcdpp/transport/concept.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <semaphore>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace etcdpp {

template <class World>
class NetworkTransportSuite : public testing::Test {
protected:
    using Transport = decltype(std::declval<World&>().make());

    Result<http::Response> send(Endpoint const& to, Limits const& limits = patient)
    {
        return transport.send(to, {.target = "/v2/keys/app/mode"}, limits);
    }

    //! A member that answers every request with these bytes, and then neither speaks nor closes.
    Endpoint saying(std::string bytes)
    {
        return world.member([bytes = std::move(bytes)](auto& peer) {
            while (peer.request()) { peer.say(bytes); }
        });
    }

    //! A member that answers a request with these bytes and hangs up.
    Endpoint hanging_up_after(std::string bytes)
    {
        return world.member([bytes = std::move(bytes)](auto& peer) {
            if (!peer.request()) { return; }
            peer.say(bytes);
            peer.close();
        });
    }

    void expect_failure(
        Result<http::Response> const& result, Errc code, Effect effect, Fault fault = Fault::member)
    {
        ASSERT_FALSE(result) << "a reply came: " << *result;
        EXPECT_EQ(result.error(), code) << result.error();
        EXPECT_EQ(result.error().effect(), effect) << result.error();
        EXPECT_EQ(result.error().fault(), fault) << result.error();
        EXPECT_FALSE(result.error().words().empty()) << result.error();
    }

    static constexpr auto patience = std::chrono::seconds{20};
    static inline auto const patient = Limits{.connect = patience, .silence = patience};

    //! By how much a bound may be missed: threads are woken some time after it.
    static constexpr auto slack = std::chrono::milliseconds{50};

    World world{};
    Transport transport{world.make()};
};

TYPED_TEST_SUITE_P(NetworkTransportSuite);

TYPED_TEST_P(NetworkTransportSuite, says_that_nothing_was_sent_where_nobody_listens)
{
    this->expect_failure(this->send(this->world.refusing()), Errc::unreachable, Effect::none);
}

TYPED_TEST_P(NetworkTransportSuite, does_not_know_what_a_member_did_that_hung_up_on_the_request)
{
    this->expect_failure(
        this->send(this->hanging_up_after("")), Errc::unreachable, Effect::unknown);
}

TYPED_TEST_P(NetworkTransportSuite, does_not_take_half_a_head_for_a_reply)
{
    auto const to = this->hanging_up_after("HTTP/1.1 200 OK\r\nContent-Le");

    this->expect_failure(this->send(to), Errc::unreachable, Effect::unknown);
}

TYPED_TEST_P(NetworkTransportSuite, does_not_take_half_a_body_for_a_reply)
{
    auto const announced = this->hanging_up_after(
        "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nblu");
    auto const chunked = this->hanging_up_after(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nblue\r\n");

    this->expect_failure(this->send(announced), Errc::unreachable, Effect::unknown);
    this->expect_failure(this->send(chunked), Errc::unreachable, Effect::unknown);
}

TYPED_TEST_P(NetworkTransportSuite, knows_what_is_not_http)
{
    auto const to = this->saying("SSH-2.0-OpenSSH_9.2p1\r\n");

    this->expect_failure(this->send(to), Errc::not_etcd, Effect::unknown);
}

TYPED_TEST_P(NetworkTransportSuite, refuses_a_body_without_bounds)
{
    auto const to = this->saying("HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\n");

    this->expect_failure(this->send(to), Errc::malformed_reply, Effect::unknown);
}

TYPED_TEST_P(NetworkTransportSuite, gives_up_after_the_silence_allowed)
{
    constexpr auto silence = std::chrono::milliseconds{100};
    for (auto const* const said :
        {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nblu"}) {
        auto const to = this->saying(said);
        auto const best = detail::best_of_some(silence + this->slack, [&] {
            auto const began = Clock::now();
            auto const result = this->send(to, {.connect = this->patience, .silence = silence});
            auto const took = Clock::now() - began;
            this->expect_failure(result, Errc::timed_out, Effect::unknown);
            EXPECT_GE(detail::in_ms(took), detail::in_ms(silence)) << "after \"" << said << '"';
            return took;
        });
        EXPECT_LE(detail::in_ms(best), detail::in_ms(silence + this->slack))
            << "after \"" << said << '"';
    }
}

TYPED_TEST_P(NetworkTransportSuite, bears_with_a_member_that_is_slow_but_not_silent)
{
    auto const reply = std::string{"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nblue"};
    auto const to = this->world.member([reply](auto& peer) {
        if (peer.request()) { peer.drip(reply, std::chrono::milliseconds{15}); }
        peer.keep_silent();
    });

    auto const began = Clock::now();
    auto const response = this->send(
        to, {.connect = this->patience, .silence = std::chrono::milliseconds{500}});

    ASSERT_TRUE(response) << response.error();
    EXPECT_EQ(response->body, "blue");
    EXPECT_GT(Clock::now() - began, std::chrono::milliseconds{500}) << "nothing was proved";
}

TYPED_TEST_P(NetworkTransportSuite, gives_up_at_the_deadline_whatever_drips)
{
    constexpr auto time = std::chrono::milliseconds{150};
    auto const to = this->world.member([](auto& peer) {
        if (!peer.request()) { return; }
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        peer.drip(std::string(1'000'000, 'x'), std::chrono::milliseconds{10});
    });

    auto const best = detail::best_of_some(time + this->slack, [&] {
        auto const began = Clock::now();
        auto limits = this->patient;
        limits.by = Deadline::after(began, time);
        this->expect_failure(this->send(to, limits), Errc::timed_out, Effect::unknown);
        return Clock::now() - began;
    });

    EXPECT_LE(detail::in_ms(best), detail::in_ms(time + this->slack));
}

TYPED_TEST_P(NetworkTransportSuite, sends_nothing_after_the_deadline)
{
    auto const heard = std::make_shared<std::atomic<bool>>(false);
    auto const to = this->world.member([heard](auto& peer) {
        if (peer.request()) { *heard = true; }
    });
    auto limits = this->patient;
    limits.by = Deadline{Clock::now()};

    this->expect_failure(this->send(to, limits), Errc::timed_out, Effect::none);
    EXPECT_FALSE(*heard);
}

TYPED_TEST_P(NetworkTransportSuite, sends_nothing_once_it_was_stopped)
{
    auto const heard = std::make_shared<std::atomic<bool>>(false);
    auto const to = this->world.member([heard](auto& peer) {
        if (peer.request()) { *heard = true; }
    });
    auto stop = std::stop_source{};
    stop.request_stop();
    auto limits = this->patient;
    limits.stop = stop.get_token();

    this->expect_failure(this->send(to, limits), Errc::cancelled, Effect::none, Fault::caller);
    EXPECT_FALSE(*heard);
}

TYPED_TEST_P(NetworkTransportSuite, ends_within_50_ms_of_a_stop)
{
    for (auto const* const said : {"", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nblu"}) {
        auto const best = detail::best_of_some(this->slack, [&] {
            auto const heard = std::make_shared<std::promise<void>>();
            auto const to = this->world.member([heard, said](auto& peer) {
                if (!peer.request()) { return; }
                peer.say(said);
                heard->set_value();
                peer.keep_silent();
            });
            auto stop = std::stop_source{};
            auto limits = this->patient;
            limits.stop = stop.get_token();
            auto stopped_at = Clock::time_point{};
            auto stopper = std::jthread{[&] {
                heard->get_future().wait();
                stopped_at = Clock::now();
                stop.request_stop();
            }};

            auto const result = this->send(to, limits);
            auto const ended_at = Clock::now();
            stopper.join();

            this->expect_failure(result, Errc::cancelled, Effect::unknown, Fault::caller);
            return ended_at - stopped_at;
        });
        EXPECT_LE(detail::in_ms(best), detail::in_ms(this->slack)) << "after \"" << said << '"';
    }
}

//! What was kept of a connection that is closed by now must not cost a write its certainty.
TYPED_TEST_P(NetworkTransportSuite, sends_nothing_on_a_connection_that_the_member_closed)
{
    auto const closed = std::make_shared<std::counting_semaphore<>>(0);
    auto const to = this->world.member([closed](auto& peer) {
        if (!peer.request()) { return; }
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nblue");
        peer.close();
        closed->release();
    });

    for (auto turn = 0; turn != 5; ++turn) {
        auto const response = this->send(to);
        if (response) {
            EXPECT_EQ(response->body, "blue");
            closed->acquire();
        } else {
            EXPECT_EQ(response.error().effect(), Effect::none) << response.error();
        }
    }
}

//! Half a reply must not be taken for the beginning of the next one.
TYPED_TEST_P(NetworkTransportSuite, keeps_replies_apart)
{
    auto const connections = std::make_shared<std::atomic<int>>(0);
    auto const to = this->world.member([connections](auto& peer) {
        auto const first = (*connections)++ == 0;
        while (peer.request()) {
            peer.say(first ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
                           : "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole");
        }
    });
    auto const given_up = this->send(
        to, {.connect = this->patience, .silence = std::chrono::milliseconds{50}});
    this->expect_failure(given_up, Errc::timed_out, Effect::unknown);

    EXPECT_EQ(this->send(to).value().body, "whole");
}

REGISTER_TYPED_TEST_SUITE_P(NetworkTransportSuite, says_that_nothing_was_sent_where_nobody_listens,
    does_not_know_what_a_member_did_that_hung_up_on_the_request,
    does_not_take_half_a_head_for_a_reply, does_not_take_half_a_body_for_a_reply,
    knows_what_is_not_http, refuses_a_body_without_bounds, gives_up_after_the_silence_allowed,
    bears_with_a_member_that_is_slow_but_not_silent, gives_up_at_the_deadline_whatever_drips,
    sends_nothing_after_the_deadline, sends_nothing_once_it_was_stopped,
    ends_within_50_ms_of_a_stop, sends_nothing_on_a_connection_that_the_member_closed,
    keeps_replies_apart);

}  // namespace etcdpp
