// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/event.hpp"

#include "etcdpp/http/request.hpp"
#include "tests/unit/environment/subjects.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>
#include <string>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using tests::etcd_1;
using tests::etcd_2;
using tests::refused;

std::string printed(Event const& event)
{
    return (std::ostringstream{} << event).str();
}

TEST(Event, of_a_beginning_prints_where_the_attempt_goes_and_nothing_of_the_request)
{
    auto const request = http::Request{.target = "/v2/keys/secret"};

    EXPECT_EQ(printed(AttemptBegan{etcd_1, 2, RequestToPrint{request}}),
        "attempt 2 goes to http://etcd-1:2379");
}

TEST(Event, of_an_answer_prints_who_answered_which_attempt_and_how_fast)
{
    EXPECT_EQ(printed(AttemptAnswered{etcd_1, 2, 12'900us}),
        "http://etcd-1:2379 answered attempt 2 after 12 ms");
}

TEST(Event, of_a_failure_prints_the_error_and_the_pause_before_the_next_attempt)
{
    EXPECT_EQ(printed(AttemptFailed{etcd_1, 1, 3ms, refused, 25ms}),
        "http://etcd-1:2379 failed attempt 1 after 3 ms: the member could not be reached: refused "
        "[effect: none]; next attempt in 25 ms");
}

TEST(Event, of_the_last_failure_prints_that_the_call_is_over)
{
    EXPECT_EQ(printed(AttemptFailed{etcd_1, 1, 3ms, refused, std::nullopt}),
        "http://etcd-1:2379 failed attempt 1 after 3 ms: the member could not be reached: refused "
        "[effect: none]; giving up");
}

TEST(Event, of_a_redirect_prints_from_where_to_where)
{
    auto const request = http::Request{.target = "/v2/keys/secret"};

    EXPECT_EQ(printed(Redirected{etcd_1, etcd_2, RequestToPrint{request}}),
        "http://etcd-1:2379 redirected to http://etcd-2:2379");
}

TEST(Event, of_a_watch_prints_its_key_and_how_it_fares)
{
    auto const app = std::string{"/app"};
    EXPECT_EQ(printed(WatchChanged{app, WatchState::connected, etcd_1}),
        "the watch of /app connected to http://etcd-1:2379");
    EXPECT_EQ(printed(WatchChanged{app, WatchState::stalled, etcd_1, Index{7}, &refused}),
        "the watch of /app stalled at http://etcd-1:2379: the member could not be reached: refused "
        "[effect: none]");
    EXPECT_EQ(printed(WatchChanged{app, WatchState::moved, etcd_2}),
        "the watch of /app moved to http://etcd-2:2379");
    EXPECT_EQ(printed(WatchChanged{app, WatchState::resynced, etcd_2, Index{2000}}),
        "the watch of /app resynced at http://etcd-2:2379 up to index 2000");
}

TEST(Event, of_a_watchs_question_prints_who_is_asked_and_nothing_of_the_request)
{
    auto const app = std::string{"/app"};
    auto const request = http::Request{.target = "/v2/keys/app?wait=true"};

    EXPECT_EQ(printed(WatchAsked{app, etcd_1, RequestToPrint{request}}),
        "the watch of /app asks http://etcd-1:2379");
}

TEST(Event, prints_alone_as_it_does_in_the_variant)
{
    auto const event = AttemptAnswered{etcd_1, 1, 4ms};

    EXPECT_EQ((std::ostringstream{} << event).str(), printed(event));
}

TEST(Event, is_printed_on_one_line_whatever_the_server_said)
{
    auto const rude = Error{Errc::not_etcd, {.words = "404\nINFO all is well\r\n\x1b[2J"}};

    EXPECT_EQ(printed(AttemptFailed{etcd_1, 1, 3ms, rude, std::nullopt}),
        "http://etcd-1:2379 failed attempt 1 after 3 ms: the endpoint is not an etcd server: "
        "404 INFO all is well   [2J [effect: unknown]; giving up");
}

}  // namespace
}  // namespace etcdpp
