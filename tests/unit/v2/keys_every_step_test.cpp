// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each operation on keys, with each of its exchanges broken in each way: what must hold in all.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/testing/failing_at_every_step.hpp"
#include "etcdpp/v2/keys.hpp"
#include "tests/support/scripted_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using mocks::Breakdown;
using mocks::BrokenRun;
using mocks::failing_at_every_step;
using testing::SizeIs;

http::Response const mode_was_set{200, {{"X-Etcd-Cluster-Id", "3cb9"}, {"X-Etcd-Index", "8"}},
    R"({"action":"set","node":{"key":"/app/mode","value":"blue"}})"};
http::Response const elsewhere{307, {{"Location", "http://etcd-leader:2379/v2/keys/app/mode"}}};

auto three_members(ScriptedTransport const& transport)
{
    auto endpoints =
        Endpoints::parse("http://etcd-a:2379,http://etcd-b:2379,http://etcd-c:2379").value();
    return Config{.endpoints = std::move(endpoints),
        .transport = transport,
        .selector = RoundRobin{},
        .retry = OnePass{},
        .environment = tests::ScriptedWorld{}};
}

template <class Op>
auto over_three_members(Op const& op, CallOptions const& options = {})
{
    return [=](ScriptedTransport const& transport) {
        auto client = Client{three_members(transport)};
        return client.run(op, options);
    };
}

//! With a redirect in between, an attempt begins with the first exchange again.
template <class Run, class Check>
void breaking_all(Run const& run, Check const& check)
{
    failing_at_every_step({mode_was_set}, run, check);
    failing_at_every_step(
        {elsewhere, mode_was_set}, run, check, [](std::size_t) { return std::size_t{0}; });
}

void succeeds(BrokenRun const&, Result<Response> const& result)
{
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result->node.value, "blue");
}

//! After a refusal the request is repeated; after all else it was sent once, and that is said.
void is_not_repeated_unless_refused(BrokenRun const& run, Result<Response> const& result)
{
    if (run.breakdown == Breakdown::refused) { return succeeds(run, result); }
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().effect(), Effect::unknown);
    EXPECT_THAT(run.transport.sent(), SizeIs(run.step + 1));
    EXPECT_THAT(result.error().attempts(), SizeIs(1));
    EXPECT_EQ(result.error(),
        make_error_code(run.breakdown == Breakdown::garbage ? etcdpp::Errc::not_etcd
                                                            : etcdpp::Errc::exhausted));
}

TEST(EveryStep, of_a_read_is_repeated_at_another_member)
{
    breaking_all(over_three_members(Get{"/app/mode"}), succeeds);
    breaking_all(over_three_members(Get{"/app/mode", {.quorum = true}}), succeeds);
}

TEST(EveryStep, of_an_overwrite_is_repeated_only_after_a_refusal)
{
    breaking_all(over_three_members(Set{"/app/mode", "blue"}), is_not_repeated_unless_refused);
    breaking_all(over_three_members(Update{"/app/mode", "blue"}), is_not_repeated_unless_refused);
    breaking_all(over_three_members(Refresh{"/app/mode", 60s}), is_not_repeated_unless_refused);
}

TEST(EveryStep, of_an_overwrite_is_repeated_if_the_caller_allows_it)
{
    auto const allowed = CallOptions{.repeat_overwrites = true};

    breaking_all(over_three_members(Set{"/app/mode", "blue"}, allowed), succeeds);
    breaking_all(over_three_members(Update{"/app/mode", "blue"}, allowed), succeeds);
    breaking_all(over_three_members(Refresh{"/app/mode", 60s}, allowed), succeeds);
}

template <class Op>
struct OnceOnly : testing::Test {};

//! A value of each operation that must not be carried out twice.
template <class Op>
Op sample()
{
    auto op = Op{};
    if constexpr (requires { op.compare; }) { op.compare.prev_index = Index{7}; }
    return op;
}

using OnceOnlyOperations =
    testing::Types<Create, CreateInOrder, MakeDir, CompareAndSwap, Remove, CompareAndRemove>;
TYPED_TEST_SUITE(OnceOnly, OnceOnlyOperations, );

TYPED_TEST(OnceOnly, is_repeated_only_after_a_refusal)
{
    breaking_all(over_three_members(sample<TypeParam>()), is_not_repeated_unless_refused);
}

TYPED_TEST(OnceOnly, is_repeated_only_after_a_refusal_even_if_overwrites_may_be)
{
    breaking_all(over_three_members(sample<TypeParam>(), {.repeat_overwrites = true}),
        is_not_repeated_unless_refused);
}

}  // namespace
}  // namespace etcdpp::v2
