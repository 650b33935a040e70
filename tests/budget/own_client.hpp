// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A client with its own transport and codec, which own_client.cpp compiles for all files.

#include <etcdpp/client.hpp>
#include <etcdpp/environment/system.hpp>
#include <etcdpp/retry/never.hpp>
#include <etcdpp/selector/sticky.hpp>
#include <etcdpp/v2/keys.hpp>

#include <concepts>
#include <string>
#include <string_view>

//! Answers each request with the value "green".
struct LampTransport {
    etcdpp::Result<etcdpp::http::Response> send(
        etcdpp::Endpoint const&, etcdpp::http::Request const&, etcdpp::Limits const&)
    {
        return etcdpp::http::Response{.status = 200, .body = "green"};
    }
};

//! Takes the whole body for the value.
struct LampCodec {
    template <class T>
    etcdpp::Result<T> decode(std::string_view text) const
    {
        auto reply = T{};
        if constexpr (std::same_as<T, etcdpp::v2::Response>) { reply.node.value = text; }
        return reply;
    }

    template <class T>
    std::string encode(T const&) const
    {
        return {};
    }
};

using LampClient = etcdpp::Client<LampTransport, etcdpp::Sticky, etcdpp::Never, LampCodec>;

extern template class etcdpp::Client<LampTransport, etcdpp::Sticky, etcdpp::Never, LampCodec>;
extern template class etcdpp::v2::Keys<LampClient>;
extern template class etcdpp::Result<etcdpp::v2::Response>;
