// SPDX-License-Identifier: BSL-1.0

//! @file
//! A client that goes from member to member, and what it may show of them.

#include "etcdpp/v2/monotonic_reads.hpp"

#include "etcdpp/server/version.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/watch.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/scripted_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <type_traits>

namespace etcdpp::v2 {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;
using tests::HasFault;
using tests::HasWords;
using tests::IsError;
using tests::IsOk;

struct MonotonicReadsTest : tests::ScriptedKeys {
    MonotonicReads<AClient> monotonic{client};
    Keys<MonotonicReads<AClient>> keys{monotonic};

    http::Response found(int index) { return did("get", "/app/mode", "blue", 4, index); }

    //! Who was asked, in order.
    std::vector<Endpoint> asked() const
    {
        auto members_asked = std::vector<Endpoint>{};
        for (auto const& each : transport.sent()) { members_asked.push_back(each.endpoint); }
        return members_asked;
    }
};

TEST_F(MonotonicReadsTest, pass_on_what_is_new)
{
    transport.reply(found(9));

    auto const get = keys.get("/app/mode");

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "blue");
    EXPECT_EQ(monotonic.seen().index(), Index{9});
}

TEST_F(MonotonicReadsTest, ask_the_next_member_when_one_is_behind_what_was_read)
{
    transport.reply(found(9)).reply(found(8)).reply(found(10));
    keys.get("/app/mode").value();

    auto const get = keys.get("/app/mode");

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->index, Index{10});
    EXPECT_THAT(asked(), ElementsAre(members[0], members[0], members[1]));
}

TEST_F(MonotonicReadsTest, show_what_was_written_through_them)
{
    transport.reply(did("set", "/app/mode", "blue", 9, 9)).reply(found(8)).reply(found(9));
    keys.set("/app/mode", "blue").value();

    EXPECT_EQ(keys.get("/app/mode").value().index, Index{9});
    EXPECT_THAT(transport.sent(), SizeIs(3));
}

TEST_F(MonotonicReadsTest, do_not_believe_an_old_key_not_found)
{
    transport.reply(found(9)).reply(said_no(Errc::key_not_found, 3)).reply(found(9));
    keys.get("/app/mode").value();

    EXPECT_THAT(keys.get("/app/mode"), IsOk());
}

TEST_F(MonotonicReadsTest, believe_a_new_key_not_found_and_hold_others_to_it)
{
    transport.reply(said_no(Errc::key_not_found, 9)).reply(found(8)).reply(found(9));

    EXPECT_THAT(keys.get("/app/mode"), IsError(Condition::not_found));
    EXPECT_EQ(keys.get("/app/mode").value().index, Index{9});
}

TEST_F(MonotonicReadsTest, learn_from_a_write_that_was_turned_down)
{
    transport.reply(said_no(Errc::test_failed, 9)).reply(found(8)).reply(found(9));

    EXPECT_THAT(keys.compare_and_swap("/app/mode", "blue", {.prev_value = "red"}),
        IsError(Condition::compare_failed));
    EXPECT_EQ(keys.get("/app/mode").value().index, Index{9});
}

TEST_F(MonotonicReadsTest, hold_members_to_what_a_watch_or_another_process_has_seen)
{
    monotonic.seen().reached(Index{9});
    transport.reply(found(8)).reply(found(9));

    EXPECT_EQ(keys.get("/app/mode").value().index, Index{9});
}

TEST_F(MonotonicReadsTest, end_as_a_call_does_when_every_member_is_behind)
{
    monotonic.seen().reached(Index{9});
    transport.reply(found(8)).reply(found(7)).reply(found(6));

    auto const get = keys.get("/app/mode");

    EXPECT_THAT(get, IsError(etcdpp::Errc::exhausted));
    EXPECT_THAT(get, HasWords(HasSubstr("it shows index 6, and 9 was seen before")));
    EXPECT_THAT(get.error().attempts(),
        AllOf(SizeIs(3),
            Each(AllOf(Field(&FailedAttempt::code, make_error_code(etcdpp::Errc::stale)),
                Field(&FailedAttempt::effect, Effect::none)))));
}

TEST_F(MonotonicReadsTest, say_that_the_member_is_at_fault_and_stale)
{
    monotonic.seen().reached(Index{9});

    auto const read = Monotonic{Get{"/app/mode"}, monotonic.seen()}.read(PocoJson{}, found(8));

    EXPECT_THAT(read, IsError(Condition::stale));
    EXPECT_THAT(read, HasFault(Fault::member));
    EXPECT_EQ(read.error().status(), 200);
}

