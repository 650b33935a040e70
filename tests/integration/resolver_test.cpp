// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a resolver finds out on real members, and what it leaves open because a copy comes late.

#include "etcdpp/v2/resolver.hpp"

#include "tests/integration/on_cluster.hpp"
#include "tests/support/losing_transport.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using v2::Fate;

//! Writes wait in the socket of the frozen member until it goes on. The reading goes elsewhere.
class ResolverAtAFrozenMember : public AtAFrozenMember {
protected:
    //! Returns when the member has answered a request that was sent after all others: those have
    //! met their fate then, or are about to.
    void thaw()
    {
        cluster.cont(frozen);
        cluster.wait_healthy();
        ASSERT_EQ(cluster.witness(frozen).put("/v2/keys/app/last", "value=x").status / 100, 2);
    }

    template <class Op>
    bool becomes(Op const& op, Fate fate)
    {
        return becomes_true([&] { return resolver.resolve(op, index_before)->fate == fate; }, 20s);
    }

    v2::Resolver<Client<>> resolver{client};
    v2::Keys<v2::Resolver<Client<>>> keys{resolver};
    v2::Keys<Client<>> others{client};
};

TEST_F(ResolverAtAFrozenMember, leaves_a_create_open_and_recognises_it_later)
{
    auto const create = v2::Create{.key = "/app/owner", .value = "me"};
    auto const created = resolver.run(create, impatient);

    EXPECT_THAT(created, HasEffect(Effect::unknown));
    EXPECT_THAT(created, HasWords(HasSubstr("its fate is: unknown")));
    EXPECT_EQ(resolver.resolve(create, index_before)->fate, Fate::not_so_far);

    thaw();

    EXPECT_TRUE(becomes(create, Fate::carried_out));
    EXPECT_EQ(witness.value("/app/owner"), "me");
}

//! While another's key stands there, the create cannot be carried out. Then it goes, and it can.
TEST_F(ResolverAtAFrozenMember, never_promises_that_a_late_create_will_not_come)
{
    auto const create = v2::Create{.key = "/app/mode", .value = "me"};

    EXPECT_THAT(resolver.run(create, impatient), HasEffect(Effect::unknown));
    EXPECT_EQ(resolver.resolve(create, index_before)->fate, Fate::not_so_far);

    others.remove("/app/mode").value();
    thaw();

    EXPECT_TRUE(becomes_true([&] { return witness.value("/app/mode") == "me"; }, 20s));
}

TEST_F(ResolverAtAFrozenMember, leaves_a_swap_open_while_its_index_stands)
{
    auto const swap = v2::CompareAndSwap{
        .key = "/app/mode", .value = "mine", .compare = {.prev_index = index_before}};

    EXPECT_THAT(resolver.run(swap, impatient), HasEffect(Effect::unknown));
    EXPECT_EQ(resolver.resolve(swap)->fate, Fate::not_so_far);

    thaw();

    EXPECT_TRUE(becomes(swap, Fate::carried_out));
}

TEST_F(ResolverAtAFrozenMember, knows_that_a_swap_is_over_once_another_write_came_first)
{
    auto const swap = v2::CompareAndSwap{
        .key = "/app/mode", .value = "mine", .compare = {.prev_index = index_before}};
    EXPECT_THAT(resolver.run(swap, impatient), HasEffect(Effect::unknown));

    others.set("/app/mode", "theirs").value();
    EXPECT_EQ(resolver.resolve(swap)->fate, Fate::never);
    thaw();

    EXPECT_EQ(witness.value("/app/mode"), "theirs") << "the late copy was turned down";
    EXPECT_EQ(resolver.resolve(swap)->fate, Fate::never);
}

TEST_F(ResolverAtAFrozenMember, leaves_a_create_in_order_open_and_finds_it_later)
{
    auto const create = v2::CreateInOrder{.dir = "/queue", .value = "job of mine"};
    EXPECT_THAT(resolver.run(create, impatient), HasEffect(Effect::unknown));

    thaw();

    ASSERT_TRUE(becomes(create, Fate::carried_out));
    EXPECT_EQ(witness.value(resolver.resolve(create)->reply.node.key), "job of mine");
}

