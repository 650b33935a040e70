// SPDX-License-Identifier: BSL-1.0

//! @file
//! Faults that a served cluster is told of, as they look on the wire, and over the control path.

#include "etcdpp_sim/control.hpp"
#include "etcdpp_sim/served_cluster.hpp"
#include "tests/served/raw_client.hpp"
#include "tests/support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using Outcome = Testimony::Outcome;

class ServedFault : public testing::Test {
protected:
    Witness witness(std::size_t member) const { return Witness{cluster.endpoints()[member].port}; }

    //! What the control path says to that.
    Testimony told(std::string const& path, std::string const& body = {})
    {
        return Witness{control.endpoint().port}.post(path, body);
    }

    //! What a client gets that writes while this goes wrong. Silence has to be short to be heard.
    Testimony writing_while(std::string const& harm, Witness::Time within = Witness::patience)
    {
        EXPECT_EQ(told("/faults", "on=nth_write(1)&do=" + harm).body, "done\n");
        return witness(0).put("/v2/keys/foo", "value=bar", within);
    }

    static std::string text_of(std::string const& page)
    {
        auto text = std::ostringstream{};
        text << std::ifstream{PROJECT "/docs/howto/" + page}.rdbuf();
        return text.str();
    }

    std::string value() const { return witness(1).get("/v2/keys/foo?quorum=true").body; }

    //! That was not carried out.
    auto has_no_effect() const { return HasSubstr("Key not found"); }
    auto has_an_effect() const { return HasSubstr("\"value\":\"bar\""); }

    examples::ServedCluster cluster;
    examples::Control control{cluster};
};

TEST_F(ServedFault, loses_a_request)
{
    EXPECT_EQ(writing_while("is_lost", 300ms).outcome, Outcome::silent);
    EXPECT_THAT(value(), has_no_effect());
}

TEST_F(ServedFault, resets_a_connection_before_the_request_is_read)
{
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=is_reset"));
    auto client = RawClient{cluster.endpoints()[0]};
    client.say("PUT /v2/keys/foo?value=bar HTTP/1.1\r\nHost: m\r\n\r\n");

    EXPECT_TRUE(client.sees_the_end());
    EXPECT_TRUE(client.was_reset());
    EXPECT_THAT(value(), has_no_effect());
}

TEST_F(ServedFault, answers_in_the_place_of_a_member)
{
    EXPECT_EQ(writing_while("is_answered(503)").status, 503);
    EXPECT_THAT(value(), has_no_effect());
}

TEST_F(ServedFault, redirects_to_the_other_members_real_port)
{
    auto const reply = writing_while("is_redirected_to(1)");

    EXPECT_EQ(reply.status, 307);
    EXPECT_THAT(reply.head,
        HasSubstr("Location: " + to_string(cluster.endpoints()[1]) + "/v2/keys/foo\r\n"));
}

TEST_F(ServedFault, loses_the_reply)
{
    EXPECT_EQ(writing_while("gets_no_reply", 300ms).outcome, Outcome::silent);
    EXPECT_THAT(value(), has_an_effect());
}

TEST_F(ServedFault, resets_a_connection_in_place_of_the_reply)
{
    EXPECT_EQ(writing_while("is_reset_after_apply").outcome, Outcome::lost);
    EXPECT_THAT(value(), has_an_effect());
}

TEST_F(ServedFault, delays_the_reply_in_real_time)
{
    EXPECT_EQ(writing_while("gets_its_reply_late(1h)", 300ms).outcome, Outcome::silent);
    EXPECT_THAT(value(), has_an_effect());

    auto const began = Clock::now();
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=is_delayed(200ms)"));
    EXPECT_EQ(witness(0).put("/v2/keys/foo", "value=late").status, 200);
    EXPECT_GE(Clock::now() - began, 200ms);
}

TEST_F(ServedFault, carries_a_request_out_twice)
{
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=arrives_twice"));
    witness(0).post("/v2/keys/queue?value=job", "");

    auto const all = witness(0).get("/v2/keys/queue?quorum=true").body;
    EXPECT_NE(all.find("job"), all.rfind("job"));
}

TEST_F(ServedFault, stalls_in_the_head_of_a_reply)
{
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=stalls_in_head"));
    auto client = RawClient{cluster.endpoints()[0]};
    client.say("PUT /v2/keys/foo?value=bar HTTP/1.1\r\nHost: m\r\n\r\n");

    EXPECT_EQ(client.hear("20"), "HTTP/1.1 20");
    EXPECT_THAT(client.hear_for(100ms), IsEmpty());
}

