// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/failing_at_every_step.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <utility>
#include <vector>

namespace etcdpp::mocks {
namespace {

//! A call of two exchanges that stops where one brings no 200.
Result<http::Response> two_gets(ScriptedTransport transport)
{
    auto reply = Result<http::Response>{};
    for (auto i = 0; i != 2; ++i) {
        reply = transport.send({}, {}, {});
        if (!reply || reply->status != 200) { return reply; }
    }
    return reply;
}

std::vector<http::Response> const two_replies{{.status = 200}, {.status = 200}};

TEST(FailingAtEveryStep, breaks_each_exchange_in_each_way)
{
    auto runs = std::vector<std::pair<std::size_t, Breakdown>>{};
    failing_at_every_step(two_replies, two_gets,
        [&](BrokenRun const& run, auto const&) { runs.emplace_back(run.step, run.breakdown); });

    auto expected = std::vector<std::pair<std::size_t, Breakdown>>{};
    for (auto step = std::size_t{0}; step != 2; ++step) {
        for (auto const each : breakdowns) { expected.emplace_back(step, each); }
    }
    EXPECT_EQ(runs, expected);
}

TEST(FailingAtEveryStep, hands_over_what_the_call_came_to_and_what_it_sent)
{
    failing_at_every_step(two_replies, two_gets, [](BrokenRun const& run, auto const& result) {
        if (run.breakdown != Breakdown::lost) { return; }
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().effect(), Effect::unknown);
        EXPECT_EQ(run.transport.sent().size(), run.step + 1);
    });
}

void run_a_call_that_fails_in_peace()
{
    failing_at_every_step({{.status = 200}}, two_gets, [](auto const&, auto const&) {});
}

TEST(FailingAtEveryStep, refuses_a_call_that_fails_in_peace)
{
    EXPECT_FATAL_FAILURE(run_a_call_that_fails_in_peace(), "although no exchange does");
}

void run_a_call_that_leaves_a_reply_over()
{
    failing_at_every_step({{.status = 200}, {.status = 200}, {.status = 200}}, two_gets,
        [](auto const&, auto const&) {});
}

TEST(FailingAtEveryStep, refuses_a_script_that_is_not_used_up)
{
    EXPECT_FATAL_FAILURE(run_a_call_that_leaves_a_reply_over(), "leaves replies over");
}

}  // namespace
}  // namespace etcdpp::mocks
