// SPDX-License-Identifier: BSL-1.0

//! @file
//! How long one call of next may wait.

#include "etcdpp/v2/watch_bounds.hpp"

#include "tests/support/watch_world.hpp"

#include <stop_token>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;

using TheBounds = tests::WatchWorld;

TEST_F(TheBounds, have_no_deadline_but_the_callers)
{
    EXPECT_EQ(bounds_of(client, {}).by, Deadline::never());
    EXPECT_EQ(bounds_of(client, {.timeout = 3s}).by, Deadline{world.now() + 3s});
}

TEST_F(TheBounds, are_the_clients_where_etcd_owes_a_reply)
{
    auto const bounds = bounds_of(client, {});

    EXPECT_EQ(bounds.connect, 1s);
    EXPECT_EQ(bounds.answer, 1s);
    EXPECT_EQ(bounds.commit, 2500ms);
    EXPECT_EQ(bounds.listing, 10s);
    EXPECT_EQ(bounds.event, 10s);
}

TEST_F(TheBounds, of_silence_are_the_callers_if_he_says_so)
{
    auto const bounds = bounds_of(client, {.attempt_timeout = 300ms});

    EXPECT_EQ(bounds.answer, 300ms);
    EXPECT_EQ(bounds.commit, 300ms);
}

TEST_F(TheBounds, give_a_listing_more_time_if_the_caller_has_more)
{
    EXPECT_EQ(bounds_of(client, {.timeout = 1h}).listing, 1h);
    EXPECT_EQ(bounds_of(client, {.timeout = 1h}).event, 10s);
}

TEST_F(TheBounds, give_a_listing_no_less_time_in_a_short_call)
{
    EXPECT_EQ(bounds_of(client, {.timeout = 1ms}).listing, 10s);
}

TEST_F(TheBounds, end_with_the_callers_stop)
{
    auto stop = std::stop_source{};
    auto const bounds = bounds_of(client, {.stop = stop.get_token()});

    stop.request_stop();

    EXPECT_TRUE(bounds.stop.stop_requested());
}

}  // namespace
}  // namespace etcdpp::v2