TEST_F(ServedFault, stalls_or_ends_in_the_body_of_a_reply)
{
    EXPECT_EQ(writing_while("stalls_in_body", 300ms).outcome, Outcome::silent);

    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=is_truncated"));
    auto client = RawClient{cluster.endpoints()[0]};
    client.say("PUT /v2/keys/foo?value=bar HTTP/1.1\r\nHost: m\r\n\r\n");
    EXPECT_TRUE(client.sees_the_end());
    EXPECT_THAT(client.hear("never said"),
        AllOf(HasSubstr("\"action\":\"set\""), Not(HasSubstr("\r\n0\r\n"))));
}

TEST_F(ServedFault, says_what_is_no_http_or_no_json)
{
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=is_no_http"));
    auto client = RawClient{cluster.endpoints()[0]};
    client.say("PUT /v2/keys/foo?value=bar HTTP/1.1\r\nHost: m\r\n\r\n");
    EXPECT_TRUE(client.sees_the_end());
    EXPECT_THAT(client.hear("never said"), Not(StartsWith("HTTP/")));

    EXPECT_THAT(writing_while("is_corrupted").body, HasSubstr("\x15"));
}

TEST_F(ServedFault, kills_the_leader_between_carrying_out_and_telling)
{
    auto const leader = cluster.leader();
    ASSERT_TRUE(leader);
    ASSERT_TRUE(cluster.befall("on=nth_write(1)&do=leader_dies_after_apply"));

    auto const reply = witness(*leader).put("/v2/keys/foo", "value=bar");

    EXPECT_NE(reply.outcome, Outcome::answered);
    EXPECT_TRUE(becomes_true(
        [&] { return witness(*leader).get("/version").outcome == Outcome::refused; }, 10s));
    EXPECT_TRUE(becomes_true([&] { return cluster.leader() && cluster.leader() != leader; }, 30s));
    auto const other = (*leader + 1) % cluster.size();
    EXPECT_THAT(witness(other).get("/v2/keys/foo?quorum=true").body, has_an_effect());
}

TEST_F(ServedFault, befalls_only_requests_to_one_member_or_of_one_key)
{
    ASSERT_TRUE(cluster.befall("on=every_write.to(1).of(/foo)&do=is_answered(500)"));

    EXPECT_EQ(witness(0).put("/v2/keys/foo", "value=1").status, 201);
    EXPECT_EQ(witness(1).put("/v2/keys/bar", "value=1").status, 201);
    EXPECT_EQ(witness(1).put("/v2/keys/foo", "value=1").status, 500);
}

TEST_F(ServedFault, befalls_a_member_at_once_and_is_over_when_all_is_calm)
{
    EXPECT_EQ(told("/members/1/kill").body, "done\n");
    EXPECT_EQ(witness(1).get("/version").outcome, Outcome::refused);
    EXPECT_EQ(told("/members/1/restart").body, "done\n");
    EXPECT_EQ(witness(1).get("/version").status, 200);

    EXPECT_EQ(told("/faults", "do=kills(0).pauses(1)\non=every_read&do=is_answered(503)\n").body,
        "done\n");
    EXPECT_EQ(witness(0).get("/version").outcome, Outcome::refused);
    EXPECT_EQ(told("/calm").body, "done\n");
    for (auto member : {0U, 1U, 2U}) { EXPECT_EQ(witness(member).get("/version").status, 200); }
}

TEST_F(ServedFault, befalls_the_leader_by_name)
{
    auto const leader = cluster.leader();
    ASSERT_TRUE(leader);

    EXPECT_EQ(told("/members/the_leader/kill").body, "done\n");

    EXPECT_EQ(witness(*leader).get("/version").outcome, Outcome::refused);
    auto const next = [&] { return Witness{control.endpoint().port}.get("/leader"); };
    EXPECT_TRUE(becomes_true([&] { return next().status == 200; }, 30s));
    EXPECT_NE(next().body, std::to_string(*leader) + '\n');
}

TEST_F(ServedFault, parts_members_from_each_other)
{
    EXPECT_EQ(told("/faults", "do=partitions({0}, {1, 2})").body, "done\n");
    EXPECT_NE(witness(0).put("/v2/keys/foo", "value=bar", 300ms).status, 201);
}

TEST_F(ServedFault, takes_a_story_as_a_form_escapes_it)
{
    EXPECT_EQ(
        told("/faults", "on=nth_write%281%29.of%28%2Ffoo%29&do=is_answered%28%20503+%29").body,
        "done\n");
    EXPECT_EQ(witness(0).put("/v2/keys/foo", "value=bar").status, 503);
}

