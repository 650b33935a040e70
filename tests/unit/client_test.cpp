// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a client makes of its configuration and of a call's options, over a scripted transport.

#include "etcdpp/client.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/testing/replies.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "tests/support/scripted_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <semaphore>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::ScriptedWorld;

//! Counts how often it is encoded; the rest is as the test wants it.
struct Ask {
    using Reply = std::string;

    Result<http::Request> encode() const
    {
        ++*encoded;
        if (refused) { return unexpected(invalid_argument("etcd would misread it")); }
        return http::Request{.target = "/v2/keys/app/mode", .headers = {{"Accept", "*/*"}}};
    }

    Result<std::string> read(PocoJson const&, http::Response const& response) const
    {
        return response.body;
    }

    Idempotency idempotency() const noexcept { return kind; }
    bool commits() const noexcept { return waits_for_raft; }

    int* encoded;
    bool refused = false;
    Idempotency kind = Idempotency::read;
    bool waits_for_raft = false;
};

Error refused()
{
    return Error{Errc::unreachable, {.effect = Effect::none, .words = "connection refused"}};
}

Error lost()
{
    return Error{Errc::unreachable, {.effect = Effect::unknown, .words = "connection reset"}};
}

http::Response said(std::string value)
{
    return {200, {{"X-Etcd-Cluster-Id", "3cb9"}, {"X-Etcd-Index", "7"}},
        R"({"action":"get","node":{"key":"/app/mode","value":")" + value + R"("}})"};
}

struct ClientTest : testing::Test {
    Endpoints const endpoints = Endpoints::parse("http://etcd-a:2379,http://etcd-b:2379").value();
    ScriptedTransport transport;
    ScriptedWorld world;
    int encoded = 0;

    auto config()
    {
        return Config{.endpoints = endpoints,
            .transport = transport,
            .selector = RoundRobin{},
            .retry = OnePass{},
            .environment = world};
    }

    std::vector<ScriptedTransport::Sent> sent() const { return transport.sent(); }
};

TEST_F(ClientTest, stays_where_it_is)
{
    using It = decltype(Client{config()});

    static_assert(!std::is_copy_constructible_v<It> && !std::is_move_constructible_v<It>);
    static_assert(!std::is_copy_assignable_v<It> && !std::is_move_assignable_v<It>);
}

TEST_F(ClientTest, takes_its_policies_from_the_configuration)
{
    auto client = Client{config()};

    static_assert(std::is_same_v<decltype(client),
        Client<ScriptedTransport, RoundRobin, OnePass, PocoJson, ScriptedWorld>>);
    EXPECT_EQ(client.endpoints(), endpoints);
}

TEST_F(ClientTest, sends_nothing_before_it_is_asked)
{
    auto client = Client{config()};

    EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(ClientTest, runs_an_operation)
{
    auto client = Client{config()};
    transport.reply(said("blue"));

    auto const reply = client.run(v2::Get{"/app/mode"});

    EXPECT_EQ(reply.value().node.value, "blue");
    EXPECT_EQ(sent()[0].request.target, "/v2/keys/app/mode");
}

TEST_F(ClientTest, encodes_an_operation_once_however_often_it_is_sent)
{
    auto client = Client{config()};
    transport.fail(refused()).reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_EQ(encoded, 1);
    ASSERT_THAT(sent(), SizeIs(2));
    EXPECT_EQ(sent()[0].request, sent()[1].request);
}

TEST_F(ClientTest, sends_nothing_of_an_operation_that_refuses_itself)
{
    auto client = Client{config()};

    auto const reply = client.run(Ask{.encoded = &encoded, .refused = true});

    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error(), Errc::invalid_argument);
    EXPECT_EQ(reply.error().effect(), Effect::none);
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_THAT(world.events(), IsEmpty());
}

