// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/config_text.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <type_traits>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::HasEffect;
using tests::HasWords;
using tests::IsError;
using tests::IsOk;

auto some_config()
{
    return Config{
        .endpoints = Endpoints::parse("http://etcd-a:2379,https://[::1]:4001").value(),
        .transport = ScriptedTransport{},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = PocoJson{},
        .environment = SystemEnvironment{},
        .credentials = Credentials{"alice", Secret{"rabbit"}},
        .connect_timeout = 2s,
        .attempt_timeout = 1500ms,
        .commit_timeout = 3s,
        .call_timeout = 1min,
        .quorum = true,
        .repeat_overwrites = true,
    };
}

auto plain_config()
{
    return Config{.transport = ScriptedTransport{},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = PocoJson{},
        .environment = SystemEnvironment{}};
}

TEST(ConfigText, says_what_is_data_and_no_secret)
{
    EXPECT_EQ(save_config(some_config()),
        R"({"endpoints":["http://etcd-a:2379","https://[::1]:4001"],)"
        R"("connect_timeout":"2s","attempt_timeout":"1500ms","commit_timeout":"3s",)"
        R"("call_timeout":"60s","quorum":true,"repeat_overwrites":true})");
}

TEST(ConfigText, has_the_secrets_if_they_are_asked_for)
{
    EXPECT_THAT(save_config(some_config(), Secrets::included),
        HasSubstr(R"("credentials":{"user":"alice","password":"rabbit"})"));
    EXPECT_THAT(save_config(plain_config(), Secrets::included), Not(HasSubstr("credentials")));
}

TEST(ConfigText, reads_back_as_it_was)
{
    auto const loaded = load_config(save_config(some_config(), Secrets::included), plain_config());

    ASSERT_THAT(loaded, IsOk());
    auto const was = some_config();
    EXPECT_EQ(loaded->endpoints, was.endpoints);
    EXPECT_EQ(loaded->credentials, was.credentials);
    EXPECT_EQ(loaded->connect_timeout, was.connect_timeout);
    EXPECT_EQ(loaded->attempt_timeout, was.attempt_timeout);
    EXPECT_EQ(loaded->commit_timeout, was.commit_timeout);
    EXPECT_EQ(loaded->call_timeout, was.call_timeout);
    EXPECT_EQ(loaded->quorum, was.quorum);
    EXPECT_EQ(loaded->repeat_overwrites, was.repeat_overwrites);
}

TEST(ConfigText, keeps_what_the_text_does_not_mention)
{
    auto const loaded = load_config(R"({"quorum":false})", some_config());

    ASSERT_THAT(loaded, IsOk());
    EXPECT_FALSE(loaded->quorum);
    EXPECT_EQ(loaded->endpoints, some_config().endpoints);
    EXPECT_EQ(loaded->credentials, some_config().credentials);
    EXPECT_EQ(loaded->call_timeout, 1min);
    EXPECT_TRUE(loaded->repeat_overwrites);
}

TEST(ConfigText, keeps_the_policies)
{
    auto const loaded = load_config("{}", some_config());

    static_assert(std::is_same_v<decltype(loaded->selector), RoundRobin>);
    EXPECT_THAT(loaded, IsOk());
}

TEST(ConfigText, passes_over_what_it_does_not_know)
{
    EXPECT_THAT(load_config(R"({"colour":"blue","nested":{"a":[1]}})", plain_config()), IsOk());
}

TEST(ConfigText, names_the_fault_of_a_text_that_it_cannot_use)
{
    struct Case {
        char const* text;
        char const* words;
    };
    for (auto const& [text, words] : {
             Case{"", "the configuration cannot be used"},
             Case{"[]", "the configuration cannot be used"},
             Case{R"({"quorum":"yes"})", "quorum"},
             Case{R"({"call_timeout":10})", "call_timeout"},
             Case{R"({"call_timeout":"soon"})", "call_timeout"},
             Case{R"({"call_timeout":"-1s"})", "call_timeout is not above zero"},
             Case{R"({"connect_timeout":"0s"})", "connect_timeout is not above zero"},
             Case{R"({"endpoints":[]})", "endpoints: no endpoint is given"},
             Case{R"({"endpoints":["etcd-a"]})", "endpoints: "},
             Case{R"({"endpoints":"http://etcd-a"})", "endpoints"},
             Case{R"({"credentials":"alice"})", "credentials"},
         }) {
        auto const loaded = load_config(text, plain_config());

        EXPECT_THAT(loaded, IsError(Errc::invalid_argument)) << text;
        EXPECT_THAT(loaded, HasEffect(Effect::none)) << text;
        EXPECT_THAT(loaded, HasWords(HasSubstr(words))) << text;
    }
}

}  // namespace
}  // namespace etcdpp
