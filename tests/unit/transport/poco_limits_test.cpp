// SPDX-License-Identifier: BSL-1.0
//! @file
//! PocoTransport never waits for ever: every phase ends at its bound, and soon after a stop.

#include "etcdpp/transport/poco.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <Poco/Net/IPAddress.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::StartsWith;

constexpr auto get_mode = [] { return http::Request{.target = "/v2/keys/app/mode"}; };

//! What a busy machine may add to a wait; a wait that is not bounded takes far longer.
constexpr auto slack = 2s;

Clock::duration time_of(auto const& work)
{
    auto const began = Clock::now();
    work();
    return Clock::now() - began;
}

//! Expects a time-out after `bound`, and not much later.
void expect_timed_out_after(Clock::duration bound, LoopbackServer const& server,
    Limits const& limits, Effect effect, std::string const& words)
{
    auto reply = Result<http::Response>{};
    auto const waited = time_of(
        [&] { reply = PocoTransport{}.send(server.endpoint(), get_mode(), limits); });

    EXPECT_THAT(reply,
        AllOf(
            IsError(Errc::timed_out), HasEffect(effect), HasFault(Fault::member), HasWords(words)));
    EXPECT_GE(waited, bound);
    EXPECT_LT(waited, bound + slack);
}

TEST(PocoTransportLimits, end_the_wait_for_a_head_that_does_not_come)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};

    expect_timed_out_after(60ms, server, {.silence = 60ms}, Effect::unknown,
        "no bytes for 60 ms while waiting for the reply's head");
}

TEST(PocoTransportLimits, end_the_wait_within_a_head)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\nX-Etcd-");
        peer.keep_silent();
    }};

    expect_timed_out_after(60ms, server, {.silence = 60ms}, Effect::unknown,
        "no bytes for 60 ms while waiting for the reply's head");
}

TEST(PocoTransportLimits, end_the_wait_within_a_body)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbl");
        peer.keep_silent();
    }};

    expect_timed_out_after(60ms, server, {.silence = 60ms}, Effect::unknown,
        "no bytes for 60 ms while waiting for the reply's body");
}

TEST(PocoTransportLimits, let_the_deadline_end_a_reply_that_drips_for_ever)
{
    auto const endless = std::string(100'000, 'x');
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\n\r\n");
        peer.drip(endless, 5ms);
    }};
    auto const limits = Limits{.by = Deadline::after(Clock::now(), 250ms), .silence = 10s};

    auto const reply = PocoTransport{}.send(server.endpoint(), get_mode(), limits);
    auto const ended = Clock::now();

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::unknown),
            HasWords("the deadline passed while waiting for the reply's body")));
    EXPECT_GE(ended, limits.by.at());
    EXPECT_LT(ended, limits.by.at() + slack);
}

TEST(PocoTransportLimits, let_the_deadline_end_a_reply_that_never_pauses)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 200 OK\r\n\r\n");
        auto const piece = std::string(1000, 'x');
        for (auto i = 0; i != 1'000'000; ++i) { peer.say(piece); }
    }};
    auto transport = PocoTransport{{.max_body = std::size_t{1} << 40U}};
    auto const limits = Limits{.by = Deadline::after(Clock::now(), 100ms)};

    auto const reply = transport.send(server.endpoint(), get_mode(), limits);

    EXPECT_THAT(reply, IsError(Errc::timed_out));
}

TEST(PocoTransportLimits, do_not_cut_off_a_slow_reply_that_keeps_arriving)
{
    auto const listing = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n" + std::string(15, 'x');
    auto server = LoopbackServer{[&](Peer& peer) {
        peer.request();
        peer.drip(listing, 15ms);
        peer.keep_silent();
    }};
    auto reply = Result<http::Response>{};

    auto const waited = time_of(
        [&] { reply = PocoTransport{}.send(server.endpoint(), get_mode(), {.silence = 500ms}); });

    EXPECT_THAT(reply, IsOk());
    EXPECT_GT(waited, 500ms);
}

TEST(PocoTransportLimits, end_the_sending_to_a_server_that_does_not_read)
{
    auto release = std::promise<void>{};
    auto server = LoopbackServer{[&](Peer&) { release.get_future().wait(); }};
    auto const large = http::Request{
        .method = http::Method::put, .body = std::string(64'000'000, 'v')};

    auto const reply = PocoTransport{}.send(server.endpoint(), large, {.silence = 100ms});
    release.set_value();

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::unknown),
            HasWords("no bytes for 100 ms while sending the request")));
}

TEST(PocoTransportLimits, send_nothing_after_the_deadline)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};

    auto const reply = PocoTransport{}.send(
        server.endpoint(), get_mode(), {.by = Deadline{Clock::now()}});

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::none),
            HasWords("the deadline passed before anything was sent")));
    EXPECT_EQ(server.connections(), 0U);
}

//! A port on which connections are neither accepted nor refused: its queue is full for good.
class FullQueue {
public:
    FullQueue(char const* address, std::uint16_t port)
    {
        where_.sin_family = AF_INET;
        where_.sin_port = htons(port);
        ::inet_pton(AF_INET, address, &where_.sin_addr);
        auto* const generic = reinterpret_cast<sockaddr*>(&where_);
        auto size = socklen_t{sizeof where_};
        if (::bind(sockets_[0], generic, size) != 0 || ::listen(sockets_[0], 0) != 0
            || ::getsockname(sockets_[0], generic, &size) != 0) {
            throw std::runtime_error{"no port on loopback for a test's queue"};
        }
        for (auto const socket : std::span{sockets_}.subspan(1)) {
            ::connect(socket, generic, size);
        }
    }

