// SPDX-License-Identifier: BSL-1.0

//! @file
//! A cluster that lost its majority, or all its members.

#include "tests/integration/on_cluster.hpp"
#include "tests/support/unread_bytes.hpp"

#include <algorithm>
#include <functional>
#include <future>
#include <sstream>
#include <thread>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::SizeIs;

//! Two of three members are dead while these tests run; none of them changes that.
class LostQuorum : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        auto& cluster = SharedCluster<3>::fresh();
        ASSERT_EQ(cluster.witness(0).put("/v2/keys/app/mode", "value=blue").status, 201);
        cluster.wait_healthy();
        cluster.kill(0);
        cluster.kill(2);
        patient_set() = std::async(std::launch::async, [endpoints = endpoints_of(cluster)] {
            auto patient = Client{Config{.endpoints = endpoints}};
            return v2::Keys{patient}.set(
                "/app/mode", "green", {}, {.timeout = 20s, .attempt_timeout = 20s});
        });
    }

    static void TearDownTestSuite()
    {
        SharedCluster<3>::get().heal();
        patient_set() = {};
    }

    //! What it is told takes longer than the other tests together: it waits beside them.
    static std::future<Result<v2::Response>>& patient_set()
    {
        static auto set = std::future<Result<v2::Response>>{};
        return set;
    }

    CallOptions const patience{.timeout = 1500ms, .attempt_timeout = 400ms};

    EtcdCluster& cluster = SharedCluster<3>::get();
    Endpoint survivor = Endpoint::parse(cluster.url(1)).value();
    Client<> client{Config{.endpoints = endpoints_of(cluster)}};
    v2::Keys<Client<>> keys{client};
};

TEST_F(LostQuorum, still_answers_plain_reads)
{
    auto get = Result<v2::Response>{};
    auto const took = time_of([&] { get = keys.get("/app/mode"); });

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "blue");
    EXPECT_LE(milliseconds(took), milliseconds(slack));
}

TEST_F(LostQuorum, lets_a_plain_read_be_plain_although_the_client_wants_a_quorum)
{
    auto careful = Client{Config{.endpoints = endpoints_of(cluster), .quorum = true}};

    EXPECT_THAT(v2::Keys{careful}.get("/app/mode", {.quorum = false}), IsOk());
    EXPECT_FALSE(v2::Keys{careful}.get("/app/mode", {}, patience));
}

TEST_F(LostQuorum, ends_a_quorum_read_in_time)
{
    auto get = Result<v2::Response>{};
    auto const took = time_of([&] { get = keys.get("/app/mode", {.quorum = true}, patience); });

    EXPECT_THAT(get, IsError(Errc::timed_out));
    EXPECT_THAT(get, HasEffect(Effect::none));
    EXPECT_LE(milliseconds(took), milliseconds(*patience.timeout + 50ms + slack));
    EXPECT_THAT(get.error().attempts(),
        Contains(AllOf(Field(&FailedAttempt::endpoint, survivor),
            Field(&FailedAttempt::code, make_error_code(Errc::timed_out)))));
}

TEST_F(LostQuorum, ends_a_quorum_read_after_one_pass_if_that_is_the_policy)
{
    auto hasty = Client{Config{.endpoints = endpoints_of(cluster), .retry = OnePass{}}};

    auto const get = v2::Keys{hasty}.get("/app/mode", {.quorum = true}, patience);

    EXPECT_THAT(get, IsError(Errc::exhausted));
    EXPECT_THAT(get, HasEffect(Effect::none));
    EXPECT_THAT(get.error().attempts(), SizeIs(3));
}

TEST_F(LostQuorum, ends_writes_in_time_and_does_not_know_their_effect)
{
    for (auto const& write : std::vector<std::function<Result<v2::Response>()>>{
             [&] { return keys.set("/app/mode", "green", {}, patience); },
             [&] { return keys.create("/app/owner", "one", {}, patience); },
             [&] { return keys.create_in_order("/jobs", "first", {}, patience); },
             [&] { return keys.remove("/app/mode", {}, patience); },
         }) {
        auto result = Result<v2::Response>{};
        auto const took = time_of([&] { result = write(); });

        EXPECT_THAT(result, IsError(Errc::exhausted));
        EXPECT_THAT(result, HasEffect(Effect::unknown));
        EXPECT_LE(milliseconds(took), milliseconds(*patience.attempt_timeout + 50ms + slack));
    }
}

TEST_F(LostQuorum, times_an_overwrite_out_that_may_be_repeated)
{
    auto options = patience;
    options.repeat_overwrites = true;

    auto const set = keys.set("/app/mode", "green", {}, options);

    EXPECT_THAT(set, IsError(Errc::timed_out));
    EXPECT_THAT(set, HasEffect(Effect::unknown));
    EXPECT_THAT(set, HasFault(Fault::caller));
}

