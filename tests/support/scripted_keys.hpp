// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A client whose members say what a test wrote down, and what etcd would say about keys.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/testing/replies.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"
#include "tests/support/scripted_world.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {

//! Three members, asked in turn from the first on, once each; time passes as the test says.
class ScriptedKeys : public testing::Test {
protected:
    using AClient = Client<ScriptedTransport, Sticky, OnePass, PocoJson, ScriptedWorld>;

    //! The client's own view of a reply: etcd's headers, and a body.
    static http::Response from_etcd(
        int status, std::string body, int index, std::string_view cluster = "3cb9")
    {
        return {.status = status,
            .headers = {{"X-Etcd-Cluster-Id", cluster}, {"X-Etcd-Index", std::to_string(index)}},
            .body = std::move(body)};
    }

    static std::string node(std::string_view key, std::string_view value, int modified)
    {
        auto const index = std::to_string(modified);
        return R"({"key":")" + std::string{key} + R"(","value":")" + std::string{value}
        + R"(","modifiedIndex":)" + index + R"(,"createdIndex":)" + index + "}";
    }

    //! What `action` did or found at a key, last changed at `modified`, said at index `now`.
    static http::Response did(std::string_view action, std::string_view key, std::string_view value,
        int modified, int now)
    {
        return from_etcd(action == "get" ? 200 : 201,
            R"({"action":")" + std::string{action} + R"(","node":)" + node(key, value, modified)
                + "}",
            now);
    }

    //! A directory with these nodes.
    static http::Response listed(
        std::string_view dir, std::initializer_list<std::string> nodes, int now)
    {
        auto all = std::string{};
        for (auto const& each : nodes) { all += (all.empty() ? "" : ",") + each; }
        return from_etcd(200,
            R"({"action":"get","node":{"key":")" + std::string{dir} + R"(","dir":true,"nodes":[)"
                + all + "]}}",
            now);
    }

    static http::Response said_no(v2::Errc code, int now)
    {
        return mocks::etcd_error(code, "/app", Index{static_cast<std::uint64_t>(now)});
    }

    static Error lost()
    {
        return Error{Errc::unreachable, {.effect = Effect::unknown, .words = "connection reset"}};
    }

    static Error refused()
    {
        return Error{Errc::unreachable, {.effect = Effect::none, .words = "connection refused"}};
    }

    //! What was sent so far, as `PUT /v2/keys/app/mode?prevExist=false value=blue`.
    std::vector<std::string> sent() const
    {
        auto lines = std::vector<std::string>{};
        for (auto const& each : transport.sent()) {
            auto line = std::ostringstream{};
            line << each.request;
            lines.push_back(line.str());
        }
        return lines;
    }

    Endpoints const members = Endpoints::parse("http://etcd-a,http://etcd-b,http://etcd-c").value();
    ScriptedTransport transport;
    ScriptedWorld world;
    AClient client{Config{.endpoints = members,
        .transport = transport,
        .selector = Sticky::starting_at(0),
        .retry = OnePass{},
        .environment = world}};
};

}  // namespace etcdpp::tests
