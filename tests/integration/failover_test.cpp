// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a user notices when the member in use is killed or frozen.

#include "etcdpp/environment/observed.hpp"
#include "tests/integration/caller.hpp"
#include "tests/integration/on_cluster.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <memory>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto attempt_timeout = Clock::duration{1s};
constexpr auto commit_timeout = Clock::duration{2500ms};

auto client_starting_at(
    std::size_t member, EtcdCluster const& cluster, bool repeat_overwrites = false)
{
    return Config{.endpoints = endpoints_of(cluster),
        .selector = Sticky::starting_at(member),
        .attempt_timeout = attempt_timeout,
        .commit_timeout = commit_timeout,
        .repeat_overwrites = repeat_overwrites};
}

struct Loss {
    bool of_the_leader;
    bool frozen;

    auto operator<=>(Loss const&) const = default;

    std::string name() const
    {
        return std::string{of_the_leader ? "the_leader_" : "a_follower_"}
        + (frozen ? "freezes" : "dies");
    }
};

void PrintTo(Loss const& loss, std::ostream* out)
{
    *out << loss.name();
}

//! What four users met when the member that all of them used was lost.
struct Experience {
    Clock::duration election{};  //!< from the loss until the others agreed on a leader
    Caller::Account reads = {};
    Caller::Account quorum_reads = {};
    Caller::Account writes = {};
    Caller::Account repeated_writes = {};
};

class LosingTheMemberInUse : public testing::TestWithParam<Loss> {
protected:
    //! Each loss happens once, however many tests look at it.
    static Experience const& experience()
    {
        static auto known = std::map<Loss, Experience>{};
        auto const loss = GetParam();
        if (!known.contains(loss)) {
            known[loss] = live_through(loss);
            tell(loss, known[loss]);
        }
        return known[loss];
    }

    //! The longest that a request through raft can take: until the members have a leader, and, if
    //! it was lost on its way to the old one, until its silence has passed.
    static Clock::duration longest_commit()
    {
        return std::max(experience().election, commit_timeout) + commit_timeout + slack;
    }

private:
    static Experience live_through(Loss loss)
    {
        auto& cluster = SharedCluster<3>::fresh();
        auto const leader = cluster.wait_for_leader();
        auto const member = loss.of_the_leader ? leader : (leader + 1) % 3;
        auto client = Client{client_starting_at(member, cluster)};
        auto patient = Client{client_starting_at(member, cluster, true)};
        auto const keys = v2::Keys{client};
        auto const patient_keys = v2::Keys{patient};
        keys.set("/app/mode", "blue").value();
        cluster.wait_healthy();  // a plain read from a member that lags would not find the key

        auto reader = Caller{[&] { return keys.get("/app/mode"); }};
        auto quorum_reader = Caller{[&] { return keys.get("/app/mode", {.quorum = true}); }};
        auto writer = Caller{[&] { return keys.set("/app/counter", "once"); }};
        auto patient_writer = Caller{[&] { return patient_keys.set("/app/patience", "often"); }};
        auto const users = std::array{&reader, &quorum_reader, &writer, &patient_writer};
        auto const all_succeed_again = [&] {
            return std::ranges::all_of(users, [](Caller* user) { return user->succeeds_again(); });
        };

        EXPECT_TRUE(all_succeed_again());
        auto const lost = Clock::now();
        if (loss.frozen) {
            cluster.stop(member);
        } else {
            cluster.kill(member);
        }
        cluster.wait_for_leader();
        auto const election = Clock::now() - lost;
        EXPECT_TRUE(all_succeed_again());
        return {election, reader.finish(), quorum_reader.finish(), writer.finish(),
            patient_writer.finish()};
    }

    static void tell(Loss loss, Experience const& met)
    {
        auto const line = [](char const* who, Caller::Account const& account) {
            std::cout << "    " << who << ": a gap of " << milliseconds(account.longest_gap)
                      << " ms, errors: " << account.errors.size() << '\n';
        };
        std::cout << loss.name() << ": a leader again after " << milliseconds(met.election)
                  << " ms\n";
        line("reads", met.reads);
        line("quorum reads", met.quorum_reads);
        line("writes", met.writes);
        line("repeated overwrites", met.repeated_writes);
    }
};

TEST_P(LosingTheMemberInUse, fails_no_read)
{
    EXPECT_THAT(experience().reads.errors, IsEmpty());
}

TEST_P(LosingTheMemberInUse, delays_a_read_by_one_silence_at_most)
{
    auto const bound = GetParam().frozen ? attempt_timeout + 50ms : Clock::duration{100ms};

    EXPECT_LE(milliseconds(experience().reads.longest_gap), milliseconds(bound + slack));
}

TEST_P(LosingTheMemberInUse, fails_no_quorum_read)
{
    EXPECT_THAT(experience().quorum_reads.errors, IsEmpty());
    EXPECT_LE(milliseconds(experience().quorum_reads.longest_gap), milliseconds(longest_commit()));
}

