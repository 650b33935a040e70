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

auto const one_member = Endpoint{.host = "etcd-1"};
auto const another_member = Endpoint{.host = "etcd-2"};
auto const version_request = http::Request{.target = "/version"};
auto const blue_reply = http::Response{200, {{"X-Etcd-Index", "42"}}, "{\"value\":\"blue\"}"};

TEST(Recording, is_a_transport_as_the_one_it_wraps_is)
{
    static_assert(check_transport<Recording<ScriptedTransport>>());
    static_assert(check_transport<Recording<Recording<ScriptedTransport>>>());
    static_assert(std::same_as<Recording<ScriptedTransport>::Inner, ScriptedTransport>);
}

TEST(Recording, passes_each_request_on_and_each_reply_back)
{
    auto script = ScriptedTransport{};
    script.reply(blue_reply);
    auto recording = Recording{script};

    EXPECT_THAT(
        recording.send(another_member, version_request, {.silence = 3s}), IsOkAnd(blue_reply));
    ASSERT_THAT(script.sent(), SizeIs(1));
    EXPECT_EQ(script.sent()[0].endpoint, another_member);
    EXPECT_EQ(script.sent()[0].request, version_request);
    EXPECT_EQ(script.sent()[0].limits.silence, 3s);
}

TEST(Recording, keeps_each_request_with_its_reply)
{
    auto script = ScriptedTransport{};
    script.reply(blue_reply).fail(Error{Errc::timed_out, {.words = "silence"}});
    auto recording = Recording{script};
    static_cast<void>(recording.send(one_member, version_request, {}));
    static_cast<void>(recording.send(another_member, {.target = "/health"}, {}));

    auto const transcript = recording.transcript();
    ASSERT_THAT(transcript, SizeIs(2));
    EXPECT_EQ(transcript[0].endpoint, one_member);
    EXPECT_EQ(transcript[0].request, version_request);
    EXPECT_THAT(transcript[0].reply, IsOkAnd(blue_reply));
    EXPECT_EQ(transcript[1].endpoint, another_member);
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
    static_cast<void>(given.send(one_member, version_request, {}));

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
                    static_cast<void>(given.send(one_member, version_request, {}));
                }
            });
        }
    }
    EXPECT_THAT(recording.transcript(), SizeIs(400));
}

}  // namespace
}  // namespace etcdpp
