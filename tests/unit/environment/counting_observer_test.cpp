// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/counting_observer.hpp"

#include "etcdpp/environment/observed.hpp"
#include "tests/unit/environment/subjects.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using tests::etcd_1;
using tests::etcd_2;
using tests::get;
using tests::refused;

TEST(CountingObserver, begins_at_zero)
{
    auto const counts = CountingObserver{};

    EXPECT_EQ(counts.answered(), 0U);
    EXPECT_EQ(counts.failed(), 0U);
    EXPECT_EQ(counts.retried(), 0U);
    EXPECT_EQ(counts.redirected(), 0U);
}

TEST(CountingObserver, counts_answers_failures_and_redirects_apart)
{
    auto counts = CountingObserver{};
    counts.on(AttemptAnswered{etcd_1, 1, 1ms});
    counts.on(AttemptAnswered{etcd_1, 1, 1ms});
    counts.on(AttemptAnswered{etcd_1, 1, 1ms});
    counts.on(AttemptFailed{etcd_1, 1, 1ms, refused, std::nullopt});
    counts.on(AttemptFailed{etcd_1, 1, 1ms, refused, std::nullopt});
    counts.on(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(counts.answered(), 3U);
    EXPECT_EQ(counts.failed(), 2U);
    EXPECT_EQ(counts.redirected(), 1U);
}

TEST(CountingObserver, counts_as_retried_what_failed_and_is_tried_again)
{
    auto counts = CountingObserver{};
    counts.on(AttemptFailed{etcd_1, 1, 1ms, refused, 0ms});
    counts.on(AttemptFailed{etcd_2, 2, 1ms, refused, 25ms});
    counts.on(AttemptFailed{etcd_1, 3, 1ms, refused, std::nullopt});

    EXPECT_EQ(counts.failed(), 3U);
    EXPECT_EQ(counts.retried(), 2U);
}

TEST(CountingObserver, shares_its_counters_with_its_copies)
{
    auto const counts = CountingObserver{};
    auto environment = Observed{counts};
    environment.notify(AttemptAnswered{etcd_1, 1, 1ms});

    EXPECT_EQ(counts.answered(), 1U);
}

TEST(CountingObserver, loses_no_event_of_several_threads)
{
    auto counts = CountingObserver{};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i != 4; ++i) {
            threads.emplace_back([counts]() mutable {
                for (auto n = 0; n != 1000; ++n) {
                    counts.on(AttemptFailed{etcd_1, 1, 1ms, refused, 0ms});
                }
            });
        }
    }
    EXPECT_EQ(counts.failed(), 4000U);
    EXPECT_EQ(counts.retried(), 4000U);
}

}  // namespace
}  // namespace etcdpp