TEST_F(ClientTest, reports_an_invalid_argument_even_if_the_call_was_stopped)
{
    auto client = Client{config()};
    auto stopper = std::stop_source{};
    stopper.request_stop();

    auto const reply = client.run(v2::Get{"/caf\xe9"}, {.stop = stopper.get_token()});

    EXPECT_EQ(reply.error(), Errc::invalid_argument);
}

// Time.

TEST_F(ClientTest, ends_calls_after_ten_seconds_by_default)
{
    auto client = Client{config()};
    transport.reply(said("blue"));
    auto const now = world.now();

    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_EQ(sent()[0].limits.by, Deadline{now + 10s});
}

TEST_F(ClientTest, takes_the_call_timeout_from_the_configuration)
{
    auto own = config();
    own.call_timeout = 300ms;
    auto client = Client{std::move(own)};
    transport.reply(said("blue"));
    auto const now = world.now();

    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_EQ(sent()[0].limits.by, Deadline{now + 300ms});
}

TEST_F(ClientTest, lets_a_call_choose_its_own_timeout)
{
    auto client = Client{config()};
    transport.reply(said("blue"));
    auto const now = world.now();

    ASSERT_TRUE(client.run(Ask{&encoded}, {.timeout = 1min}));

    EXPECT_EQ(sent()[0].limits.by, Deadline{now + 1min});
}

TEST_F(ClientTest, accepts_the_longest_timeout_there_is)
{
    auto client = Client{config()};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}, {.timeout = Clock::duration::max()}));

    EXPECT_EQ(sent()[0].limits.by, Deadline::never());
}

TEST_F(ClientTest, times_out_before_sending_where_no_time_is_given)
{
    auto client = Client{config()};

    for (auto const timeout : {Clock::duration{0}, Clock::duration{-1s}, Clock::duration::min()}) {
        auto const reply = client.run(v2::Create{"/app/lock", "me"}, {.timeout = timeout});
        EXPECT_EQ(reply.error(), Errc::timed_out);
        EXPECT_EQ(reply.error().effect(), Effect::none);
    }
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_F(ClientTest, passes_the_calls_deadline_on_unchanged_to_later_attempts)
{
    auto own = config();
    auto client = Client{Config{.endpoints = endpoints,
        .transport = transport,
        .selector = RoundRobin{},
        .retry = Backoff{.base = 64ms, .cap = 64ms},
        .environment = world}};
    transport.fail(refused()).fail(refused()).fail(refused()).reply(said("blue"));
    auto const by = Deadline{world.now() + 10s};

    ASSERT_TRUE(client.run(Ask{&encoded}));

    ASSERT_THAT(sent(), SizeIs(4));
    for (auto const& each : sent()) { EXPECT_EQ(each.limits.by, by); }
}

TEST_F(ClientTest, allows_the_attempt_timeout_of_silence_to_what_a_member_answers_by_itself)
{
    auto client = Client{config()};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_EQ(sent()[0].limits.silence, 1s);
    EXPECT_EQ(sent()[0].limits.connect, 1s);
}

TEST_F(ClientTest, allows_the_commit_timeout_of_silence_to_what_waits_for_raft)
{
    auto client = Client{config()};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{.encoded = &encoded, .waits_for_raft = true}));

    EXPECT_EQ(sent()[0].limits.silence, 2500ms);
}

TEST_F(ClientTest, takes_all_timeouts_from_the_configuration)
{
    auto own = config();
    own.connect_timeout = 11ms;
    own.attempt_timeout = 13ms;
    own.commit_timeout = 17ms;
    auto client = Client{std::move(own)};
    transport.reply(said("blue")).reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}));
    ASSERT_TRUE(client.run(Ask{.encoded = &encoded, .waits_for_raft = true}));

    EXPECT_EQ(sent()[0].limits.connect, 11ms);
    EXPECT_EQ(sent()[0].limits.silence, 13ms);
    EXPECT_EQ(sent()[1].limits.silence, 17ms);
}