TEST_P(LosingTheMemberInUse, fails_a_write_only_by_saying_that_its_effect_is_unknown)
{
    EXPECT_THAT(experience().writes.errors,
        Each(AllOf(IsError(Errc::exhausted), HasEffect(Effect::unknown), HasFault(Fault::member))));
}

//! One is in flight when the member is lost. If that was the leader and its connections were reset,
//! the next write reaches a member that still forwards to the dead leader, and is lost with it.
TEST_P(LosingTheMemberInUse, fails_few_writes)
{
    auto const two_are_lost = GetParam() == Loss{.of_the_leader = true, .frozen = false};

    EXPECT_LE(experience().writes.errors.size(), two_are_lost ? 2U : 1U);
    EXPECT_LE(milliseconds(experience().writes.longest_gap), milliseconds(longest_commit()));
}

TEST_P(LosingTheMemberInUse, fails_no_overwrite_that_may_be_repeated)
{
    EXPECT_THAT(experience().repeated_writes.errors, IsEmpty());
    EXPECT_LE(
        milliseconds(experience().repeated_writes.longest_gap), milliseconds(longest_commit()));
}

INSTANTIATE_TEST_SUITE_P(When, LosingTheMemberInUse,
    testing::Values(Loss{true, false}, Loss{false, false}, Loss{true, true}, Loss{false, true}),
    [](auto const& each) { return each.param.name(); });

//! Remembers who answered last.
struct LastAnswer {
    std::shared_ptr<std::string> url = std::make_shared<std::string>();

    void on(Event const& event)
    {
        if (auto const* const answered = std::get_if<AttemptAnswered>(&event)) {
            *url = to_string(answered->endpoint);
        }
    }
};

class EachMember : public testing::TestWithParam<std::size_t> {
protected:
    //! The client has used the member and holds an idle connection to it.
    void SetUp() override
    {
        keys.set("/app/mode", "blue").value();
        ASSERT_EQ(*answer.url, cluster.url(GetParam()));
        cluster.wait_healthy();  // a plain read from a member that lags would not find the key
    }

    EtcdCluster& cluster = SharedCluster<3>::fresh();
    KeyWitness witness{cluster};
    LastAnswer answer;
    Client<PocoTransport, Sticky, Backoff, PocoJson, Observed<LastAnswer>> client{
        Config{.endpoints = endpoints_of(cluster),
            .selector = Sticky::starting_at(GetParam()),
            .environment = Observed{answer}}};
    v2::Keys<decltype(client)> keys{client};
};

//! The lost connection is found out before a byte is sent, so even these may go to another member.
TEST_P(EachMember, that_died_while_nobody_called_costs_a_once_only_write_nothing)
{
    cluster.kill(GetParam());
    cluster.wait_for_leader();

    auto results = std::vector<Result<v2::Response>>{};
    auto const took = time_of([&] { results.push_back(keys.create("/app/owner", "one")); });
    results.push_back(keys.create_in_order("/jobs", "first"));
    results.push_back(keys.compare_and_swap("/app/mode", "green", {.prev_value = "blue"}));
    results.push_back(keys.remove("/app/owner"));

    EXPECT_THAT(results, Each(IsOk()));
    EXPECT_LE(milliseconds(took), milliseconds(100ms + slack));
    EXPECT_NE(*answer.url, cluster.url(GetParam()));
    EXPECT_THAT(witness.values("/jobs"), SizeIs(1));
    EXPECT_EQ(witness.value("/app/mode"), "green");
}

TEST_P(EachMember, that_was_restarted_while_nobody_called_is_used_as_before)
{
    cluster.kill(GetParam());
    cluster.restart(GetParam());
    cluster.wait_healthy();

    auto const create = keys.create("/app/owner", "one");

    EXPECT_THAT(create, IsOk());
    EXPECT_EQ(*answer.url, cluster.url(GetParam()));
}

TEST_P(EachMember, that_is_frozen_costs_a_read_one_silence)
{
    cluster.stop(GetParam());

    auto get = Result<v2::Response>{};
    auto const first = time_of([&] { get = keys.get("/app/mode"); });
    auto const second = time_of([&] { keys.get("/app/mode").value(); });

    ASSERT_THAT(get, IsOk());
    EXPECT_GE(milliseconds(first), milliseconds(attempt_timeout));
    EXPECT_LE(milliseconds(first), milliseconds(attempt_timeout + 50ms + slack));
    EXPECT_LE(milliseconds(second), milliseconds(slack)) << "the client has left the frozen member";
    std::cout << "a read from a frozen member: " << milliseconds(first) << " ms\n";
}

INSTANTIATE_TEST_SUITE_P(Of, EachMember, testing::Values(0U, 1U, 2U));

}  // namespace
}  // namespace etcdpp::tests
