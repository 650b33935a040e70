// SPDX-License-Identifier: BSL-1.0

//! @file
//! Counters on real members: many at once, with replies that are lost and copies that come late.

#include "etcdpp/v2/replace.hpp"

#include "etcdpp/v2/resolver.hpp"
#include "tests/integration/on_cluster.hpp"
#include "tests/support/losing_transport.hpp"

#include <atomic>
#include <thread>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;

std::string one_more(v2::Node const& now)
{
    return std::to_string(std::stoi(now.value) + 1);
}

using Replace = OnCluster;

TEST_F(Replace, counts_every_step_of_four_threads_once)
{
    keys.set("/app/count", "0").value();
    auto failed = std::atomic{0};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto thread = 0; thread != 4; ++thread) {
            threads.emplace_back([&] {
                for (auto step = 0; step != 25; ++step) {
                    failed += keys.replace("/app/count", one_more, {}, {.timeout = 60s}) ? 0 : 1;
                }
            });
        }
    }

    EXPECT_EQ(failed, 0);
    EXPECT_EQ(witness.value("/app/count"), "100");
}

//! Each fifth reply to a write is lost, though the write was carried out or turned down.
TEST_F(Replace, knows_every_step_of_four_threads_whose_values_are_unique)
{
    keys.set("/app/log", "").value();
    auto failed = std::atomic{0};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto thread = 0; thread != 4; ++thread) {
            threads.emplace_back([&, thread] {
                auto transport = LosingTransport<PocoTransport>{};
                auto losing = Client{
                    Config{.endpoints = endpoints_of(cluster), .transport = transport}};
                auto resolver = v2::Resolver{losing};
                for (auto step = 0; step != 10; ++step) {
                    if (step % 5 == 0) { transport.lose(1); }
                    auto const mine = std::to_string(thread) + '.' + std::to_string(step) + ' ';
                    auto const replaced = v2::Keys{resolver}.replace("/app/log",
                        [&](v2::Node const& now) { return now.value + mine; }, {},
                        {.timeout = 60s});
                    failed += replaced ? 0 : 1;
                }
            });
        }
    }

    EXPECT_EQ(failed, 0);
    auto const log = witness.value("/app/log").value();
    for (auto thread = 0; thread != 4; ++thread) {
        for (auto step = 0; step != 10; ++step) {
            auto const mine = std::to_string(thread) + '.' + std::to_string(step) + ' ';
            auto const at = log.find(mine);
            EXPECT_NE(at, std::string::npos) << mine << "was lost";
            EXPECT_EQ(log.find(mine, at + 1), std::string::npos) << mine << "is there twice";
        }
    }
}

//! The first copy waits in a frozen member; the second is carried out elsewhere.
TEST_F(Replace, is_not_undone_by_a_copy_that_comes_late)
{
    keys.set("/app/count", "5").value();
    auto const frozen = (cluster.wait_for_leader() + 1) % 3;
    auto stubborn = Client{
        Config{.endpoints = endpoints_of(cluster), .selector = Sticky::starting_at(frozen)}};
    auto asked = 0;

    auto const replaced = v2::Keys{stubborn}.replace("/app/count",
        [&](v2::Node const& now) {
            ++asked;
            cluster.stop(frozen);
            return one_more(now);
        },
        {}, {.attempt_timeout = 200ms});
    v2::Keys{stubborn}.set("/app/count", "50").value();
    cluster.cont(frozen);
    cluster.wait_healthy();
    ASSERT_EQ(cluster.witness(frozen).put("/v2/keys/app/last", "value=x").status / 100, 2);

    ASSERT_THAT(replaced, IsOk());
    EXPECT_EQ(replaced->node.value, "6");
    EXPECT_EQ(asked, 1) << "the same swap was sent again";
    EXPECT_EQ(witness.value("/app/count"), "50");
}

}  // namespace
}  // namespace etcdpp::tests