TEST_F(ClientTest, lets_a_call_choose_the_silence_it_allows)
{
    auto client = Client{config()};
    transport.reply(said("blue")).reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}, {.attempt_timeout = 5s}));
    ASSERT_TRUE(
        client.run(Ask{.encoded = &encoded, .waits_for_raft = true}, {.attempt_timeout = 5s}));

    EXPECT_EQ(sent()[0].limits.silence, 5s);
    EXPECT_EQ(sent()[1].limits.silence, 5s);
}

TEST_F(ClientTest, hands_the_calls_stop_to_the_transport)
{
    auto client = Client{config()};
    auto stopper = std::stop_source{};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}, {.stop = stopper.get_token()}));

    EXPECT_EQ(sent()[0].limits.stop, stopper.get_token());
}

TEST_F(ClientTest, sends_nothing_of_a_call_that_is_stopped_already)
{
    auto client = Client{config()};
    auto stopper = std::stop_source{};
    stopper.request_stop();

    auto const reply = client.run(Ask{&encoded}, {.stop = stopper.get_token()});

    EXPECT_EQ(reply.error(), Errc::cancelled);
    EXPECT_THAT(sent(), IsEmpty());
}

// Quorum.

TEST_F(ClientTest, reads_without_quorum_by_default)
{
    auto client = Client{config()};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode"}));

    EXPECT_EQ(sent()[0].request.target, "/v2/keys/app/mode");
    EXPECT_EQ(sent()[0].limits.silence, 1s);
}

TEST_F(ClientTest, reads_with_quorum_if_configured_and_waits_for_raft_then)
{
    auto own = config();
    own.quorum = true;
    auto client = Client{std::move(own)};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode"}));

    EXPECT_EQ(sent()[0].request.target, "/v2/keys/app/mode?quorum=true");
    EXPECT_EQ(sent()[0].limits.silence, 2500ms);
}

TEST_F(ClientTest, leaves_a_quorum_alone_that_the_operation_chose)
{
    auto own = config();
    own.quorum = true;
    auto client = Client{std::move(own)};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode", {.quorum = false}}));

    EXPECT_EQ(sent()[0].request.target, "/v2/keys/app/mode");
    EXPECT_EQ(sent()[0].limits.silence, 1s);
}

// Repeating overwrites.

TEST_F(ClientTest, does_not_repeat_an_overwrite_after_a_lost_reply_by_default)
{
    auto client = Client{config()};
    transport.fail(lost()).reply(said("blue"));

    auto const reply = client.run(v2::Set{"/app/mode", "blue"});

    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().effect(), Effect::unknown);
    EXPECT_THAT(sent(), SizeIs(1));
}

TEST_F(ClientTest, repeats_an_overwrite_after_a_lost_reply_if_configured)
{
    auto own = config();
    own.repeat_overwrites = true;
    auto client = Client{std::move(own)};
    transport.fail(lost()).reply(mocks::stored("/app/mode", "blue"));

    EXPECT_TRUE(client.run(v2::Set{"/app/mode", "blue"}));
}

TEST_F(ClientTest, lets_a_call_choose_whether_to_repeat_an_overwrite)
{
    auto own = config();
    own.repeat_overwrites = true;
    auto client = Client{std::move(own)};
    transport.fail(lost());
    EXPECT_FALSE(client.run(v2::Set{"/app/mode", "blue"}, {.repeat_overwrites = false}));

    auto careful = Client{config()};
    transport.fail(lost()).reply(mocks::stored("/app/mode", "blue"));
    EXPECT_TRUE(careful.run(v2::Set{"/app/mode", "blue"}, {.repeat_overwrites = true}));
}

TEST_F(ClientTest, never_repeats_what_is_once_only_whatever_was_configured)
{
    auto own = config();
    own.repeat_overwrites = true;
    auto client = Client{std::move(own)};
    transport.fail(lost()).reply(said("me"));

    EXPECT_FALSE(client.run(v2::Create{"/app/lock", "me"}, {.repeat_overwrites = true}));

    EXPECT_THAT(sent(), SizeIs(1));
}

// Credentials.

