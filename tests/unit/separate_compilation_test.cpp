// SPDX-License-Identifier: BSL-1.0

//! @file
//! A translation unit that leaves the default client to another one: see
//! tests/separate_compilation.cpp.

#include <etcdpp/etcdpp.hpp>

#ifndef ETCDPP_SEPARATE_COMPILATION
#error "this test is about a build with ETCDPP_SEPARATE_COMPILATION"
#endif

#ifdef Foundation_Foundation_INCLUDED
#error "Poco was included, which the other translation unit is for"
#endif

#include "tests/support/loopback_server.hpp"
#include "tests/support/matchers.hpp"

#include <gtest/gtest.h>

#include <string>

namespace etcdpp {
namespace {

using tests::IsError;
using tests::LoopbackServer;
using tests::Peer;

auto config_of(LoopbackServer const& server)
{
    return Config{.endpoints = Endpoints::of({server.endpoint()}).value(), .retry = OnePass{}};
}

TEST(SeparateCompilation, leaves_sockets_and_parser_to_another_translation_unit)
{
    auto server = LoopbackServer{[](Peer& peer) {
        auto const body = std::string{R"({"action":"get","node":{"key":"/lamp","value":"green",)"
                                      R"("modifiedIndex":7,"createdIndex":7}})"};
        while (peer.request()) {
            peer.say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + std::to_string(body.size()) + "\r\n\r\n" + body);
        }
    }};
    auto client = Client{config_of(server)};

    EXPECT_EQ(v2::Keys{client}.get("/lamp").value().node.value, "green");
}

TEST(SeparateCompilation, keeps_what_the_other_translation_unit_says_of_a_failure)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.request(); }};
    auto client = Client{config_of(server)};

    EXPECT_THAT(v2::Keys{client}.get("/lamp"), IsError(Errc::exhausted));
}

}  // namespace
}  // namespace etcdpp
