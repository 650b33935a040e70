// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Watches of a cluster that is a script, in virtual time.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/watch.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/timed_transport.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace etcdpp::tests {

//! `{"action":"set","node":{"key":"/app/mode",...}}`
inline std::string event_text(
    std::uint64_t index, std::string const& key = "/app/mode", std::string const& action = "set")
{
    auto const number = std::to_string(index);
    return R"({"action":")" + action + R"(","node":{"key":")" + key
        + R"(","value":"blue","modifiedIndex":)" + number + R"(,"createdIndex":)" + number + "}}\n";
}

inline std::string listing_text(std::vector<std::pair<std::string, std::uint64_t>> const& files)
{
    auto text = std::string{R"({"action":"get","node":{"key":"/app","dir":true,"nodes":[)"};
    auto separator = "";
    for (auto const& [key, index] : files) {
        auto const number = std::to_string(index);
        text += separator
            + (R"({"key":")" + key + R"(","value":"blue","modifiedIndex":)" + number
                + R"(,"createdIndex":)" + number + "}");
        separator = ",";
    }
    return text + R"(],"modifiedIndex":4,"createdIndex":4}})" + "\n";
}

//! A client of the members http://m0:2379 to http://m2:2379 that begins at m0. Seconds and
//! milliseconds are virtual: no test waits.
class WatchWorld : public testing::Test {
protected:
    using TestClient = Client<TimedTransport, Sticky, Backoff, PocoJson, ScriptedWorld>;

    static constexpr auto liveness = Clock::duration{std::chrono::seconds{5}};
    CallOptions const hour{.timeout = std::chrono::hours{1}};

    static Answer listing(std::uint64_t index = 10)
    {
        return Answer::ok(index, listing_text({{"/app/mode", 4}}));
    }

    static Answer event(std::uint64_t index, Clock::duration at = {})
    {
        return Answer::head(index).body(event_text(index), at);
    }

    static Answer cleared(std::uint64_t index)
    {
        return Answer::reply({.status = 400,
            .headers = Answer::headers(index),
            .body =
                R"({"errorCode":401,"message":"The event in requested index is outdated and cleared","cause":"the requested history has been cleared [1213/11]","index":1213})"});
    }

    static Answer healthy()
    {
        return Answer::reply({.status = 200, .body = R"({"health":"true"})"});
    }

    static Answer unhealthy(Clock::duration at = {})
    {
        return Answer::reply({.status = 503, .body = R"({"health":"false"})"}, at);
    }

    v2::Watch<TestClient> watch(v2::WatchOptions options = {.recursive = true})
    {
        return keys.watch("/app", options);
    }

    //! How much time has passed since the test began.
    Clock::duration elapsed() const { return world.now() - began; }

    std::vector<std::string> hosts() const
    {
        auto hosts = std::vector<std::string>{};
        for (auto const& each : transport.sent()) { hosts.push_back(each.endpoint.host); }
        return hosts;
    }

    //! What the observer heard of watches.
    std::vector<std::string> states() const
    {
        auto states = std::vector<std::string>{};
        for (auto const& each : world.events()) {
            if (each.watch_state) {
                states.push_back(std::string{name(*each.watch_state)} + ' ' + each.endpoint.host);
            }
        }
        return states;
    }

    ScriptedWorld world;
    Clock::time_point began = world.now();
    TimedTransport transport{world};
    TestClient client{Config{
        .endpoints = Endpoints::parse("http://m0:2379,http://m1:2379,http://m2:2379").value(),
        .transport = transport,
        .selector = Sticky::starting_at(0),
        .environment = world,
        .credentials = Credentials{"alice", Secret{"rabbit"}}}};
    v2::Keys<TestClient> keys{client};
};

}  // namespace etcdpp::tests
