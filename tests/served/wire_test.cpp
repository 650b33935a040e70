// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a served member says on the wire is what etcd says.

#include "etcdpp_sim/served_cluster.hpp"
#include "tests/served/raw_client.hpp"
#include "tests/support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <filesystem>
#include <string>
#include <system_error>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class ServedWire : public testing::Test {
protected:
    Endpoint endpoint(std::size_t member) const { return cluster.endpoints()[member]; }
    Witness witness(std::size_t member) const { return Witness{endpoint(member).port}; }

    //! One for each descriptor that this process has open.
    static std::size_t descriptors()
    {
        auto const all = std::filesystem::directory_iterator{"/proc/self/fd"};
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

    static std::size_t threads()
    {
        auto const all = std::filesystem::directory_iterator{"/proc/self/task"};
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

    examples::ServedCluster cluster;
};

TEST_F(ServedWire, has_the_head_of_a_long_poll_at_once_and_its_event_later)
{
    auto poll = RawClient{endpoint(0)};
    poll.say("GET /v2/keys/foo?wait=true HTTP/1.1\r\nHost: m\r\n\r\n");

    EXPECT_THAT(poll.hear("\r\n\r\n"),
        AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("X-Etcd-Index: "),
            HasSubstr("Transfer-Encoding: chunked\r\n")));

    ASSERT_EQ(witness(1).put("/v2/keys/foo", "value=bar").status, 201);
    EXPECT_THAT(poll.hear("0\r\n\r\n"), HasSubstr(R"("key":"/foo","value":"bar")"));
}

TEST_F(ServedWire, tells_a_stream_one_event_after_the_other)
{
    auto stream = RawClient{endpoint(0)};
    stream.say("GET /v2/keys/?wait=true&recursive=true&stream=true HTTP/1.1\r\nHost: m\r\n\r\n");
    stream.hear("\r\n\r\n");

    for (auto const* const value : {"one", "two", "three"}) {
        witness(1).put("/v2/keys/foo", std::string{"value="} + value);
        EXPECT_THAT(stream.hear("}}\n\r\n"), HasSubstr(std::string{"\"value\":\""} + value));
    }
}

TEST_F(ServedWire, serves_one_request_after_the_other_on_a_connection)
{
    auto client = RawClient{endpoint(0)};
    for (auto i = 0; i != 3; ++i) {
        client.say("GET /version HTTP/1.1\r\nHost: m\r\n\r\n");
        EXPECT_THAT(client.hear("}"), HasSubstr("\"etcdserver\":\"3.4.23\""));
    }
}

TEST_F(ServedWire, closes_behind_a_reply_where_the_client_asks_for_it)
{
    auto client = RawClient{endpoint(0)};
    client.say("GET /version HTTP/1.1\r\nHost: m\r\nConnection: close\r\n\r\n");

    EXPECT_THAT(client.hear("}"), HasSubstr("Connection: close\r\n"));
    EXPECT_TRUE(client.sees_the_end());
    EXPECT_FALSE(client.was_reset());
}

TEST_F(ServedWire, ends_the_event_of_an_old_client_with_the_connection)
{
    auto poll = RawClient{endpoint(0)};
    poll.say("GET /v2/keys/foo?wait=true HTTP/1.0\r\n\r\n");
    EXPECT_THAT(poll.hear("\r\n\r\n"), Not(HasSubstr("chunked")));

    witness(1).put("/v2/keys/foo", "value=bar");

    EXPECT_THAT(poll.hear("}}\n"), StartsWith("{\"action\":\"set\""));
    EXPECT_TRUE(poll.sees_the_end());
}

