// SPDX-License-Identifier: BSL-1.0

//! @file
//! Many watches in one wait: over a scripted cluster, in virtual time.

#include "etcdpp/v2/watch_set.hpp"

#include "tests/support/watch_world.hpp"

#include <algorithm>
#include <stop_token>
#include <string>
#include <vector>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::SizeIs;
using tests::Answer;
using tests::event_text;

class AWatchSet : public tests::WatchWorld {
protected:
    //! Two watches, of /app/mode and of /app/size, of which each has its listing, and the first its
    //! poll.
    void begin_both(Answer first_poll, Answer second_poll)
    {
        transport.then("/v2/keys/app/mode", listing(10)).then("/v2/keys/app/size", listing(10));
        transport.then("/v2/keys/app/mode", std::move(first_poll));
        transport.then("/v2/keys/app/size", std::move(second_poll));
        set.add(keys.watch("/app/mode"));
        set.add(keys.watch("/app/size"));
    }

    WatchSet<TestClient> set{client};
};

TEST_F(AWatchSet, numbers_its_watches)
{
    EXPECT_EQ(set.add(keys.watch("/app/mode")), 0U);
    EXPECT_EQ(set.add(keys.watch("/app/size")), 1U);

    EXPECT_EQ(set.size(), 2U);
    EXPECT_EQ(set[1].key(), "/app/size");
}

TEST_F(AWatchSet, names_the_watch_whose_event_came_first)
{
    begin_both(Answer::head(10).body(event_text(12, "/app/mode"), 2s),
        Answer::head(10).body(event_text(11, "/app/size"), 1s));

    auto const got = set.next_any(hour).value();

    EXPECT_EQ(got.which, 1U);
    EXPECT_EQ(got.event.value().node.key, "/app/size");
    EXPECT_EQ(elapsed(), 1s);
}

TEST_F(AWatchSet, waits_for_all_at_once)
{
    begin_both(Answer::head(10).body(event_text(12, "/app/mode"), 2s),
        Answer::head(10).body(event_text(11, "/app/size"), 1s));

    EXPECT_EQ(set.next_any(hour).value().event.value().index, Index{11});
    transport.then(Answer::head(11));
    EXPECT_EQ(set.next_any(hour).value().event.value().index, Index{12});

    EXPECT_EQ(elapsed(), 2s);
}

TEST_F(AWatchSet, serves_its_watches_in_turn)
{
    begin_both(event(11), event(11));
    for (auto index = std::uint64_t{12}; index != 40; ++index) {
        for (auto const* const key : {"/app/mode", "/app/size"}) {
            transport.then(
                "/v2/keys" + std::string{key}, Answer::head(index).body(event_text(index, key)));
        }
    }
    auto served = std::vector<int>{0, 0};

    for (auto time = 0; time != 10; ++time) { ++served[set.next_any(hour).value().which]; }

    EXPECT_THAT(served, testing::Each(testing::Ge(3)));
}

TEST_F(AWatchSet, proves_the_life_of_each_poll)
{
    begin_both(Answer::head(10), Answer::head(10));
    transport.then(healthy()).then(Answer::head(10)).then(Answer::head(10));

    EXPECT_FALSE(set.next_any({.timeout = liveness + 1s}));

    EXPECT_THAT(transport.sent(), SizeIs(7));
    EXPECT_EQ(transport.open(), 2);
}

TEST_F(AWatchSet, proves_the_life_of_a_silent_poll_while_another_never_ceases_to_have_news)
{
    begin_both(event(11), Answer::head(10));
    for (auto index = std::uint64_t{12}; index != 40; ++index) { transport.then(event(index)); }
    transport.then("/health", healthy());
    transport.then("/v2/keys/app/size", Answer::head(10));

    for (auto seconds = 0; seconds != 8; ++seconds) {
        EXPECT_TRUE(set.next_any(hour));
        world.pass(1s);
    }

    EXPECT_THAT(transport.targets(), Contains("/v2/keys/app/size?wait=true&waitIndex=11").Times(2));
}

