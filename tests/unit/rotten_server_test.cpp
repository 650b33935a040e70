// SPDX-License-Identifier: BSL-1.0

//! @file
//! Whatever a server does, a get ends with a clear error within its time, a watch goes on at
//! another member, and neither takes much memory.

#include "etcdpp/environment/observed.hpp"
#include "etcdpp/etcdpp.hpp"
#include "etcdpp/retry/never.hpp"
#include "tests/support/live_memory.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

//! What a busy machine may add. A wait without a bound lasts until the test is killed.
constexpr auto slack = 10s;

constexpr auto mebibyte = std::size_t{1024} * 1024;

//! A reply is bounded by 11 MiB below; a buffer that grows holds it twice or thrice.
constexpr auto enough_memory = 48 * mebibyte;

constexpr auto etcd_head = "HTTP/1.1 200 OK\r\nX-Etcd-Cluster-Id: cdf818194e3a8c32\r\n"
                           "X-Etcd-Index: 10\r\n";

std::string reply(std::string const& body)
{
    return etcd_head + ("Content-Length: " + std::to_string(body.size())) + "\r\n\r\n" + body;
}

std::string const node =
    R"({"action":"get","node":{"key":"/app","value":"blue","modifiedIndex":4,"createdIndex":4}})";

std::string const event =
    R"({"action":"set","node":{"key":"/app","value":"red","modifiedIndex":11,"createdIndex":11}})";

std::string const nested_arrays = reply(std::string(10 * mebibyte, '['));

std::string const nested_nodes = [] {
    auto body = std::string{R"({"action":"get","node":)"};
    while (body.size() < 10 * mebibyte) { body += R"({"nodes":[)"; }
    return reply(body);
}();

bool is_poll(std::string const& request)
{
    return request.find("wait=true") != std::string::npos;
}

