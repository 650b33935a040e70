// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Runs a call once in peace, then once for each of its exchanges and each way that one can break.

#include "etcdpp/testing/replies.hpp"
#include "etcdpp/transport/scripted.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string_view>
#include <vector>

namespace etcdpp::mocks {

//! How an exchange breaks: what a transport says, or what a sick member answers.
enum class Breakdown : std::uint8_t {
    refused,       //!< no connection: the member cannot have acted
    lost,          //!< the connection broke behind the request
    silent,        //!< no byte within the silence bound
    raft_timeout,  //!< 500 with errorCode 300: may commit later (WIRE section 7)
    garbage,       //!< 200 with a page that no etcd makes
};

inline constexpr auto breakdowns = std::array{Breakdown::refused, Breakdown::lost,
    Breakdown::silent, Breakdown::raft_timeout, Breakdown::garbage};

constexpr std::string_view name(Breakdown breakdown) noexcept
{
    switch (breakdown) {
    case Breakdown::refused: return "refused";
    case Breakdown::lost: return "lost";
    case Breakdown::silent: return "silent";
    case Breakdown::raft_timeout: return "answered 500/300";
    case Breakdown::garbage: return "answered with garbage";
    }
    return "broken";
}

inline std::ostream& operator<<(std::ostream& out, Breakdown breakdown)
{
    return out << name(breakdown);
}

//! What the member under it makes of a request.
inline Result<http::Response> broken_reply(Breakdown breakdown)
{
    switch (breakdown) {
    case Breakdown::refused: return refused();
    case Breakdown::lost: return lost();
    case Breakdown::silent: return silent();
    case Breakdown::raft_timeout:
        return etcd_error(v2::Errc::raft_internal, "etcdserver: request timed out");
    case Breakdown::garbage: break;
    }
    return http::Response{200, {{"Content-Type", "text/html"}}, "<html>Please log in</html>"};
}

//! One run, for the invariants to judge.
struct BrokenRun {
    Breakdown breakdown;
    std::size_t step;             //!< which exchange broke, from 0
    ScriptedTransport transport;  //!< whose `sent()` is what the call sent
};

//! Runs `run(transport)` over a script of `replies`, which must succeed and use them all up. Then
//! again, breaking one exchange: behind the breakdown the script goes on with the reply at which,
//! says `begins_again(step)`, a repeated attempt begins. `check(run, result)` judges each of these.
template <class Run, class Check, class BeginsAgain>
void failing_at_every_step(std::vector<http::Response> const& replies, Run const& run,
    Check const& check, BeginsAgain const& begins_again)
{
    auto whole = ScriptedTransport{};
    for (auto const& reply : replies) { whole.reply(reply); }
    auto const success = run(whole);
    ASSERT_TRUE(success) << "the call fails although no exchange does: " << success.error();
    ASSERT_EQ(whole.left(), 0U) << "the call leaves replies over";

    for (auto step = std::size_t{0}; step != replies.size(); ++step) {
        for (auto const breakdown : breakdowns) {
            SCOPED_TRACE(testing::Message() << "exchange " << step + 1 << ' ' << breakdown);
            auto broken = BrokenRun{breakdown, step, {}};
            for (auto i = std::size_t{0}; i != step; ++i) { broken.transport.reply(replies[i]); }
            broken.transport.then(broken_reply(breakdown));
            for (auto i = begins_again(step); i < replies.size(); ++i) {
                broken.transport.reply(replies[i]);
            }
            check(broken, run(broken.transport));
        }
    }
}

//! The same for a call each of whose exchanges is repeated by itself.
template <class Run, class Check>
void failing_at_every_step(
    std::vector<http::Response> const& replies, Run const& run, Check const& check)
{
    failing_at_every_step(replies, run, check, [](std::size_t step) { return step; });
}

}  // namespace etcdpp::mocks
