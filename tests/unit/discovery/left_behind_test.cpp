// SPDX-License-Identifier: BSL-1.0

//! @file
//! What cannot be interrupted holds nobody up.

#include "etcdpp/discovery/left_behind.hpp"

#include "tests/support/matchers.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <semaphore>
#include <stop_token>
#include <string>
#include <thread>

namespace etcdpp::detail {
namespace {

using namespace std::chrono_literals;
using tests::HasEffect;
using tests::HasFault;
using tests::IsError;
using tests::IsOkAnd;

//! Holds work up until the test lets it go, and tells when the last of it is gone.
struct Hold {
    std::binary_semaphore let_go{0};
    std::binary_semaphore is_over{0};
};

//! Work that outlives the test's frame owns what it touches.
auto held_by(std::shared_ptr<Hold> const& hold)
{
    return [hold]() -> Result<std::string> {
        hold->let_go.acquire();
        hold->is_over.release();
        return "late";
    };
}

TEST(WaitOrLeaveBehind, gives_what_the_work_gives)
{
    auto const found = wait_or_leave_behind(
        [] { return Result<std::string>{"found"}; }, Deadline::never(), {});
    auto const failed = wait_or_leave_behind(
        [] { return Result<int>{unexpected(Error{Errc::not_etcd})}; }, Deadline::never(), {});

    EXPECT_THAT(found, IsOkAnd(std::string{"found"}));
    EXPECT_THAT(failed, IsError(Errc::not_etcd));
}

TEST(WaitOrLeaveBehind, works_in_another_thread)
{
    auto const here = std::this_thread::get_id();

    auto const there = wait_or_leave_behind(
        [] { return Result<std::thread::id>{std::this_thread::get_id()}; }, Deadline::never(), {});

    EXPECT_NE(*there, here);
}

TEST(WaitOrLeaveBehind, goes_on_without_it_at_the_deadline)
{
    auto const hold = std::make_shared<Hold>();

    auto const late = wait_or_leave_behind(held_by(hold), Deadline{Clock::now() + 10ms}, {});

    EXPECT_THAT(late, IsError(Errc::timed_out));
    EXPECT_THAT(late, HasFault(Fault::caller));
    EXPECT_THAT(late, HasEffect(Effect::none));
    hold->let_go.release();
    hold->is_over.acquire();
}

TEST(WaitOrLeaveBehind, goes_on_without_it_when_it_is_stopped)
{
    auto const hold = std::make_shared<Hold>();
    auto stop = std::stop_source{};
    auto const other = std::jthread{[&] { stop.request_stop(); }};

    auto const stopped = wait_or_leave_behind(held_by(hold), Deadline::never(), stop.get_token());

    EXPECT_THAT(stopped, IsError(Errc::cancelled));
    EXPECT_THAT(stopped, HasFault(Fault::caller));
    hold->let_go.release();
    hold->is_over.acquire();
}

}  // namespace
}  // namespace etcdpp::detail