//! Says so much of it that nobody can want it all; once the client has gone, that takes no time.
void say_endlessly(Peer& peer, std::string_view piece)
{
    for (auto i = 0; i != 100'000; ++i) { peer.say(piece); }
}

struct Rot {
    std::string name;
    std::function<void(Peer&)> answer;  //!< what it does once it has read a request
    std::string words;                  //!< what is said of it
    bool holds_up = false;              //!< for as long as the client waits

    friend std::ostream& operator<<(std::ostream& out, Rot const& rot) { return out << rot.name; }
};

std::vector<Rot> const rots = {
    {"silent", [](Peer& peer) { peer.keep_silent(); },
        "no bytes for 200 ms while waiting for the reply's head", true},
    {"dripping", [](Peer& peer) { peer.drip(reply(node), 50ms); },
        "while waiting for the reply's head", true},
    {"dripping_its_body",
        [](Peer& peer) {
            peer.say(etcd_head + std::string{"\r\n"});
            peer.drip(std::string(1000, ' '), 50ms);
        },
        "while waiting for the reply's body", true},
    {"stopping_in_its_head",
        [](Peer& peer) {
            peer.say("HTTP/1.1 200 OK\r\nX-Etcd-");
            peer.close();
        },
        "closed in the middle of the reply"},
    {"stopping_in_its_body",
        [](Peer& peer) {
            auto const whole = reply(node);
            peer.say(whole.substr(0, whole.size() - 10));
            peer.close();
        },
        "closed in the middle of the reply"},
    {"falling_silent_in_its_body",
        [](Peer& peer) {
            auto const whole = reply(node);
            peer.say(whole.substr(0, whole.size() - 10));
            peer.keep_silent();
        },
        "while waiting for the reply's body", true},
    {"refusing_without_an_end",
        [](Peer& peer) {
            peer.say("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 10\r\n\r\nno");
            peer.keep_silent();
        },
        "while waiting for the reply's body", true},
    {"endless_in_its_headers",
        [](Peer& peer) {
            peer.say("HTTP/1.1 200 OK\r\n");
            say_endlessly(peer, "X-Etcd-Filler: " + std::string(1000, 'x') + "\r\n");
        },
        "exceeds its limit"},
    {"endless_in_one_header",
        [](Peer& peer) {
            peer.say("HTTP/1.1 200 OK\r\nX-Etcd-Filler: ");
            say_endlessly(peer, std::string(1000, 'x'));
        },
        "exceeds its limit"},
    {"endless_in_its_interim_replies",
        [](Peer& peer) { say_endlessly(peer, "HTTP/1.1 103 Early Hints\r\n\r\n"); },
        "exceeds its limit"},
    {"endless_in_its_body",
        [](Peer& peer) {
            peer.say(etcd_head + std::string{"\r\n"});
            say_endlessly(peer, std::string(1000, 'x'));
        },
        "the body exceeds its limit"},
    {"endless_in_its_chunks",
        [](Peer& peer) {
            peer.say(etcd_head + std::string{"Transfer-Encoding: chunked\r\n\r\n"});
            say_endlessly(peer, "3e8\r\n" + std::string(1000, 'x') + "\r\n");
        },
        "the body exceeds its limit"},
    {"no_http", [](Peer& peer) { peer.say("SSH-2.0-OpenSSH_9.2\r\n\r\n"); },
        "does not begin with HTTP/1"},
    {"no_json", [](Peer& peer) { peer.say(reply("<html>")); }, "not JSON"},
    {"other_json", [](Peer& peer) { peer.say(reply(R"([{"action":17}])")); },
        "is an array and should be an object"},
    {"json_of_other_types",
        [](Peer& peer) { peer.say(reply(R"({"action":"get","node":"/app"})")); },
        "node is a string and should be an object"},
    {"ten_mebibytes_of_nested_arrays", [](Peer& peer) { peer.say(nested_arrays); },
        "is an array and should be an object"},
    {"ten_mebibytes_of_nested_nodes", [](Peer& peer) { peer.say(nested_nodes); },
        "nested more than 2048 levels deep"},
};

//! Keeps the lines of a log.
struct Log {
    struct Lines {
        std::mutex mutex;
        std::vector<std::string> all;
    };

    std::shared_ptr<Lines> lines = std::make_shared<Lines>();

    std::vector<std::string> all() const
    {
        auto const lock = std::lock_guard{lines->mutex};
        return lines->all;
    }

    void on(Event const& told)
    {
        auto line = std::ostringstream{};
        line << told;
        auto const lock = std::lock_guard{lines->mutex};
        lines->all.push_back(line.str());
    }
};

class ARottenServer : public testing::TestWithParam<Rot> {
protected:
    Endpoints both() const { return Endpoints::of({rotten.endpoint(), sound.endpoint()}).value(); }

    auto config_of(Endpoints endpoints) const
    {
        return Config{.endpoints = std::move(endpoints),
            .transport = PocoTransport{{.max_body = 11 * mebibyte}},
            .selector = Sticky::starting_at(0),
            .retry = Never{},
            .environment = Observed{log},
            .connect_timeout = 5s,
            .attempt_timeout = 400ms,
            .commit_timeout = 400ms,
            .call_timeout = 1s};
    }

    //! Whether it rots at once, or only when a poll comes.
    std::atomic<bool> rots_at_once = true;

    LoopbackServer rotten{[this](Peer& peer) {
        while (auto const request = peer.request()) {
            if (!rots_at_once && !is_poll(*request)) {
                peer.say(reply(node));
                continue;
            }
            GetParam().answer(peer);
            return;
        }
    }};
    LoopbackServer sound{[](Peer& peer) {
        while (auto const request = peer.request()) {
            peer.say(reply(is_poll(*request) ? event : node));
        }
    }};
    Log log;
};

std::string name_of(testing::TestParamInfo<Rot> const& info)
{
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(That, ARottenServer, testing::ValuesIn(rots), name_of);

TEST_P(ARottenServer, costs_a_get_no_more_than_its_time_and_little_memory)
{
    auto client = Client{config_of(Endpoints::of({rotten.endpoint()}).value())};
    auto const time = GetParam().holds_up ? 600ms : 3000ms;
    auto got = Result<v2::Response>{};
    auto const began = Clock::now();

    auto const memory = LiveMemory::growth_during([&] {
        got = v2::Keys{client}.get("/app", {}, {.timeout = time, .attempt_timeout = time / 3});
    });

    EXPECT_LT(Clock::now() - began, time + slack);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().effect(), Effect::none);
    auto line = std::ostringstream{};
    line << got.error();
    EXPECT_THAT(line.str(), HasSubstr(GetParam().words));
    EXPECT_LT(memory, enough_memory);
}

TEST_P(ARottenServer, is_left_by_a_watch_that_wants_to_begin)
{
    auto client = Client{config_of(both())};
    auto watch = v2::Keys{client}.watch("/app", {.liveness = 500ms});
    auto got = Result<v2::Response>{};

    auto const memory = LiveMemory::growth_during([&] { got = watch.next(); });

    ASSERT_TRUE(got) << got.error();
    EXPECT_EQ(got->node.value, "red");
    EXPECT_THAT(log.all(), Contains(HasSubstr("stalled at " + to_string(rotten.endpoint()))));
    EXPECT_LT(memory, enough_memory);
}

TEST_P(ARottenServer, is_left_by_a_watch_that_polls)
{
    rots_at_once = false;
    auto client = Client{config_of(both())};
    auto watch = v2::Keys{client}.watch("/app", {.liveness = 500ms});
    auto got = Result<v2::Response>{};

    auto const memory = LiveMemory::growth_during([&] { got = watch.next(); });

    ASSERT_TRUE(got) << got.error();
    EXPECT_EQ(got->node.value, "red");
    EXPECT_THAT(log.all(), Contains(HasSubstr("stalled at " + to_string(rotten.endpoint()))));
    EXPECT_LT(memory, enough_memory);
}

}  // namespace
}  // namespace etcdpp::tests