TEST_F(ServedWire, asks_for_the_body_that_a_client_holds_back)
{
    auto client = RawClient{endpoint(0)};
    client.say("PUT /v2/keys/foo HTTP/1.1\r\nHost: m\r\nExpect: 100-continue\r\n"
               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n");
    EXPECT_THAT(client.hear("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue\r\n"));

    client.say("value=bar");

    EXPECT_THAT(client.hear("\r\n\r\n"), StartsWith("HTTP/1.1 201 Created\r\n"));
}

TEST_F(ServedWire, takes_a_body_in_chunks_or_none_at_all)
{
    auto client = RawClient{endpoint(0)};
    client.say("PUT /v2/keys/foo HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: chunked\r\n"
               "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
               "6\r\nvalue=\r\n3\r\nbar\r\n0\r\n\r\n");
    EXPECT_THAT(client.hear("}}\n"), HasSubstr("\"value\":\"bar\""));

    client.say("PUT /v2/keys/foo?value=green HTTP/1.1\r\nHost: m\r\n\r\n");
    EXPECT_THAT(client.hear("}}\n"), HasSubstr("\"value\":\"green\""));
}

TEST_F(ServedWire, carries_a_value_of_a_mebibyte_both_ways)
{
    auto const value = std::string(1 << 20, 'x');

    ASSERT_EQ(witness(0).put("/v2/keys/big", "value=" + value).status, 201);

    EXPECT_THAT(witness(1).get("/v2/keys/big?quorum=true").body, HasSubstr(value));
}

TEST_F(ServedWire, answers_methods_that_the_api_does_not_know_as_etcd_does)
{
    auto client = RawClient{endpoint(0)};
    auto const ask = [&](std::string const& method, std::string const& path) {
        client.say(method + ' ' + path + " HTTP/1.1\r\nHost: m\r\n\r\n");
        return client.hear("\r\n\r\n");
    };

    EXPECT_THAT(ask("HEAD", "/v2/keys/"), StartsWith("HTTP/1.1 200 OK"));
    EXPECT_THAT(ask("OPTIONS", "/nowhere"),
        AllOf(StartsWith("HTTP/1.1 200 OK"), HasSubstr("Access-Control-Allow-Origin: *\r\n")));
    EXPECT_THAT(ask("PATCH", "/v2/keys/foo?wait=true"),
        AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: HEAD,GET,PUT,POST,DELETE\r\n")));
    EXPECT_EQ(client.hear("\n"), "Method Not Allowed\n");
    EXPECT_THAT(ask("PATCH", "/version"), HasSubstr("Allow: GET\r\n"));
    EXPECT_EQ(client.hear("\n"), "Method Not Allowed\n");
    EXPECT_THAT(ask("PATCH", "/nowhere"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(ServedWire, tells_where_its_members_listen)
{
    auto const machines = witness(0).get("/v2/machines").body;
    auto const members = witness(0).get("/v2/members").body;

    for (auto const& each : cluster.endpoints()) {
        EXPECT_THAT(machines, HasSubstr(to_string(each)));
        EXPECT_THAT(members, HasSubstr("\"clientURLs\":[\"" + to_string(each) + "\"]"));
    }
}

TEST_F(ServedWire, keeps_the_hours_of_the_real_world)
{
    auto const today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    auto const year = static_cast<int>(std::chrono::year_month_day{today}.year());

    auto const set = witness(0).put("/v2/keys/foo", "value=bar&ttl=60").body;

    EXPECT_THAT(set,
        testing::AnyOf(HasSubstr("\"expiration\":\"" + std::to_string(year)),
            HasSubstr("\"expiration\":\"" + std::to_string(year + 1))));
}

TEST_F(ServedWire, forgets_a_key_when_its_time_is_over)
{
    witness(0).put("/v2/keys/foo", "value=bar&ttl=1");  // index 8, the first that is free
    auto poll = RawClient{endpoint(0)};
    poll.say("GET /v2/keys/foo?wait=true&waitIndex=9 HTTP/1.1\r\nHost: m\r\n\r\n");

    EXPECT_THAT(poll.hear("0\r\n\r\n"), HasSubstr("\"action\":\"expire\""));
}

TEST_F(ServedWire, refuses_connections_of_a_dead_member_and_lets_them_in_when_it_is_back)
{
    auto const before = endpoint(1);
    auto idle = RawClient{endpoint(1)};
    auto poll = RawClient{endpoint(1)};
    poll.say("GET /v2/keys/foo?wait=true HTTP/1.1\r\nHost: m\r\n\r\n");
    poll.hear("\r\n\r\n");

    cluster.kill(1);

    EXPECT_TRUE(idle.sees_the_end());
    EXPECT_TRUE(poll.sees_the_end());
    EXPECT_EQ(witness(1).get("/version").outcome, Testimony::Outcome::refused);

    cluster.restart(1);

    EXPECT_EQ(endpoint(1), before);
    EXPECT_EQ(witness(1).get("/version").status, 200);
}

TEST_F(ServedWire, lets_clients_in_and_is_silent_while_a_member_is_paused)
{
    cluster.pause(2);
    auto client = RawClient{endpoint(2)};
    client.say("GET /version HTTP/1.1\r\nHost: m\r\n\r\n");
    EXPECT_THAT(client.hear_for(100ms), IsEmpty());

    cluster.resume(2);

    EXPECT_THAT(client.hear("}"), HasSubstr("200 OK"));
}

TEST_F(ServedWire, answers_a_client_that_has_said_all_and_closed_its_side)
{
    auto client = RawClient{endpoint(0)};
    client.say("PUT /v2/keys/foo HTTP/1.0\r\nContent-Length: 9\r\n"
               "Content-Type: application/x-www-form-urlencoded\r\n\r\nvalue=bar");
    client.finish_sending();

    EXPECT_THAT(client.hear("}}\n"), HasSubstr("\"value\":\"bar\""));
}

//! Each would keep a thread and two descriptors for ever.
TEST_F(ServedWire, leaves_no_thread_behind_for_clients_that_hang_up_on_their_watches)
{
    auto const before = descriptors();
    {
        auto polls = std::deque<RawClient>{};
        for (auto i = 0; i != 100; ++i) {
            auto& poll = polls.emplace_back(endpoint(0));
            poll.say("GET /v2/keys/foo?wait=true HTTP/1.1\r\nHost: m\r\n\r\n");
        }
        for (auto& poll : polls) { ASSERT_THAT(poll.hear("\r\n\r\n"), HasSubstr("200 OK")); }
        EXPECT_GE(threads(), 100U);
    }
    // Whoever accepts or reads takes one now and then: less than a tenth of what is looked for.
    EXPECT_TRUE(becomes_true([&] { return descriptors() <= before + 15; }, 30s))
        << descriptors() << " descriptors, and before " << before;
    EXPECT_TRUE(becomes_true(
        [&] { return witness(0).get("/v2/stats/store").body.ends_with("\"watchers\":0}"); }, 30s));
}

TEST_F(ServedWire, tells_a_hundred_watches_of_one_event)
{
    auto polls = std::deque<RawClient>{};
    for (auto i = 0; i != 100; ++i) {
        auto& poll = polls.emplace_back(endpoint(0));
        poll.say("GET /v2/keys/foo?wait=true HTTP/1.1\r\nHost: m\r\n\r\n");
    }
    for (auto& poll : polls) { ASSERT_THAT(poll.hear("\r\n\r\n"), HasSubstr("200 OK")); }

    witness(1).put("/v2/keys/foo", "value=bar");

    for (auto& poll : polls) { EXPECT_THAT(poll.hear("0\r\n\r\n"), HasSubstr("bar")); }
}

}  // namespace
}  // namespace etcdpp::tests