//! Every write is carried out, and the replies of some are lost.
class ResolverAfterALostReply : public testing::Test {
protected:
    using Losing = LosingTransport<PocoTransport>;

    EtcdCluster& cluster = SharedCluster<3>::fresh();
    KeyWitness witness{cluster};
    Losing transport;
    Client<Losing> client{Config{.endpoints = endpoints_of(cluster), .transport = transport}};
    v2::Resolver<Client<Losing>> resolver{client};
    v2::Keys<v2::Resolver<Client<Losing>>> keys{resolver};
    v2::Keys<Client<Losing>> others{client};
};

TEST_F(ResolverAfterALostReply, makes_each_of_the_three_a_success)
{
    transport.lose(1);
    auto const created = keys.create("/app/owner", "me");
    transport.lose(1);
    auto const in_order = keys.create_in_order("/queue", "job of mine");
    transport.lose(1);
    auto const swapped = keys.compare_and_swap("/app/owner", "me too", {.prev_value = "me"});

    EXPECT_THAT(created, IsOk());
    ASSERT_THAT(in_order, IsOk());
    EXPECT_EQ(witness.value(in_order->node.key), "job of mine");
    ASSERT_THAT(swapped, IsOk());
    EXPECT_EQ(swapped->action, v2::Action::compare_and_swap);
    EXPECT_EQ(witness.value("/app/owner"), "me too");
}

TEST_F(ResolverAfterALostReply, gives_the_reply_that_was_lost_from_the_history)
{
    auto const index = keys.set("/app/mode", "old").value().node.modified_index;
    auto const swap = v2::CompareAndSwap{
        .key = "/app/mode", .value = "mine", .compare = {.prev_index = index}};
    transport.lose(1);
    std::ignore = client.run(swap);
    others.set("/app/mode", "theirs").value();
    others.remove("/app/mode").value();

    auto const found = resolver.resolve(swap);

    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->fate, Fate::carried_out);
    EXPECT_EQ(found->reply.node.value, "mine");
    EXPECT_EQ(found->reply.prev_node->value, "old");
}

TEST_F(ResolverAfterALostReply, says_that_a_swap_was_turned_down_although_nobody_heard)
{
    auto const index = keys.set("/app/mode", "old").value().node.modified_index;
    others.set("/app/mode", "theirs").value();
    transport.lose(1);

    auto const swapped = keys.compare_and_swap("/app/mode", "mine", {.prev_index = index});

    EXPECT_THAT(swapped, IsError(Condition::compare_failed));
    EXPECT_THAT(swapped, HasEffect(Effect::none));
}

TEST_F(ResolverAfterALostReply, does_not_wait_for_ever_where_a_node_was_only_refreshed)
{
    auto const index = keys.set("/app/lock", "old", {.ttl = 60s}).value().node.modified_index;
    others.refresh("/app/lock", 60s).value();

    auto const found = resolver.resolve(
        v2::CompareAndSwap{.key = "/app/lock", .value = "mine", .compare = {.prev_index = index}},
        {}, {.attempt_timeout = 300ms});

    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->fate, Fate::unknown);
}

TEST_F(ResolverAfterALostReply, knows_less_where_etcd_has_forgotten_the_history)
{
    auto const index = keys.set("/app/mode", "old").value().node.modified_index;
    auto const swap = v2::CompareAndSwap{
        .key = "/app/mode", .value = "mine", .compare = {.prev_index = index}};
    transport.lose(1);
    std::ignore = client.run(swap);
    others.set("/app/mode", "theirs").value();
    for (auto i = 0; i != 1001; ++i) { others.set("/app/other", std::to_string(i)).value(); }

    EXPECT_EQ(resolver.resolve(swap)->fate, Fate::unknown);
}

}  // namespace
}  // namespace etcdpp::tests
