// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/transport/recording.hpp"

#include "etcdpp/transport/scripted.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <thread>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::IsEmpty;
using testing::SizeIs;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

auto const etcd_1 = Endpoint{.host = "etcd-1"};
auto const etcd_2 = Endpoint{.host = "etcd-2"};
auto const version = http::Request{.target = "/version"};
auto const blue = http::Response{200, {{"X-Etcd-Index", "42"}}, "{\"value\":\"blue\"}"};

TEST(Recording, is_a_transport_as_the_one_it_wraps_is)
{
    static_assert(check_transport<Recording<ScriptedTransport>>());
    static_assert(check_transport<Recording<Recording<ScriptedTransport>>>());
    static_assert(std::same_as<Recording<ScriptedTransport>::Inner, ScriptedTransport>);
}

TEST(Recording, passes_each_request_on_and_each_reply_back)
{
    auto script = ScriptedTransport{};
    script.reply(blue);
    auto recording = Recording{script};

    EXPECT_THAT(recording.send(etcd_2, version, {.silence = 3s}), IsOkAnd(blue));
    ASSERT_THAT(script.sent(), SizeIs(1));
    EXPECT_EQ(script.sent()[0].endpoint, etcd_2);
    EXPECT_EQ(script.sent()[0].request, version);
    EXPECT_EQ(script.sent()[0].limits.silence, 3s);
}

TEST(Recording, keeps_each_request_with_its_reply)
{
    auto script = ScriptedTransport{};
    script.reply(blue).fail(Error{Errc::timed_out, {.words = "silence"}});
    auto recording = Recording{script};
    static_cast<void>(recording.send(etcd_1, version, {}));
    static_cast<void>(recording.send(etcd_2, {.target = "/health"}, {}));

    auto const transcript = recording.transcript();
    ASSERT_THAT(transcript, SizeIs(2));
    EXPECT_EQ(transcript[0].endpoint, etcd_1);
    EXPECT_EQ(transcript[0].request, version);
    EXPECT_THAT(transcript[0].reply, IsOkAnd(blue));
    EXPECT_EQ(transcript[1].endpoint, etcd_2);
    EXPECT_EQ(transcript[1].request.target, "/health");
    EXPECT_THAT(transcript[1].reply, AllOf(IsError(Errc::timed_out), HasWords("silence")));
}

TEST(Recording, begins_with_an_empty_transcript)
{
    EXPECT_THAT(Recording<ScriptedTransport>{}.transcript(), IsEmpty());
}

TEST(Recording, shares_its_transcript_with_its_copies)
{
    auto const kept = Recording{ScriptedTransport{}};
    auto given = kept;
    static_cast<void>(given.send(etcd_1, version, {}));

    EXPECT_THAT(kept.transcript(), SizeIs(1));
}

TEST(Recording, misses_no_request_of_several_threads)
{
    auto const recording = Recording{ScriptedTransport{}};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i != 4; ++i) {
            threads.emplace_back([given = recording]() mutable {
                for (auto n = 0; n != 100; ++n) {
                    static_cast<void>(given.send(etcd_1, version, {}));
                }
            });
        }
    }
    EXPECT_THAT(recording.transcript(), SizeIs(400));
}

}  // namespace
}  // namespace etcdpp