TEST_F(ClientTest, sends_no_authorization_without_credentials)
{
    auto client = Client{config()};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode"}));

    EXPECT_EQ(sent()[0].request.headers.find("Authorization"), std::nullopt);
}

struct ClientWithCredentialsTest : ClientTest {
    auto config_with_credentials()
    {
        auto own = config();
        own.credentials = Credentials{.user = "root", .password = Secret{"open sesame"}};
        return own;
    }

    //! The password, and what the header makes of it.
    static void expect_no_secret(std::string const& text)
    {
        EXPECT_THAT(text, Not(HasSubstr("sesame")));
        EXPECT_THAT(text, Not(HasSubstr("cm9vdDpvcGVuIHNlc2FtZQ")));
        EXPECT_THAT(text, Not(HasSubstr("Authorization")));
    }

    static std::string printed(Error const& error) { return (std::ostringstream{} << error).str(); }
};

TEST_F(ClientWithCredentialsTest, sends_the_authorization_with_every_attempt)
{
    auto client = Client{config_with_credentials()};
    transport.fail(refused()).reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode"}));

    ASSERT_THAT(sent(), SizeIs(2));
    for (auto const& each : sent()) {
        EXPECT_EQ(each.request.headers.find("Authorization"), "Basic cm9vdDpvcGVuIHNlc2FtZQ==");
    }
}

TEST_F(ClientWithCredentialsTest, keeps_the_headers_of_the_operation)
{
    auto client = Client{config_with_credentials()};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_EQ(sent()[0].request.headers.find("Accept"), "*/*");
}

TEST_F(ClientWithCredentialsTest, sends_an_empty_password_too)
{
    auto own = config();
    own.credentials = Credentials{.user = "guest", .password = {}};
    auto client = Client{std::move(own)};
    transport.reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode"}));

    EXPECT_EQ(sent()[0].request.headers.find("Authorization"), "Basic Z3Vlc3Q6");
}

TEST_F(ClientWithCredentialsTest, never_shows_them_in_an_error_or_event)
{
    auto client = Client{config_with_credentials()};
    auto const unauthorized = http::Response{401, {{"X-Etcd-Cluster-Id", "3cb9"}},
        R"({"errorCode":110,"message":"The request requires user authentication",)"
        R"("cause":"Insufficient credentials","index":0})"};
    for (auto const& prepare :
        std::vector<std::function<void()>>{[&] { transport.fail(refused()).fail(lost()); },
            [&] { transport.reply(unauthorized); },
            [&] { transport.reply({404, {}, "404 page not found"}); },
            [&] { transport.reply({502, {}, "Bad Gateway"}); },
            [&] { transport.reply({200, {}, "<html>"}); },
            [&] { transport.reply({307, {{"Location", "http://elsewhere:2379/v2"}}, ""}); },
            [] { /* past the end of the script, whose words name the request */ }}) {
        prepare();
        auto const reply = client.run(v2::Set{"/app/mode", "blue"});
        ASSERT_FALSE(reply);
        expect_no_secret(printed(reply.error()));
    }
    for (auto const& line : world.lines()) { expect_no_secret(line); }
}

TEST_F(ClientWithCredentialsTest, never_sends_them_where_a_redirect_leads_to_another_host)
{
    auto client = Client{config_with_credentials()};
    transport.reply({307, {{"Location", "http://elsewhere:2379/v2"}}, ""}).reply(said("blue"));

    ASSERT_TRUE(client.run(v2::Get{"/app/mode"}));

    EXPECT_THAT(sent(),
        Each(testing::Field(
            &ScriptedTransport::Sent::endpoint, testing::AnyOf(endpoints[0], endpoints[1]))));
}

// Endpoints.

TEST_F(ClientTest, knows_new_endpoints_from_the_next_call_on)
{
    auto client = Client{config()};
    auto const others = Endpoints::parse("http://etcd-c:2379").value();
    transport.reply(said("blue")).reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}));
    client.set_endpoints(others);
    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_EQ(client.endpoints(), others);
    EXPECT_EQ(sent()[0].endpoint, endpoints[0]);
    EXPECT_EQ(sent()[1].endpoint, others[0]);
}

