// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a watch does about a redirect, and about a reply that begins and does not end: over a
//! scripted cluster, in virtual time.

#include "etcdpp/v2/watch_engine.hpp"

#include "etcdpp/v2/watch.hpp"
#include "tests/support/watch_world.hpp"

#include <array>
#include <string>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using tests::Answer;
using tests::event_text;

class AnEngine : public tests::WatchWorld {
protected:
    static Answer redirect_to(std::string location, int status = 307)
    {
        return Answer::reply({.status = status, .headers = {{"Location", std::move(location)}}});
    }

    //! Without credentials, which go to no other host.
    TestClient open_client{
        Config{.endpoints = Endpoints::parse("http://m0:2379,http://m1:2379").value(),
            .transport = transport,
            .selector = Sticky::starting_at(0),
            .environment = world}};
    v2::Keys<TestClient> open_keys{open_client};
    WatchOptions const recursive{.recursive = true};
};

// Its four steps

TEST_F(AnEngine, is_due_until_it_has_asked)
{
    auto const bounds = bounds_of(client, hour);
    auto engine = WatchEngine<TestClient>{client, {"/app", true}, {}, false};
    transport.then(listing(10));
    EXPECT_TRUE(engine.is_due());

    EXPECT_TRUE(engine.begin(bounds));

    EXPECT_FALSE(engine.is_due());
    auto waiting = std::array<tests::TimedTransport::Exchange*, 3>{};
    EXPECT_EQ(engine.exchanges(waiting), 1U);
}

TEST_F(AnEngine, connects_once_a_step)
{
    auto const bounds = bounds_of(client, hour);
    auto engine = WatchEngine<TestClient>{client, {"/app", true}, {}, false};
    transport.then(Answer::refused()).then(listing(10));

    EXPECT_TRUE(engine.begin(bounds));

    EXPECT_TRUE(engine.is_due());
    EXPECT_THAT(hosts(), ElementsAre("m0"));
}

TEST_F(AnEngine, is_connected_once_its_member_has_answered)
{
    auto const bounds = bounds_of(client, hour);
    auto engine = WatchEngine<TestClient>{client, {"/app", true}, {}, false};
    transport.then(listing(10));
    EXPECT_TRUE(engine.begin(bounds));
    EXPECT_FALSE(engine.is_connected());
    auto waiting = std::array<tests::TimedTransport::Exchange*, 3>{};
    engine.exchanges(waiting);

    engine.hear(*waiting[0]);

    EXPECT_TRUE(engine.is_connected());
}

TEST_F(AnEngine, tells_what_it_asks_as_one_would_ask_by_hand)
{
    transport.then(listing(10)).then(Answer::head(10)).then(healthy());
    transport.then(redirect_to("http://etcd-b:2379/v2/keys/app/"));
    transport.then(Answer::head(10).body(event_text(11), 1s));
    auto watched = open_keys.watch("/app", recursive);

    EXPECT_TRUE(watched.next(hour));

    auto const poll = "curl 'http://m0:2379/v2/keys/app/?wait=true&recursive=true&waitIndex=11'";
    EXPECT_THAT(world.curls(),
        ElementsAre("curl 'http://m0:2379/v2/keys/app/?recursive=true&quorum=true'", poll,
            "curl 'http://m0:2379/health?exclude=NOSPACE'", poll,
            "curl 'http://etcd-b:2379/v2/keys/app/'"));
}

// Redirects

TEST_F(AnEngine, follows_a_redirect_of_its_poll)
{
    transport.then(listing(10))
        .then(redirect_to("/etcd/v2/keys/app/?wait=true&recursive=true&waitIndex=11"))
        .then(event(11));
    auto watched = watch();

    EXPECT_EQ(watched.next(hour).value().index, Index{11});

    EXPECT_THAT(hosts(), Each("m0"));
    EXPECT_EQ(
        transport.targets().back(), "/etcd/v2/keys/app/?wait=true&recursive=true&waitIndex=11");
}

TEST_F(AnEngine, follows_a_redirect_of_its_listing_to_another_host)
{
    transport.then(redirect_to("http://etcd-b:2379/v2/keys/app/"))
        .then(listing(10))
        .then(event(11));
    auto watched = open_keys.watch("/app", recursive);

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "etcd-b", "m0"));
    EXPECT_THAT(world.lines(), Contains("http://m0:2379 redirected to http://etcd-b:2379"));
}

TEST_F(AnEngine, follows_a_redirect_of_its_probe)
{
    transport.then(listing(10)).then(Answer::head(10)).then(healthy());
    transport.then(redirect_to("http://etcd-b:2379/v2/keys/app/"));
    transport.then(Answer::head(10).body(event_text(11), 1s));
    auto watched = open_keys.watch("/app", recursive);

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "etcd-b");
    EXPECT_EQ(elapsed(), liveness + 1s);
    EXPECT_THAT(states(), Not(Contains(StartsWith("stalled"))));
}

