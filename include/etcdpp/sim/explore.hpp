// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Runs a test under thousands of fault schedules, and shrinks the one that breaks it.

#include "etcdpp/sim/chaos.hpp"
#include "etcdpp/sim/cluster.hpp"
#include "etcdpp/sim/options.hpp"
#include "etcdpp/sim/schedule.hpp"

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! What is explored.
struct Exploration {
    std::uint64_t seeds = 1000;
    std::uint64_t first_seed = 1;
    Options cluster = {};  //!< of every run; its seed is the run's
    Chaos chaos = {};
};

//! The first run that failed, with the faults that it takes.
struct Finding {
    std::uint64_t seed = 0;
    std::string words = {};  //!< what the test said, or what it threw
    Schedule schedule = {};  //!< without any of these it passes
    std::size_t drawn = 0;   //!< of how many faults they were left over
    std::string trace = {};
};

struct Explored {
    std::uint64_t runs = 0;
    std::optional<Finding> finding = {};

    //! True if nothing was found: `EXPECT_TRUE(explored) << explored`.
    explicit operator bool() const noexcept { return !finding; }
};

inline std::ostream& operator<<(std::ostream& out, Finding const& finding)
{
    out << finding.words << "\nrun it again with ETCDPP_SEED=" << finding.seed << "; of "
        << finding.drawn << " faults these matter:\n";
    for (auto const& rule : finding.schedule) { out << "  " << rule << '\n'; }
    return out << finding.trace;
}

inline std::ostream& operator<<(std::ostream& out, Explored const& explored)
{
    if (explored.finding) { return out << *explored.finding; }
    return out << explored.runs << " runs, nothing found";
}

namespace detail {

//! What a test finds wrong in a run under that schedule; empty if nothing. The faults are over, and
//! the cluster is whole again, when the time for faults is.
template <class Test>
std::string complaint(Exploration const& options, std::uint64_t seed, Schedule const& schedule,
    Test& test, std::string& trace)
{
    auto of_run = options.cluster;
    of_run.seed = seed;
    auto cluster = Cluster{of_run};
    cluster.arm(schedule);
    cluster.on(at_time(options.chaos.time)).does([&cluster] { cluster.calm(); });
    auto words = std::string{};
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Test&, Cluster&>>) {
            test(cluster);
            cluster.join();
        } else {
            words = test(cluster);
            cluster.join();
        }
    } catch (std::exception const& thrown) {
        words = thrown.what();
        if (words.empty()) { words = "an exception without words"; }
    }
    if (!words.empty()) { trace = (std::ostringstream{} << cluster.trace()).str(); }
    return words;
}

//! Takes away one fault after another, as long as the test fails all the same.
template <class Test>
void shrink(Exploration const& options, Finding& finding, Test& test)
{
    auto is_smaller = true;
    while (std::exchange(is_smaller, false)) {
        for (auto i = std::size_t{0}; i < finding.schedule.size();) {
            auto fewer = finding.schedule;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            auto trace = std::string{};
            auto words = complaint(options, finding.seed, fewer, test, trace);
            if (words.empty()) {
                ++i;
            } else {
                finding.schedule = std::move(fewer);
                finding.words = std::move(words);
                finding.trace = std::move(trace);
                is_smaller = true;
            }
        }
    }
}

}  // namespace detail

//! Calls `test(cluster)` once a seed, each time with a new cluster and other faults, until it
//! fails: it throws, or returns a std::string that is not empty. Where ETCDPP_SEED says which, only
//! that seed runs. The test must do the same whenever it meets the same.
//!
//!     auto const explored = sim::explore(1000, [](sim::Cluster& cluster) { ... });
//!     EXPECT_TRUE(explored) << explored;
template <std::invocable<Cluster&> Test>
Explored explore(Exploration const& options, Test test)
{
    auto explored = Explored{};
    auto const repeated = seed_to_repeat();
    auto const seeds = repeated ? 1 : options.seeds;
    for (auto i = std::uint64_t{0}; i != seeds; ++i) {
        auto const seed = repeated.value_or(options.first_seed + i);
        auto const dice = Dice{mixed(seed)}.fork("faults");
        auto finding = Finding{
            .seed = seed, .schedule = drawn_schedule(options.chaos, options.cluster.members, dice)};
        finding.drawn = finding.schedule.size();
        ++explored.runs;
        finding.words = detail::complaint(options, seed, finding.schedule, test, finding.trace);
        if (!finding.words.empty()) {
            detail::shrink(options, finding, test);
            explored.finding = std::move(finding);
            break;
        }
    }
    return explored;
}

template <std::invocable<Cluster&> Test>
Explored explore(std::uint64_t seeds, Test test)
{
    return explore(Exploration{.seeds = seeds}, std::move(test));
}

}  // namespace etcdpp::sim