TEST_F(ServedFault, says_which_words_there_are_to_who_uses_another)
{
    auto const harm = told("/faults", "do=frobs");
    EXPECT_EQ(harm.status, 400);
    EXPECT_THAT(harm.body, AllOf(HasSubstr("no word \"frobs\""), HasSubstr("\n  kills(member)\n")));

    auto const trigger = told("/faults", "on=often&do=is_lost");
    EXPECT_EQ(trigger.status, 400);
    EXPECT_THAT(trigger.body, HasSubstr("\n  nth_write(n)\n"));

    auto const verb = told("/members/1/tickle");
    EXPECT_EQ(verb.status, 400);
    EXPECT_THAT(verb.body, HasSubstr("kill, restart, pause, resume"));
}

TEST_F(ServedFault, says_what_is_wrong_with_a_story_and_does_nothing_of_it)
{
    auto const words = [&](std::string const& story) {
        auto const reply = told("/faults", story);
        EXPECT_EQ(reply.status, 400);
        return reply.body;
    };
    EXPECT_THAT(words("do=kills(0).frobs"), HasSubstr("frobs"));
    EXPECT_THAT(words("do=kills(0)\ndo=frobs"), HasSubstr("frobs"));
    EXPECT_THAT(words("do=kills"), HasSubstr("kills: it needs a number"));
    EXPECT_THAT(words("do=kills(7)"), HasSubstr("there is no member 7: they are numbered from 0"));
    EXPECT_THAT(words("do=kills(0, 1)"), HasSubstr("too many arguments"));
    EXPECT_THAT(words("do=kills(0"), HasSubstr("a ) is missing"));
    EXPECT_THAT(words("do=kills(0)heals"), HasSubstr("a . is missing behind kills"));
    EXPECT_THAT(words("on=nth_write(1)&do=is_delayed(soon)"), HasSubstr("500ms, 2s or 1h"));
    EXPECT_THAT(words("on=nth_write(1)&do=is_answered(100)"), HasSubstr("200 to 599"));
    EXPECT_THAT(words("do=partitions(0)"), HasSubstr("no group such as {0} or {1, 2}"));
    EXPECT_THAT(words("do=partitions({the_leader})"), HasSubstr("\"the_leader\" is no number"));
    EXPECT_THAT(words("do=makes_clock_jump(0, 100000h)"), HasSubstr("up to 10000h"));
    EXPECT_THAT(words("on=nth_write(1)"), HasSubstr("do=... is missing"));
    EXPECT_THAT(words("when=now&do=heals"), HasSubstr("there is no field \"when\""));
    EXPECT_THAT(words(""), HasSubstr("there is no story"));

    EXPECT_EQ(witness(0).get("/version").status, 200);
}

TEST_F(ServedFault, shows_what_happened_and_where_all_is)
{
    witness(0).put("/v2/keys/foo", "value=bar");
    auto const get = [&](std::string const& path) {
        return Witness{control.endpoint().port}.get(path);
    };

    EXPECT_THAT(
        get("/trace").body, AllOf(StartsWith("seed 1\n"), HasSubstr("PUT m0: /v2/keys/foo\n")));
    EXPECT_THAT(get("/endpoints").body, HasSubstr(to_string(cluster.endpoints()[2]) + '\n'));
    EXPECT_THAT(get("/").body, HasSubstr("leader_dies_after_apply"));
    EXPECT_EQ(get("/nowhere").status, 404);
    EXPECT_EQ(told("/leader").status, 404);
}

TEST_F(ServedFault, understands_every_story_of_its_page)
{
    auto const page = text_of("simulated_server.md");
    auto const story = std::regex{"-d '((?:on|do)=[^']*)'"};
    auto const begin = std::sregex_iterator{page.begin(), page.end(), story};
    EXPECT_GE(std::distance(begin, {}), 3);
    for (auto it = begin; it != std::sregex_iterator{}; ++it) {
        auto const understood = cluster.befall((*it)[1].str());
        EXPECT_TRUE(understood) << understood.error();
    }
}

//! The page's tables, and what cannot be done by who is asked only behind a connection.
TEST_F(ServedFault, has_all_words_of_the_documented_vocabulary)
{
    auto const all = text_of("test_your_service.md");
    auto const faults = all.substr(
        all.find("## Faults"), all.find("## Several") - all.find("## Faults"));
    auto const vocabulary = Witness{control.endpoint().port}.get("/").body;
    auto const left_out = std::set<std::string>{"is_refused", "hangs_in_connect", "does"};
    auto const word = std::regex{R"(`\.?([a-z_]+)\()"};
    auto seen = 0;
    for (auto it = std::sregex_iterator{faults.begin(), faults.end(), word};
        it != std::sregex_iterator{}; ++it) {
        auto const name = (*it)[1].str();
        if (left_out.contains(name)) { continue; }
        EXPECT_THAT(vocabulary, testing::ContainsRegex("  " + name + "[(\n]"));
        ++seen;
    }
    EXPECT_GE(seen, 35);
}

}  // namespace
}  // namespace etcdpp::tests