TEST_F(ClientTest, leaves_a_call_in_flight_the_endpoints_it_began_with)
{
    auto client = Client{Config{.endpoints = endpoints,
        .transport = transport,
        .selector = RoundRobin{},
        .retry = Backoff{.base = 64ms, .cap = 64ms},
        .environment = world}};
    world.draw({0, 0, 0, 0, 0, 7});
    world.while_asleep(
        [&] { client.set_endpoints(Endpoints::parse("http://etcd-c:2379").value()); });
    transport.fail(refused()).fail(refused()).fail(refused()).reply(said("blue"));

    ASSERT_TRUE(client.run(Ask{&encoded}));

    EXPECT_THAT(world.slept(), Not(IsEmpty()));
    EXPECT_THAT(sent(),
        Each(testing::Field(
            &ScriptedTransport::Sent::endpoint, testing::AnyOf(endpoints[0], endpoints[1]))));
}

//! Hears of new members.
struct Follower {
    std::size_t pick(Pick const& pick) const noexcept { return untried_from(0, pick); }
    void report(Report const&) noexcept {}
    void members(Endpoints const& now) { seen->push_back(now); }

    std::vector<Endpoints>* seen;
};

TEST_F(ClientTest, tells_a_selector_that_follows_the_members_of_new_ones)
{
    auto seen = std::vector<Endpoints>{};
    auto client = Client{Config{.endpoints = endpoints,
        .transport = transport,
        .selector = Follower{&seen},
        .environment = world}};
    auto const others = Endpoints::parse("http://etcd-c:2379").value();

    client.set_endpoints(others);

    EXPECT_THAT(seen, ElementsAre(others));
}

//! Is told of one list, and while it takes that in, another thread sets the next.
struct Interrupted {
    struct Race {
        std::function<void()> set_the_next;
        std::binary_semaphore is_over{0};
        std::vector<Endpoints> heard = {};
        std::jthread other = {};
    };

    std::size_t pick(Pick const& pick) const noexcept { return untried_from(0, pick); }
    void report(Report const&) noexcept {}

    void members(Endpoints const& now)
    {
        if (!race->other.joinable()) {
            race->other = std::jthread{[race = race] {
                race->set_the_next();
                race->is_over.release();
            }};
            EXPECT_FALSE(race->is_over.try_acquire_for(100ms)) << "it overtook the first";
        }
        race->heard.push_back(now);
    }

    Race* race;
};

TEST_F(ClientTest, ends_with_the_list_that_its_selector_heard_of_last)
{
    auto const first = Endpoints::parse("http://etcd-c:2379").value();
    auto const next = Endpoints::parse("http://etcd-d:2379").value();
    auto race = Interrupted::Race{};
    auto client = Client{Config{.endpoints = endpoints,
        .transport = transport,
        .selector = Interrupted{&race},
        .environment = world}};
    race.set_the_next = [&] { client.set_endpoints(next); };

    client.set_endpoints(first);
    race.other.join();

    EXPECT_THAT(race.heard, ElementsAre(first, next));
    EXPECT_EQ(client.endpoints(), race.heard.back());
}

// Virtual time.

//! A transport that lives in a world of its own.
struct Simulated : ScriptedTransport {
    using Environment = ScriptedWorld;
};

TEST(ClientEnvironment, is_the_one_that_its_transport_brings)
{
    auto client = Client{Config{.transport = Simulated{}}};

    static_assert(std::is_same_v<decltype(client),
        Client<Simulated, Sticky, Backoff, PocoJson, ScriptedWorld>>);
    static_assert(lives_in_one_world<Simulated, ScriptedWorld>);
    static_assert(!lives_in_one_world<Simulated, SystemEnvironment>);
}

}  // namespace
}  // namespace etcdpp
