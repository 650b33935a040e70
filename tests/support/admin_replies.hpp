// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Replies about members, users, roles and statistics, as etcd and as strangers give them.

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace etcdpp::tests {

inline http::Response from_etcd(int status, std::string body = {})
{
    return {.status = status,
        .headers = {{"Content-Type", "application/json"},
            {"X-Etcd-Cluster-Id", "dfd396ec7b4c7b9e"}},
        .body = std::move(body)};
}

//! Statistics, "401", and whoever is no etcd, name no cluster.
inline http::Response without_cluster(int status, std::string body = {})
{
    return {.status = status,
        .headers = {{"Content-Type", "application/json"}},
        .body = std::move(body)};
}

//! What an operation sends.
template <class Op>
http::Request request(Op const& op)
{
    return request_of(op, PocoJson{}).value();
}

//! Why an operation is not sent; empty if it is.
template <class Op>
std::string refusal(Op const& op)
{
    auto const encoded = request_of(op, PocoJson{});
    if (encoded) { return {}; }
    EXPECT_EQ(encoded.error(), Errc::invalid_argument);
    return encoded.error().words();
}

inline http::Request with_json(http::Method method, std::string target, std::string body)
{
    return {.method = method,
        .target = std::move(target),
        .headers = {{"Content-Type", "application/json"}},
        .body = std::move(body)};
}

inline http::Request put(std::string target, std::string json)
{
    return with_json(http::Method::put, std::move(target), std::move(json));
}

//! The same with a password in it.
inline http::Request put_in_secret(std::string target, std::string json)
{
    auto request = put(std::move(target), std::move(json));
    request.is_confidential = true;
    return request;
}

//! What an operation makes of a reply.
template <class Op>
Result<typename Op::Reply> reply(Op const& op, http::Response const& response)
{
    return op.read(PocoJson{}, response);
}

//! Its error; fails, and invents one, if there is none.
template <class Op>
Error error(Op const& op, http::Response const& response)
{
    auto result = reply(op, response);
    EXPECT_FALSE(result) << response;
    return result ? Error{Errc::cancelled} : std::move(result).error();
}

//! Whether an operation is never repeated after its reply was lost, and waits for raft.
template <class Op>
constexpr bool is_a_change()
{
    return Op::idempotency() == Idempotency::once_only && Op::commits();
}

//! Whether an operation is repeated freely, and answered by a member alone.
template <class Op>
constexpr bool is_a_local_read()
{
    return Op::idempotency() == Idempotency::read && !Op::commits();
}

}  // namespace etcdpp::tests