TEST_F(AnEngine, waits_for_each_head_anew_where_it_was_redirected)
{
    transport.then(listing(10))
        .then(Answer::reply({.status = 307, .headers = {{"Location", "/v2/keys/app/"}}}, 900ms))
        .then(Answer::head(10, 900ms).body(event_text(11), 1s));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), Each("m0"));
}

TEST_F(AnEngine, takes_no_credentials_to_another_host)
{
    transport.then(listing(10))
        .then(redirect_to("http://etcd-b:2379/v2/keys/app/"))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "m1"));
    EXPECT_THAT(world.lines(), Contains(HasSubstr("credentials do not go to another host")));
}

TEST_F(AnEngine, leaves_a_member_that_redirects_in_a_circle)
{
    transport.then(listing(10));
    for (auto hop = 0; hop != 11; ++hop) { transport.then(redirect_to("/v2/keys/app/")); }
    transport.then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_THAT(world.lines(), Contains(HasSubstr("redirected more than 10 times")));
}

TEST_F(AnEngine, leaves_a_member_that_redirects_to_one_out_of_reach)
{
    transport.then(listing(10))
        .then(redirect_to("http://etcd-b:2379/v2/keys/app/"))
        .then(Answer::refused())
        .then(event(11));
    auto watched = open_keys.watch("/app", recursive);

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), ElementsAre("m0", "m0", "etcd-b", "m1"));
}

TEST_F(AnEngine, hears_of_a_member_without_a_leader_through_a_redirect)
{
    transport.then("/health", redirect_to("/etcd/health"));
    transport.then("/etcd/health", unhealthy());
    transport.then(listing(10)).then(Answer::head(10)).then(Answer::head(10)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), liveness);
}

TEST_F(AnEngine, stays_where_the_question_for_health_is_redirected_to_nowhere)
{
    transport.then("/health", redirect_to("somewhere"));
    transport.then(listing(10)).then(Answer::head(10));
    transport.then(Answer::head(10).body(event_text(11), 1s));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_THAT(hosts(), Each("m0"));
}

// A reply that begins and does not end

TEST_F(AnEngine, leaves_a_member_that_falls_silent_within_an_event)
{
    transport.then(listing(10))
        .then(Answer::head(10).part(R"({"action":"set","node":{"ke)", 2s))
        .then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), 3s);
}

TEST_F(AnEngine, leaves_a_member_that_falls_silent_within_a_refusal)
{
    transport.then(listing(10)).then(Answer::refusing(503)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_LE(elapsed(), 1s);
}

TEST_F(AnEngine, waits_for_a_large_event_while_it_keeps_arriving)
{
    auto const text = event_text(11);
    auto slow = Answer::head(11);
    for (auto i = std::size_t{0}; i != 12; ++i) {
        slow = slow.part(text.substr(i, 1), 600ms * (i + 1));
    }
    transport.then(listing(10)).then(slow.body(text.substr(12), 8s));
    auto watched = watch();

    EXPECT_TRUE(watched.next());

    EXPECT_THAT(hosts(), Each("m0"));
    EXPECT_EQ(elapsed(), 8s);
}

TEST_F(AnEngine, leaves_a_member_that_drips_an_event_for_longer_than_a_call_may_take)
{
    auto endless = Answer::head(11);
    for (auto i = 1; i != 100; ++i) { endless = endless.part("x", 200ms * i); }
    transport.then(listing(10)).then(endless).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next());

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), 200ms + 10s);  // the client's call_timeout
}

TEST_F(AnEngine, leaves_a_member_that_drips_a_listing_for_longer_than_a_call_may_take)
{
    auto endless = Answer::head(11);
    for (auto i = 1; i != 100; ++i) { endless = endless.part("x", 200ms * i); }
    transport.then(endless).then(listing(10)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next());

    EXPECT_THAT(hosts(), ElementsAre("m0", "m1", "m1"));
    EXPECT_EQ(elapsed(), 10s);
}

TEST_F(AnEngine, leaves_a_member_that_drips_its_health)
{
    auto endless = Answer::head(11);
    for (auto i = 1; i != 100; ++i) { endless = endless.part("x", 200ms * i); }
    transport.then("/health", endless);
    transport.then(listing(10)).then(Answer::head(10)).then(Answer::head(10)).then(event(11));
    auto watched = watch();

    EXPECT_TRUE(watched.next(hour));

    EXPECT_EQ(hosts().back(), "m1");
    EXPECT_EQ(elapsed(), 2 * liveness);
}

}  // namespace
}  // namespace etcdpp::v2