TEST_F(AWatchSet, tells_whose_request_was_turned_down)
{
    transport.then(Answer::reply({.status = 404, .body = "404 page not found\n"}))
        .then(listing(10));
    set.add(keys.watch("/app/mode"));
    set.add(keys.watch("/app/size"));

    auto const got = set.next_any(hour).value();

    EXPECT_EQ(got.which, 0U);
    EXPECT_EQ(got.event.error(), make_error_code(etcdpp::Errc::v2_disabled));
}

TEST_F(AWatchSet, tells_whose_key_is_bad)
{
    set.add(keys.watch("/app/\xff"));

    auto const got = set.next_any(hour).value();

    EXPECT_EQ(got.which, 0U);
    EXPECT_EQ(got.event.error(), make_error_code(etcdpp::Errc::invalid_argument));
}

TEST_F(AWatchSet, refuses_to_wait_for_nothing)
{
    EXPECT_EQ(set.next_any().error(), make_error_code(etcdpp::Errc::invalid_argument));
}

TEST_F(AWatchSet, goes_on_where_it_was_after_its_time_was_up)
{
    begin_both(Answer::head(10).body(event_text(11), 3s), Answer::head(10));

    EXPECT_EQ(set.next_any({.timeout = 1s}).error(), Condition::timed_out);
    EXPECT_EQ(elapsed(), 1s);

    EXPECT_TRUE(set.next_any(hour).value().event);
    EXPECT_THAT(transport.sent(), SizeIs(4));
}

TEST_F(AWatchSet, is_cancelled_by_a_stop)
{
    begin_both(Answer::head(10), Answer::head(10));
    auto stop = std::stop_source{};
    transport.at(2s, [&] { stop.request_stop(); });

    EXPECT_EQ(set.next_any({.stop = stop.get_token()}).error(), Condition::cancelled);

    EXPECT_EQ(elapsed(), 2s);
}

TEST_F(AWatchSet, rests_while_no_member_answers)
{
    set.add(keys.watch("/app/mode"));

    EXPECT_EQ(set.next_any({.timeout = 10s}).error(), Condition::timed_out);

    EXPECT_EQ(elapsed(), 10s);
}

// A member out of reach

TEST_F(AWatchSet, hands_over_an_event_between_two_connections)
{
    begin_both(Answer::head(10).body(event_text(11, "/app/mode"), 1s), Answer::head(10));
    EXPECT_TRUE(set.next_any(hour).value().event);
    transport.then("/v2/keys/app/mode", Answer::head(11).body(event_text(12, "/app/mode"), 1ms));
    for (auto const* const key : {"/app/one", "/app/two", "/app/three"}) {
        set.add(keys.watch(key));
        transport.then("/v2/keys" + std::string{key}, Answer::refused(1s));
    }

    EXPECT_EQ(set.next_any(hour).value().which, 0U);

    EXPECT_LE(elapsed(), 2s);
}

TEST_F(AWatchSet, leaves_a_member_out_of_reach_with_all_its_watches_after_one_connection)
{
    for (auto const* const key : {"/app/one", "/app/two", "/app/three", "/app/four"}) {
        set.add(keys.watch(key));
        auto const path = "/v2/keys" + std::string{key};
        transport.then(path, listing(10)).then(path, Answer::head(10));
        transport.then(path, Answer::head(10)).then(path, Answer::head(10));
    }
    transport.then("/health", Answer::refused(1s, etcdpp::Errc::timed_out));
    transport.then("/health", healthy());

    EXPECT_FALSE(set.next_any({.timeout = liveness + 2s}));

    EXPECT_EQ(transport.open(), 4);
    auto const to_m0 = std::ranges::count(hosts(), "m0");
    EXPECT_EQ(to_m0, 4 * 2 + 1);
    EXPECT_THAT(hosts(), Contains("m1").Times(4));
}

}  // namespace
}  // namespace etcdpp::v2
