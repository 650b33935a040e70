// SPDX-License-Identifier: BSL-1.0

//! @file
//! Counters on a network that loses replies and delivers requests late, against a store that knows.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/v2/replace.hpp"
#include "etcdpp/v2/resolver.hpp"
#include "tests/support/model_store.hpp"
#include "tests/support/scripted_world.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {
namespace {

std::string const counter = "/app/count";

int number(std::string const& value)
{
    return std::stoi(value.substr(0, value.find('-')));
}

//! Knows the three requests of a replacement. A swap can be lost before the store or behind it, or
//! wait, and be carried out while somebody else is served. Others write in between.
class UnreliableStore {
public:
    UnreliableStore(tests::ScriptedWorld world, std::uint64_t seed)
        : shared_{std::make_shared<Shared>(std::move(world), seed)}
    {
        shared_->store.set(counter, "0");
    }

    Result<http::Response> send(Endpoint const&, http::Request const& request, Limits const&)
    {
        auto& [world, chance, store, late, others] = *shared_;
        world.pass(std::chrono::milliseconds{10});
        if (one_in(4)) { deliver_late(); }
        if (one_in(6)) { write_as_another(); }
        auto const& target = request.target;
        if (target.find("wait=true") != std::string::npos) {
            auto const from = Index{std::stoull(target.substr(target.rfind('=') + 1))};
            auto const event = store.event({counter}, from);
            return event ? replied(200, text(*event)) : lost();
        }
        if (request.method == http::Method::get) {
            return replied(200, text({.node = *store.list({counter}).node}));
        }
        if (one_in(5)) { return lost(); }
        if (one_in(5)) {
            late.push_back(request);
            return lost();
        }
        auto const done = carry_out(request);
        if (one_in(5)) { return lost(); }
        return done
            ? replied(200,
                  text({.action = Action::compare_and_swap, .node = *store.list({counter}).node}))
            : replied(412, R"({"errorCode":101,"message":"Compare failed"})");
    }

    //! All that waited is carried out, as by members that go on. @returns the counter then
    int settle()
    {
        while (!shared_->late.empty()) { deliver_late(); }
        return number(shared_->store.list({counter}).node->value);
    }

    int by_others() const { return shared_->others; }

private:
    struct Shared {
        Shared(tests::ScriptedWorld its_world, std::uint64_t seed)
            : world{std::move(its_world)}, chance{seed}
        {
        }

        tests::ScriptedWorld world;
        std::mt19937_64 chance;
        tests::ModelStore store;
        std::vector<http::Request> late = {};
        int others = 0;
    };

    bool one_in(unsigned n) { return shared_->chance() % n == 0; }

    bool carry_out(http::Request const& swap)
    {
        auto const index = std::stoull(swap.target.substr(swap.target.rfind('=') + 1));
        auto const value = swap.body.substr(swap.body.find('=') + 1);
        return shared_->store.compare_and_swap(counter, value, {.prev_index = Index{index}});
    }

    void deliver_late()
    {
        auto& late = shared_->late;
        if (late.empty()) { return; }
        auto const which = late.begin()
            + static_cast<std::ptrdiff_t>(shared_->chance() % late.size());
        carry_out(*which);
        late.erase(which);
    }

    //! Another counter steps, in one piece, by a swap as ours are: its value may be one of ours.
    void write_as_another()
    {
        auto const now = *shared_->store.list({counter}).node;
        shared_->store.compare_and_swap(
            counter, std::to_string(number(now.value) + 1), {.prev_index = now.modified_index});
        ++shared_->others;
    }

    static std::string text(Response const& response)
    {
        auto const index = [](Index each) {
            return std::to_string(static_cast<std::uint64_t>(each));
        };
        return R"({"action":")"
            + std::string{response.action == Action::get ? "get" : "compareAndSwap"}
        + R"(","node":{"key":")" + counter + R"(","value":")" + response.node.value
            + R"(","modifiedIndex":)" + index(response.node.modified_index) + R"(,"createdIndex":)"
            + index(response.node.created_index) + "}}";
    }

    Result<http::Response> replied(int status, std::string body) const
    {
        auto const now = std::to_string(static_cast<std::uint64_t>(shared_->store.index()));
        return http::Response{status, {{"X-Etcd-Cluster-Id", "3cb9"}, {"X-Etcd-Index", now}}, body};
    }

    static Result<http::Response> lost()
    {
        return unexpected(Error{etcdpp::Errc::unreachable, {.effect = Effect::unknown}});
    }

    std::shared_ptr<Shared> shared_;
};

struct Tally {
    int acknowledged = 0;
    int unknown = 0;
};

template <class Keys, class Change>
Tally count_up(Keys const& keys, int times, Change change)
{
    auto tally = Tally{};
    for (auto i = 0; i != times; ++i) {
        auto const replaced = keys.replace(counter, change);
        if (replaced) { ++tally.acknowledged; }
        if (!replaced && replaced.error().effect() != Effect::none) { ++tally.unknown; }
    }
    return tally;
}

auto client_on(UnreliableStore const& store, tests::ScriptedWorld const& world)
{
    return Config{.endpoints = Endpoints::parse("http://m0,http://m1,http://m2").value(),
        .transport = store,
        .selector = RoundRobin{},
        .retry = Backoff{},
        .codec = PocoJson{},
        .environment = world};
}

TEST(ReplaceModel, loses_no_step_and_takes_none_twice)
{
    auto unknown = 0;
    for (auto seed = std::uint64_t{1}; seed <= 300; ++seed) {
        auto const world = tests::ScriptedWorld{};
        auto store = UnreliableStore{world, seed};
        auto client = Client{client_on(store, world)};

        auto const tally = count_up(Keys{client}, 20,
            [](Node const& now) { return std::to_string(number(now.value) + 1); });

        auto const ours = store.settle() - store.by_others();
        EXPECT_GE(ours, tally.acknowledged) << "a step was lost, seed " << seed;
        EXPECT_LE(ours, tally.acknowledged + tally.unknown) << "one was made twice, seed " << seed;
        unknown += tally.unknown;
    }
    EXPECT_GT(unknown, 0) << "nothing was lost: is the store unreliable?";
}

//! Each value names its writer and its step, so whose it is can be told.
TEST(ReplaceModel, knows_every_step_where_values_are_unique)
{
    auto unknown = 0;
    for (auto seed = std::uint64_t{1}; seed <= 300; ++seed) {
        auto const world = tests::ScriptedWorld{};
        auto store = UnreliableStore{world, seed};
        auto client = Client{client_on(store, world)};
        auto resolver = Resolver{client};
        auto step = 0;

        auto const tally = count_up(Keys{resolver}, 20, [&](Node const& now) {
            return std::to_string(number(now.value) + 1) + "-mine-" + std::to_string(++step);
        });

        EXPECT_EQ(store.settle() - store.by_others(), tally.acknowledged) << "seed " << seed;
        unknown += tally.unknown;
    }
    EXPECT_EQ(unknown, 0);
}

}  // namespace
}  // namespace etcdpp::v2