TEST_F(MonotonicReadsTest, pass_on_verdicts_that_carry_no_index)
{
    monotonic.seen().reached(Index{9});
    transport.reply(said_no(Errc::unauthorized, 0));

    EXPECT_THAT(keys.get("/app/mode"), IsError(Condition::unauthorized));
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(MonotonicReadsTest, do_not_trust_a_read_whose_age_nobody_tells)
{
    auto ageless = found(9);
    ageless.headers = {{"X-Etcd-Cluster-Id", "3cb9"}};
    monotonic.seen().reached(Index{9});
    transport.reply(ageless).reply(found(9));

    EXPECT_THAT(keys.get("/app/mode"), IsOk());
    EXPECT_THAT(transport.sent(), SizeIs(2));
}

TEST_F(MonotonicReadsTest, learn_nothing_from_a_reply_that_is_lost)
{
    transport.reply(said_no(Errc::raft_internal, 0)).fail(lost()).fail(refused());

    EXPECT_FALSE(keys.get("/app/mode"));
    EXPECT_EQ(monotonic.seen().index(), Index{0});
}

TEST_F(MonotonicReadsTest, start_over_after_a_quorum_read_that_shows_a_restored_backup)
{
    monotonic.seen().reached(Index{500});
    transport.reply(found(40)).reply(found(41));

    EXPECT_THAT(keys.get("/app/mode", {.quorum = true}), IsOk());
    EXPECT_THAT(keys.get("/app/mode"), IsOk());
    EXPECT_EQ(monotonic.seen().index(), Index{41});
}

TEST_F(MonotonicReadsTest, are_not_put_back_by_a_write_whose_reply_lost_its_index)
{
    auto ageless = did("set", "/app/mode", "blue", 9, 9);
    ageless.headers = {{"X-Etcd-Cluster-Id", "3cb9"}};
    monotonic.seen().reached(Index{9});
    transport.reply(ageless);

    EXPECT_THAT(keys.set("/app/mode", "blue"), IsOk());
    EXPECT_EQ(monotonic.seen().index(), Index{9});
}

TEST_F(MonotonicReadsTest, compare_nothing_with_another_cluster)
{
    monotonic.seen().reached(Index{9});
    transport.reply(found(9)).reply(from_etcd(200, found(2).body, 2, "d41f"));
    keys.get("/app/mode").value();

    EXPECT_EQ(keys.get("/app/mode").value().index, Index{2});
}

TEST_F(MonotonicReadsTest, read_with_quorum_where_the_client_does)
{
    auto careful = Client{
        Config{.transport = transport, .retry = OnePass{}, .environment = world, .quorum = true}};
    auto view = MonotonicReads{careful};
    transport.reply(found(9));

    Keys{view}.get("/app/mode").value();

    EXPECT_THAT(sent(), ElementsAre("GET /v2/keys/app/mode?quorum=true"));
}

TEST_F(MonotonicReadsTest, leave_operations_alone_that_are_not_about_keys)
{
    monotonic.seen().reached(Index{9});
    transport.reply(from_etcd(200, R"({"etcdserver":"3.4.23","etcdcluster":"3.4.0"})", 1));

    EXPECT_THAT(monotonic.run(GetVersion{}), IsOk());
}

TEST_F(MonotonicReadsTest, are_a_client_to_a_watch)
{
    transport.reply(found(9)).reply(did("set", "/app/mode", "green", 10, 9));

    auto const event = keys.watch("/app/mode").next({.timeout = std::chrono::seconds{1}});

    ASSERT_THAT(event, IsOk());
    EXPECT_EQ(event->node.value, "green");
}

TEST_F(MonotonicReadsTest, have_the_endpoints_of_their_client)
{
    auto const others = Endpoints::parse("http://etcd-d").value();

    EXPECT_EQ(monotonic.endpoints(), members);
    monotonic.set_endpoints(others);
    EXPECT_EQ(client.endpoints(), others);
}

TEST_F(MonotonicReadsTest, stay_where_they_are)
{
    using View = MonotonicReads<AClient>;

    static_assert(!std::is_copy_constructible_v<View> && !std::is_move_constructible_v<View>);
}

}  // namespace
}  // namespace etcdpp::v2
