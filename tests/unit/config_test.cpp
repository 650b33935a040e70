// SPDX-License-Identifier: BSL-1.0

//! @file
//! Which types and values a configuration has where nothing else is said.

#include "etcdpp/config.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/transport/poco.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/support/scripted_world.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <optional>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using tests::ScriptedWorld;

template <class Transport = PocoTransport, class Selector = Sticky, class RetryPolicy = Backoff,
    class Codec = PocoJson, class Environment = SystemEnvironment>
using Named = Config<Transport, Selector, RetryPolicy, Codec, Environment>;

//! A codec of a user's own.
struct Plain {};

static_assert(std::same_as<Config<>, Named<>>);

TEST(Config, changes_one_type_for_each_policy_that_is_named)
{
    static_assert(std::same_as<decltype(Config{.endpoints = Endpoints{}}), Named<>>);
    static_assert(std::same_as<decltype(Config{.endpoints = Endpoints{}, .selector = RoundRobin{}}),
        Named<PocoTransport, RoundRobin>>);
    static_assert(
        std::same_as<decltype(Config{.transport = ScriptedTransport{}}), Named<ScriptedTransport>>);
    static_assert(
        std::same_as<decltype(Config{.transport = ScriptedTransport{}, .selector = RoundRobin{}}),
            Named<ScriptedTransport, RoundRobin>>);
    static_assert(std::same_as<decltype(Config{.transport = ScriptedTransport{}, .retry = Never{}}),
        Named<ScriptedTransport, Sticky, Never>>);
    static_assert(std::same_as<decltype(Config{.transport = ScriptedTransport{}, .codec = Plain{}}),
        Named<ScriptedTransport, Sticky, Backoff, Plain>>);
    static_assert(std::same_as<decltype(Config{.transport = ScriptedTransport{},
                                   .environment = ScriptedWorld{}}),
        Named<ScriptedTransport, Sticky, Backoff, PocoJson, ScriptedWorld>>);
}

TEST(Config, changes_no_type_for_what_is_no_policy)
{
    static_assert(std::same_as<decltype(Config{.endpoints = {},
                                   .transport = ScriptedTransport{},
                                   .credentials = Credentials{},
                                   .call_timeout = 3s,
                                   .quorum = true,
                                   .repeat_overwrites = true}),
        Named<ScriptedTransport>>);
}

TEST(Config, takes_its_members_in_the_documented_order)
{
    auto const config = Config{.endpoints = Endpoints{},
        .transport = ScriptedTransport{},
        .selector = Sticky{},
        .retry = Backoff{},
        .codec = PocoJson{},
        .environment = ScriptedWorld{},
        .credentials = std::nullopt,
        .connect_timeout = 1ms,
        .attempt_timeout = 2ms,
        .commit_timeout = 3ms,
        .call_timeout = 4ms,
        .quorum = true,
        .repeat_overwrites = true};

    EXPECT_EQ(config.call_timeout, 4ms);
}

TEST(Config, has_the_documented_defaults)
{
    auto const config = Config{.transport = ScriptedTransport{}};

    EXPECT_EQ(config.endpoints, Endpoints::parse("http://127.0.0.1:2379").value());
    EXPECT_EQ(config.credentials, std::nullopt);
    EXPECT_EQ(config.connect_timeout, 1s);
    EXPECT_EQ(config.attempt_timeout, 1s);
    EXPECT_EQ(config.commit_timeout, 2500ms);
    EXPECT_EQ(config.call_timeout, 10s);
    EXPECT_FALSE(config.quorum);
    EXPECT_FALSE(config.repeat_overwrites);
}

//! A transport that brings its world.
struct WithAWorld : ScriptedTransport {
    using Environment = ScriptedWorld;
};

TEST(Config, takes_the_environment_that_its_transport_brings)
{
    static_assert(std::same_as<decltype(Config{.transport = WithAWorld{}}),
        Named<WithAWorld, Sticky, Backoff, PocoJson, ScriptedWorld>>);
}

}  // namespace
}  // namespace etcdpp