    ~FullQueue()
    {
        for (auto const socket : sockets_) { ::close(socket); }
    }

    FullQueue(FullQueue const&) = delete;
    FullQueue& operator=(FullQueue const&) = delete;

    Endpoint endpoint() const { return {.host = "127.0.0.2", .port = ntohs(where_.sin_port)}; }

private:
    static int new_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); }

    sockaddr_in where_ = {};
    std::array<int, 4> sockets_ = {new_socket(), new_socket(), new_socket(), new_socket()};
};

TEST(PocoTransportLimits, end_the_wait_for_a_connection)
{
    auto const queue = FullQueue{"127.0.0.2", 0};

    auto const of_connect = PocoTransport{}.send(
        queue.endpoint(), get_mode(), {.connect = 60ms, .silence = 10s});
    auto const of_silence = PocoTransport{}.send(
        queue.endpoint(), get_mode(), {.connect = 10s, .silence = 60ms});

    EXPECT_THAT(of_connect,
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::none),
            HasWords("60 ms for connecting passed while connecting")));
    EXPECT_THAT(of_silence,
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::none),
            HasWords("no bytes for 60 ms while connecting")));
}

TEST(PocoTransportLimits, leave_the_second_address_its_share_of_the_time_for_connecting)
{
    auto server = LoopbackServer{[](Peer& peer) {
        peer.request();
        peer.say("HTTP/1.1 204 No Content\r\n\r\n");
        peer.keep_silent();
    }};
    auto const queue = FullQueue{"127.0.0.2", server.endpoint().port};
    auto const both = [](std::string const&) {
        return Addresses{Poco::Net::IPAddress{"127.0.0.2"}, Poco::Net::IPAddress{"127.0.0.1"}};
    };
    auto const transport = PocoTransport{{.lookup = both}};
    auto const member = Endpoint{.host = "member.example", .port = server.endpoint().port};

    EXPECT_THAT(transport.send(member, get_mode(), {.connect = 1s, .silence = 10s}), IsOk());
}

TEST(PocoTransportLimits, end_the_wait_for_a_resolver_that_hangs)
{
    auto release = std::make_shared<std::promise<void>>();
    auto const hang = [released = release->get_future().share()](std::string const&) {
        released.wait();
        return Addresses{};
    };
    auto transport = PocoTransport{{.lookup = hang}};
    auto const member = Endpoint{.host = "member.example"};
    auto reply = Result<http::Response>{};

    auto const waited = time_of(
        [&] { reply = transport.send(member, get_mode(), {.connect = 60ms}); });
    release->set_value();

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::timed_out), HasEffect(Effect::none),
            HasWords("the host name was not resolved in time")));
    EXPECT_LT(waited, slack);
}

// A stop.

//! How long `send` takes to return after a stop is requested from another thread while `reached`
//! says that it is under way: the least of a few, for a busy machine may delay some.
Clock::duration time_to_stop(
    PocoTransport& transport, Endpoint const& to, Effect effect, auto const& reached)
{
    auto best = Clock::duration::max();
    for (auto i = 0; i != 5; ++i) {
        auto stop = std::stop_source{};
        auto asked_at = std::promise<Clock::time_point>{};
        auto asker = std::jthread{[&] {
            reached(i);
            asked_at.set_value(Clock::now());
            stop.request_stop();
        }};
        auto const reply = transport.send(
            to, get_mode(), {.connect = 60s, .silence = 60s, .stop = stop.get_token()});
        best = std::min(best, Clock::now() - asked_at.get_future().get());
        EXPECT_THAT(
            reply, AllOf(IsError(Errc::cancelled), HasEffect(effect), HasFault(Fault::caller)));
    }
    return best;
}

TEST(PocoTransportStop, ends_the_wait_for_a_reply_within_50_ms)
{
    auto server = LoopbackServer{[](Peer& peer) {
        while (peer.request()) {}
    }};
    auto transport = PocoTransport{};

    auto const took = time_to_stop(transport, server.endpoint(), Effect::unknown,
        [&](int round) { server.await_requests(static_cast<std::size_t>(round) + 1); });

    EXPECT_LT(took, 50ms);
}

TEST(PocoTransportStop, ends_the_wait_for_a_resolver_within_50_ms)
{
    auto const released = std::make_shared<std::promise<void>>();
    auto const asked = std::make_shared<std::atomic<int>>(0);
    auto const hang = [asked, until = released->get_future().share()](std::string const&) {
        ++*asked;
        asked->notify_all();
        until.wait();
        return Addresses{};
    };
    auto transport = PocoTransport{{.lookup = hang}};

    auto const took = time_to_stop(
        transport, {.host = "member.example"}, Effect::none, [&](int) { asked->wait(0); });
    released->set_value();

    EXPECT_LT(took, 50ms);
}

TEST(PocoTransportStop, before_the_beginning_sends_nothing)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto stop = std::stop_source{};
    stop.request_stop();

    auto const reply = PocoTransport{}.send(
        server.endpoint(), get_mode(), {.stop = stop.get_token()});

    EXPECT_THAT(reply,
        AllOf(IsError(Errc::cancelled), HasEffect(Effect::none), HasFault(Fault::caller),
            HasWords("stopped before anything was sent")));
    EXPECT_EQ(server.connections(), 0U);
}

}  // namespace
}  // namespace etcdpp::tests
