// SPDX-License-Identifier: BSL-1.0

//! @file
//! Calls end when their bounds say so, although every member hangs.

#include "etcdpp/environment/observed.hpp"
#include "tests/integration/on_cluster.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/unread_bytes.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <iostream>
#include <memory>
#include <stop_token>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::IsEmpty;

//! All members are frozen while these tests run: they accept connections and say nothing.
class AllMembersHang : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        auto& cluster = SharedCluster<3>::fresh();
        for (auto i = std::size_t{0}; i < cluster.size(); ++i) { cluster.stop(i); }
    }

    static void TearDownTestSuite() { SharedCluster<3>::get().heal(); }

    struct Timed {
        Result<v2::Response> result = {};
        Clock::duration took{};
    };

    template <class Call>
    static Timed timed(Call call)
    {
        auto answer = Timed{};
        answer.took = time_of([&] { answer.result = call(); });
        return answer;
    }

    static void expect_about(Clock::duration took, Clock::duration bound)
    {
        EXPECT_GE(milliseconds(took), milliseconds(bound));
        EXPECT_LE(milliseconds(took), milliseconds(bound + 50ms + slack));
        std::cout << "    bound " << milliseconds(bound) << " ms, took " << milliseconds(took)
                  << " ms\n";
    }

    bool request_lies_unread() const
    {
        auto const members = endpoints_of(cluster);
        return std::ranges::any_of(
            members, [](auto const& each) { return has_unread_bytes(each.port); });
    }

    EtcdCluster& cluster = SharedCluster<3>::get();
    Client<> client{Config{.endpoints = endpoints_of(cluster)}};
    v2::Keys<Client<>> keys{client};
};

TEST_F(AllMembersHang, but_a_read_ends_with_its_time)
{
    auto const get = timed([&] { return keys.get("/app/mode", {}, {.timeout = 250ms}); });

    EXPECT_THAT(get.result, IsError(Errc::timed_out));
    EXPECT_THAT(get.result, IsError(Condition::timed_out));
    EXPECT_THAT(get.result, HasFault(Fault::caller));
    EXPECT_THAT(get.result, HasEffect(Effect::none));
    expect_about(get.took, 250ms);
}

TEST_F(AllMembersHang, but_a_write_ends_with_its_time)
{
    auto const set = timed([&] { return keys.set("/app/mode", "blue", {}, {.timeout = 250ms}); });

    EXPECT_THAT(set.result, IsError(Errc::timed_out));
    EXPECT_THAT(set.result, HasEffect(Effect::unknown));
    expect_about(set.took, 250ms);
}

TEST_F(AllMembersHang, but_a_write_of_much_patience_ends_with_one_silence)
{
    auto const set = timed(
        [&] { return keys.set("/app/mode", "blue", {}, {.attempt_timeout = 150ms}); });

    EXPECT_THAT(set.result, IsError(Errc::exhausted));
    EXPECT_THAT(set.result, HasEffect(Effect::unknown));
    expect_about(set.took, 150ms);
}

TEST_F(AllMembersHang, and_the_error_of_a_read_names_each_of_them)
{
    auto const options = CallOptions{.timeout = 700ms, .attempt_timeout = 100ms};

    auto const get = timed([&] { return keys.get("/app/mode", {}, options); });

    ASSERT_THAT(get.result, IsError(Errc::timed_out));
    auto const& attempts = get.result.error().attempts();
    for (auto const& endpoint : endpoints_of(cluster)) {
        EXPECT_THAT(attempts, Contains(Field(&FailedAttempt::endpoint, endpoint)));
    }
    EXPECT_THAT(attempts, Each(Field(&FailedAttempt::code, make_error_code(Errc::timed_out))));
    EXPECT_LE(milliseconds(get.took), milliseconds(700ms + 50ms + slack));
}

TEST_F(AllMembersHang, but_a_call_without_time_sends_nothing)
{
    auto const create = timed(
        [&] { return keys.create("/app/owner", "one", {}, {.timeout = 0ms}); });

    EXPECT_THAT(create.result, IsError(Errc::timed_out));
    EXPECT_THAT(create.result, HasEffect(Effect::none));
    EXPECT_THAT(create.result.error().attempts(), IsEmpty());
}

TEST_F(AllMembersHang, but_another_thread_can_end_the_wait)
{
    auto stop = std::stop_source{};
    auto set = std::async(std::launch::async, [&] {
        return keys.set("/app/mode", "blue", {},
            {.timeout = 60s, .stop = stop.get_token(), .attempt_timeout = 60s});
    });
    ASSERT_TRUE(becomes_true([&] { return request_lies_unread(); }, 20s));

    auto const took = time_of([&] {
        stop.request_stop();
        set.wait();
    });

    auto const result = set.get();
    EXPECT_THAT(result, IsError(Errc::cancelled));
    EXPECT_THAT(result, HasEffect(Effect::unknown));
    EXPECT_THAT(result, HasFault(Fault::caller));
    EXPECT_LE(milliseconds(took), milliseconds(50ms + slack));
    std::cout << "    cancelled after " << milliseconds(took) << " ms\n";
}

TEST_F(AllMembersHang, but_a_call_that_was_cancelled_before_sends_nothing)
{
    auto stop = std::stop_source{};
    stop.request_stop();

    auto const create = keys.create("/app/owner", "one", {}, {.stop = stop.get_token()});

    EXPECT_THAT(create, IsError(Errc::cancelled));
    EXPECT_THAT(create, HasEffect(Effect::none));
    EXPECT_THAT(create.error().attempts(), IsEmpty());
}

//! Pauses for a minute after each failure.
struct Patient {
    struct State {
        Pause next(Failure const&, std::uint64_t) const { return 1min; }
    };

    State begin() const { return {}; }
};

//! Tells that an attempt failed, and so that the pause behind it begins.
struct FailureFlag {
    std::shared_ptr<std::atomic<bool>> raised = std::make_shared<std::atomic<bool>>(false);

    void on(Event const& event)
    {
        *raised = *raised || std::holds_alternative<AttemptFailed>(event);
    }
};

TEST(APause, is_ended_by_another_thread)
{
    auto const nobody = FreePort{};
    auto const failed = FailureFlag{};
    auto client = Client{
        Config{.endpoints =
                   Endpoints::parse("http://127.0.0.1:" + std::to_string(nobody.number())).value(),
            .retry = Patient{},
            .environment = Observed{failed}}};
    auto stop = std::stop_source{};
    auto get = std::async(std::launch::async, [&] {
        return v2::Keys{client}.get("/app/mode", {}, {.timeout = 10min, .stop = stop.get_token()});
    });
    ASSERT_TRUE(becomes_true([&] { return failed.raised->load(); }, 20s));

    auto const took = time_of([&] {
        stop.request_stop();
        get.wait();
    });

    EXPECT_THAT(get.get(), IsError(Errc::cancelled));
    EXPECT_LE(milliseconds(took), milliseconds(50ms + slack));
}

}  // namespace
}  // namespace etcdpp::tests
