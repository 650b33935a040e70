// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/log_observer.hpp"

#include "etcdpp/http/request.hpp"
#include "tests/unit/environment/subjects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::StartsWith;
using tests::etcd_1;
using tests::etcd_2;
using tests::get;
using tests::key;
using tests::refused;

TEST(LogObserver, writes_a_failure_as_one_line)
{
    auto log = std::ostringstream{};
    LogObserver{log}.on(AttemptFailed{etcd_1, 1, 3ms, refused, 25ms});

    EXPECT_EQ(log.str(),
        "etcdpp: http://etcd-1:2379 failed attempt 1 after 3 ms: the member could not be reached: "
        "refused [effect: none]; next attempt in 25 ms\n");
}

TEST(LogObserver, writes_a_redirect_as_one_line)
{
    auto log = std::ostringstream{};
    LogObserver{log}.on(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(log.str(), "etcdpp: http://etcd-1:2379 redirected to http://etcd-2:2379\n");
}

TEST(LogObserver, is_silent_about_answers)
{
    auto log = std::ostringstream{};
    LogObserver{log}.on(AttemptAnswered{etcd_1, 1, 3ms});

    EXPECT_EQ(log.str(), "");
}

TEST(LogObserver, is_silent_about_requests)
{
    auto log = std::ostringstream{};
    LogObserver{log}.on(AttemptBegan{etcd_1, 1, RequestToPrint{get}});
    LogObserver{log}.on(WatchAsked{key, etcd_1, RequestToPrint{get}});

    EXPECT_EQ(log.str(), "");
}

TEST(LogObserver, goes_on_after_it_was_moved)
{
    auto log = std::ostringstream{};
    auto observer = LogObserver{log};
    auto moved = std::move(observer);
    moved.on(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_THAT(log.str(), StartsWith("etcdpp: http://etcd-1:2379 redirected"));
}

TEST(LogObserver, keeps_the_lines_of_several_threads_whole)
{
    auto log = std::ostringstream{};
    auto observer = LogObserver{log};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i != 4; ++i) {
            threads.emplace_back([&observer] {
                for (auto n = 0; n != 100; ++n) {
                    observer.on(Redirected{etcd_1, etcd_2, RequestToPrint{get}});
                }
            });
        }
    }
    auto lines = std::istringstream{log.str()};
    auto count = 0;
    for (auto line = std::string{}; std::getline(lines, line); ++count) {
        EXPECT_EQ(line, "etcdpp: http://etcd-1:2379 redirected to http://etcd-2:2379");
    }
    EXPECT_EQ(count, 400);
}

}  // namespace
}  // namespace etcdpp
