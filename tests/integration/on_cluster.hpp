// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What most tests on real members begin with.

#include "etcdpp/etcdpp.hpp"
#include "tests/support/key_witness.hpp"
#include "tests/support/matchers.hpp"
#include "tests/support/shared_cluster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace etcdpp::tests {

inline Endpoints endpoints_of(EtcdCluster const& cluster)
{
    return Endpoints::parse(cluster.url_list()).value();
}

inline long long milliseconds(Clock::duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

//! How much later than it should a thread may run on a small machine that is busy.
inline constexpr auto slack = std::chrono::milliseconds{400};

//! How long an action took.
template <class Action>
Clock::duration time_of(Action&& action)
{
    auto const began = Clock::now();
    action();
    return Clock::now() - began;
}

//! A healthy cluster of three without keys, a client of a first program, and a judge.
class OnCluster : public testing::Test {
protected:
    EtcdCluster& cluster = SharedCluster<3>::fresh();
    KeyWitness witness{cluster};
    Client<> client{Config{.endpoints = endpoints_of(cluster)}};
    v2::Keys<Client<>> keys{client};
};

//! A follower is frozen before anything is sent to it: the system takes the bytes on its behalf,
//! and the member will read them when it goes on.
class AtAFrozenMember : public testing::Test {
protected:
    AtAFrozenMember()
    {
        index_before = v2::Keys{client}.set("/app/mode", "white").value().index;
        cluster.stop(frozen);
    }

    //! Shorter than an election takes: the frozen follower misses nothing else.
    CallOptions const impatient{.attempt_timeout = std::chrono::milliseconds{200}};

    EtcdCluster& cluster = SharedCluster<3>::fresh();
    KeyWitness witness{cluster};
    std::size_t frozen = (cluster.wait_for_leader() + 1) % 3;
    Client<> client{
        Config{.endpoints = endpoints_of(cluster), .selector = Sticky::starting_at(frozen)}};
    Index index_before;
};

//! Anything that can be said to etcd's keys, also what the library's own operations refuse.
struct Raw {
    using Reply = v2::Response;

    http::Method method = http::Method::get;
    std::string target;
    std::string form = {};

    Result<http::Request> encode() const
    {
        auto request = http::Request{.method = method, .target = target, .body = form};
        request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        return request;
    }

    Result<v2::Response> read(auto const& codec, http::Response const& response) const
    {
        return v2::wire::read_keys(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

}  // namespace etcdpp::tests
