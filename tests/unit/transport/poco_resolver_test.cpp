// SPDX-License-Identifier: BSL-1.0
//! @file
//! Names are looked up once, by one thread however many ask, and forgotten when they lead nowhere.

#include "etcdpp/transport/poco_resolver.hpp"

#include "etcdpp/transport/poco.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using etcdpp::detail::Resolver;
using testing::AllOf;
using testing::HasSubstr;

Poco::Net::IPAddress address(std::string const& text)
{
    return Poco::Net::IPAddress{text};
}

//! A lookup that counts how often it is asked. Shared with threads that may outlive the test.
class CountedLookup {
public:
    explicit CountedLookup(Addresses answer) : answer_{std::move(answer)} {}

    NameLookup function() const
    {
        return [answer = answer_, asked = asked_](std::string const&) {
            ++*asked;
            return answer;
        };
    }

    int asked() const { return *asked_; }

private:
    Addresses answer_;
    std::shared_ptr<std::atomic<int>> asked_ = std::make_shared<std::atomic<int>>(0);
};

Result<Addresses> resolve(Resolver& resolver, std::string const& host)
{
    return resolver.resolve(host, Deadline::never(), {});
}

TEST(Resolver, takes_literal_addresses_for_what_they_are)
{
    auto const lookup = CountedLookup{{}};
    auto resolver = Resolver{lookup.function()};

    EXPECT_THAT(resolve(resolver, "10.0.0.1"), IsOkAnd(Addresses{address("10.0.0.1")}));
    EXPECT_THAT(resolve(resolver, "::1"), IsOkAnd(Addresses{address("::1")}));
    EXPECT_EQ(lookup.asked(), 0);
}

TEST(Resolver, remembers_a_name)
{
    auto const lookup = CountedLookup{{address("10.0.0.1"), address("10.0.0.2")}};
    auto resolver = Resolver{lookup.function()};

    for (auto i = 0; i != 3; ++i) {
        EXPECT_THAT(resolve(resolver, "member.example"),
            IsOkAnd(Addresses{address("10.0.0.1"), address("10.0.0.2")}));
    }

    EXPECT_EQ(lookup.asked(), 1);
}

TEST(Resolver, looks_up_again_what_was_forgotten_or_failed)
{
    auto const lookup = CountedLookup{{address("10.0.0.1")}};
    auto resolver = Resolver{lookup.function()};
    auto const nothing = CountedLookup{{}};
    auto empty = Resolver{nothing.function()};

    resolve(resolver, "member.example").value();
    resolver.forget("member.example");
    resolve(resolver, "member.example").value();
    EXPECT_THAT(resolve(empty, "member.example"), IsError(Errc::unreachable));
    EXPECT_THAT(resolve(empty, "member.example"), IsError(Errc::unreachable));

    EXPECT_EQ(lookup.asked(), 2);
    EXPECT_EQ(nothing.asked(), 2);
}

TEST(Resolver, says_why_a_name_cannot_be_resolved)
{
    auto empty = Resolver{[](std::string const&) { return Addresses{}; }};
    auto broken = Resolver{[](std::string const& host) -> Addresses {
        throw std::runtime_error{"no such host: " + host};
    }};

    EXPECT_THAT(resolve(empty, "member.example"),
        HasWords("the host name cannot be resolved: it has no address"));
    EXPECT_THAT(resolve(broken, "member.example"),
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none), HasFault(Fault::member),
            HasWords("the host name cannot be resolved: no such host: member.example")));
}

TEST(Resolver, shares_one_lookup_among_all_that_ask_meanwhile)
{
    auto const asked = std::make_shared<std::atomic<int>>(0);
    auto const released = std::make_shared<std::atomic<bool>>(false);
    auto resolver = Resolver{[asked, released](std::string const&) {
        ++*asked;
        released->wait(false);
        return Addresses{address("10.0.0.1")};
    }};
    auto waiting = std::atomic<int>{0};
    auto threads = std::vector<std::jthread>{};
    for (auto i = 0; i != 4; ++i) {
        threads.emplace_back([&] {
            ++waiting;
            EXPECT_THAT(resolve(resolver, "member.example"), IsOk());
        });
    }
    while (waiting != 4) { std::this_thread::yield(); }

    *released = true;
    released->notify_all();
    threads.clear();

    EXPECT_EQ(*asked, 1);
}

TEST(Resolver, leaves_a_lookup_that_hangs_behind_and_takes_its_answer_later)
{
    auto const released = std::make_shared<std::atomic<bool>>(false);
    auto resolver = Resolver{[released](std::string const&) {
        released->wait(false);
        return Addresses{address("10.0.0.1")};
    }};

    EXPECT_THAT(resolver.resolve("member.example", Deadline::after(Clock::now(), 10ms), {}),
        IsError(Errc::timed_out));
    *released = true;
    released->notify_all();

    EXPECT_THAT(resolve(resolver, "member.example"), IsOk());
}

TEST(Resolver, asks_the_system_by_default)
{
    auto resolver = Resolver{system_lookup};

    EXPECT_THAT(resolve(resolver, "localhost"), IsOkAnd(testing::Contains(address("127.0.0.1"))));
}

// In the transport.

void answer_empty(Peer& peer)
{
    while (peer.request()) { peer.say("HTTP/1.1 204 No Content\r\n\r\n"); }
}

Endpoint named(LoopbackServer const& server)
{
    return {.host = "member.example", .port = server.endpoint().port};
}

TEST(PocoTransport, tries_the_addresses_of_a_name_in_order)
{
    auto server = LoopbackServer{answer_empty};
    auto const lookup = CountedLookup{{address("127.0.0.2"), address("127.0.0.1")}};
    auto transport = PocoTransport{{.lookup = lookup.function()}};

    auto const reply = transport.send(named(server), {}, {.connect = 10s});

    EXPECT_THAT(reply, IsOk());
    EXPECT_THAT(server.requests().at(0), HasSubstr("Host: member.example:"));
}

TEST(PocoTransport, looks_a_name_up_anew_once_none_of_its_addresses_answers)
{
    auto const lookup = CountedLookup{{address("127.0.0.2"), address("127.0.0.3")}};
    auto server = LoopbackServer{answer_empty};
    auto transport = PocoTransport{{.lookup = lookup.function()}};

    auto const first = transport.send(named(server), {}, {.connect = 10s});
    auto const second = transport.send(named(server), {}, {.connect = 10s});

    EXPECT_THAT(first,
        AllOf(IsError(Errc::unreachable), HasEffect(Effect::none),
            HasWords("127.0.0.2: connection refused; 127.0.0.3: connection refused")));
    EXPECT_THAT(second, IsError(Errc::unreachable));
    EXPECT_EQ(lookup.asked(), 2);
}

TEST(PocoTransport, does_not_look_a_name_up_for_a_second_connection)
{
    auto server = LoopbackServer{answer_empty};
    auto const lookup = CountedLookup{{address("127.0.0.1")}};
    auto transport = PocoTransport{{.connections_per_member = 0, .lookup = lookup.function()}};

    for (auto i = 0; i != 3; ++i) { EXPECT_THAT(transport.send(named(server), {}, {}), IsOk()); }

    EXPECT_EQ(server.connections(), 3U);
    EXPECT_EQ(lookup.asked(), 1);
}

}  // namespace
}  // namespace etcdpp::tests