//! etcd gives a write up after 7 s, by its default settings, and may still carry it out.
TEST_F(LostQuorum, is_told_by_the_member_itself_to_those_who_wait_for_it)
{
    auto const set = patient_set().get();

    EXPECT_THAT(set, IsError(Errc::exhausted));
    EXPECT_THAT(set, HasEffect(Effect::unknown));
    EXPECT_THAT(set, HasWords(HasSubstr("etcdserver: request timed out")));
    EXPECT_EQ(set.error().status(), 500);
    EXPECT_THAT(set.error().attempts(),
        Contains(AllOf(Field(&FailedAttempt::endpoint, survivor),
            Field(&FailedAttempt::code, make_error_code(v2::Errc::raft_internal)))));
}

//! All members are dead while these tests run.
class AllMembersDown : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        auto& cluster = SharedCluster<3>::fresh();
        for (auto i = std::size_t{0}; i < cluster.size(); ++i) { cluster.kill(i); }
    }

    static void TearDownTestSuite() { SharedCluster<3>::get().heal(); }

    void expect_every_member_in(Error const& error)
    {
        auto text = std::ostringstream{};
        text << error;
        for (auto const& endpoint : endpoints_of(cluster)) {
            EXPECT_THAT(error.attempts(), Contains(Field(&FailedAttempt::endpoint, endpoint)));
            EXPECT_THAT(text.str(), HasSubstr(to_string(endpoint)));
        }
        EXPECT_THAT(error.attempts(),
            Each(AllOf(Field(&FailedAttempt::code, make_error_code(Errc::unreachable)),
                Field(&FailedAttempt::effect, Effect::none),
                Field(&FailedAttempt::words, HasSubstr("connection refused")))));
    }

    EtcdCluster& cluster = SharedCluster<3>::get();
    Client<> client{Config{.endpoints = endpoints_of(cluster)}};
    v2::Keys<Client<>> keys{client};
};

TEST_F(AllMembersDown, give_one_error_that_lists_every_member_and_why)
{
    auto create = Result<v2::Response>{};
    auto const took = time_of([&] { create = keys.create("/app/owner", "one"); });

    EXPECT_THAT(create, IsError(Errc::exhausted));
    EXPECT_THAT(create, IsError(Condition::unavailable));
    EXPECT_THAT(create, HasEffect(Effect::none));
    EXPECT_THAT(create, HasFault(Fault::member));
    expect_every_member_in(create.error());
    EXPECT_LE(milliseconds(took), milliseconds(2500ms + slack)) << "nobody is home";
}

TEST_F(AllMembersDown, are_asked_once_each_if_that_is_the_policy)
{
    auto hasty = Client{Config{.endpoints = endpoints_of(cluster), .retry = OnePass{}}};

    auto set = Result<v2::Response>{};
    auto const took = time_of([&] { set = v2::Keys{hasty}.set("/app/mode", "blue"); });

    EXPECT_THAT(set, IsError(Errc::exhausted));
    EXPECT_THAT(set, HasEffect(Effect::none));
    EXPECT_THAT(set.error().attempts(), SizeIs(3));
    expect_every_member_in(set.error());
    EXPECT_LE(milliseconds(took), milliseconds(slack));
}

TEST_F(AllMembersDown, are_a_time_out_for_a_caller_with_less_patience)
{
    auto get = Result<v2::Response>{};
    auto const took = time_of([&] { get = keys.get("/app/mode", {}, {.timeout = 300ms}); });

    EXPECT_THAT(get, IsError(Errc::timed_out));
    expect_every_member_in(get.error());
    EXPECT_LE(milliseconds(took), milliseconds(300ms + 50ms + slack));
}

using MembersBack = OnCluster;

TEST_F(MembersBack, are_used_by_the_same_client)
{
    keys.set("/app/mode", "blue").value();
    for (auto i = std::size_t{0}; i < cluster.size(); ++i) { cluster.kill(i); }
    ASSERT_FALSE(keys.get("/app/mode", {}, {.timeout = 200ms}));

    cluster.heal();

    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
    EXPECT_THAT(keys.create("/app/owner", "one"), IsOk());
}

TEST_F(MembersBack, settle_a_call_that_began_while_none_was_there)
{
    keys.set("/app/mode", "blue").value();
    for (auto i = std::size_t{0}; i < cluster.size(); ++i) { cluster.stop(i); }
    auto healer = std::jthread{[&] {
        auto const waits = [](Endpoint const& member) { return has_unread_bytes(member.port); };
        becomes_true([&] { return std::ranges::any_of(endpoints_of(cluster), waits); }, 5s);
        cluster.heal();
    }};

    auto const get = keys.get("/app/mode", {.quorum = true});

    ASSERT_THAT(get, IsOk());
    EXPECT_EQ(get->node.value, "blue");
}

}  // namespace
}  // namespace etcdpp::tests
