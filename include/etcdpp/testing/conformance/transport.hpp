// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every transport must do, as tests. Yours passes them if these three lines do:
//!
//!     #include <etcdpp/testing/conformance/transport.hpp>
//!     static_assert(etcdpp::check_transport<Radio>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, TransportSuite, Airwaves); }
//!
//! An Airwaves knows how to have your transport answered:
//!
//!     struct Airwaves {
//!         Radio make();                               // a transport
//!         Endpoint member();                          // whom it is to ask
//!         void will_answer(http::Response response);  // what the member answers next, in order
//!         std::vector<http::Request> heard();         // what the member was asked so far
//!     };
//!
//! Headers that your transport adds by itself may be among what was heard. Run it with a thread
//! sanitizer too. Transports over sockets have more to prove: see network_transport.hpp.

#include "etcdpp/transport/concept.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp {

template <class World>
class TransportSuite : public testing::Test {
protected:
    using Transport = decltype(std::declval<World&>().make());

    Result<http::Response> send(http::Request const& request = read_mode)
    {
        return transport.send(world.member(), request, patient);
    }

    static inline auto const read_mode = http::Request{.target = "/v2/keys/app/mode"};
    static inline auto const blue = http::Response{.status = 200,
        .headers = {{"Content-Type", "application/json"}, {"X-Etcd-Index", "7"}},
        .body = R"({"action":"get","node":{"key":"/app/mode","value":"blue"}})"};

    //! A busy machine is not what is tested.
    static inline auto const patient = Limits{
        .connect = std::chrono::seconds{20}, .silence = std::chrono::seconds{20}};

    World world{};
    Transport transport{world.make()};
};

TYPED_TEST_SUITE_P(TransportSuite);

TYPED_TEST_P(TransportSuite, brings_back_status_headers_and_body)
{
    this->world.will_answer(this->blue);

    auto const response = this->send().value();

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.find("x-etcd-index"), "7");
    EXPECT_EQ(response.headers.find("content-type"), "application/json");
    EXPECT_EQ(response.body, this->blue.body);
}

TYPED_TEST_P(TransportSuite, counts_a_reply_of_any_status_as_a_success)
{
    for (auto const status : {200, 201, 301, 307, 400, 401, 404, 412, 500, 503}) {
        this->world.will_answer({.status = status, .body = "{}"});
        auto const response = this->send();
        ASSERT_TRUE(response) << status << ": " << response.error();
        EXPECT_EQ(response->status, status);
        EXPECT_EQ(response->body, "{}");
    }
}

TYPED_TEST_P(TransportSuite, does_not_follow_a_redirect)
{
    this->world.will_answer({.status = 307, .headers = {{"Location", "/v2/keys/app/other"}}});
    this->world.will_answer(this->blue);

    auto const response = this->send().value();

    EXPECT_EQ(response.status, 307);
    EXPECT_EQ(response.headers.find("Location"), "/v2/keys/app/other");
    EXPECT_EQ(this->world.heard().size(), 1U);
}

TYPED_TEST_P(TransportSuite, does_not_ask_again_after_a_server_error)
{
    this->world.will_answer({.status = 503});
    this->world.will_answer(this->blue);

    EXPECT_EQ(this->send().value().status, 503);
    EXPECT_EQ(this->world.heard().size(), 1U);
}

TYPED_TEST_P(TransportSuite, passes_on_what_it_was_given)
{
    this->world.will_answer(this->blue);

    this->send({.method = http::Method::put,
                   .target = "/v2/keys/app/a%20mode?prevExist=true",
                   .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Authorization", "Basic cm9vdDpibHVl"}},
                   .body = "value=light%20blue"})
        .value();

    auto const heard = this->world.heard().at(0);
    EXPECT_EQ(heard.method, http::Method::put);
    EXPECT_EQ(heard.target, "/v2/keys/app/a%20mode?prevExist=true");
    EXPECT_EQ(heard.headers.find("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(heard.headers.find("Authorization"), "Basic cm9vdDpibHVl");
    EXPECT_EQ(heard.body, "value=light%20blue");
}

TYPED_TEST_P(TransportSuite, passes_on_every_method)
{
    using enum http::Method;
    for (auto const method : {get, put, post, del}) {
        this->world.will_answer(this->blue);
        EXPECT_TRUE(this->send({.method = method, .target = "/v2/keys/app/mode"})) << method;
        EXPECT_EQ(this->world.heard().back().method, method);
    }
}

TYPED_TEST_P(TransportSuite, carries_bytes_of_any_kind_and_many_of_them)
{
    auto bytes = std::string{};
    for (auto i = 0; i != 1 << 20; ++i) { bytes += static_cast<char>(i % 256); }
    this->world.will_answer({.status = 200, .body = bytes});

    auto const request = http::Request{
        .method = http::Method::put, .target = "/v2/keys/app/blob", .body = bytes};
    auto const response = this->send(request).value();

    EXPECT_TRUE(response.body == bytes) << response.body.size() << " bytes came";
    EXPECT_TRUE(this->world.heard().at(0).body == bytes) << "the member heard other bytes";
}

TYPED_TEST_P(TransportSuite, can_be_used_again_and_again)
{
    for (auto turn = 0; turn != 20; ++turn) {
        this->world.will_answer({.status = 200, .body = std::to_string(turn)});
        EXPECT_EQ(this->send().value().body, std::to_string(turn));
    }
}

TYPED_TEST_P(TransportSuite, works_after_it_has_moved)
{
    this->world.will_answer(this->blue);
    this->world.will_answer(this->blue);
    this->send().value();

    auto moved = std::move(this->transport);

    EXPECT_TRUE(moved.send(this->world.member(), this->read_mode, this->patient));
}

TYPED_TEST_P(TransportSuite, may_be_used_from_many_threads_at_once)
{
    constexpr auto turns = std::size_t{50};
    constexpr auto threads = std::size_t{4};
    for (auto turn = std::size_t{0}; turn != turns * threads; ++turn) {
        this->world.will_answer(this->blue);
    }
    {
        auto running = std::vector<std::jthread>{};
        for (auto thread = std::size_t{0}; thread != threads; ++thread) {
            running.emplace_back([&] {
                for (auto turn = std::size_t{0}; turn != turns; ++turn) {
                    auto const response = this->send();
                    ASSERT_TRUE(response) << response.error();
                    EXPECT_EQ(response->body, this->blue.body);
                }
            });
        }
    }
    EXPECT_EQ(this->world.heard().size(), turns * threads);
}

REGISTER_TYPED_TEST_SUITE_P(TransportSuite, brings_back_status_headers_and_body,
    counts_a_reply_of_any_status_as_a_success, does_not_follow_a_redirect,
    does_not_ask_again_after_a_server_error, passes_on_what_it_was_given, passes_on_every_method,
    carries_bytes_of_any_kind_and_many_of_them, can_be_used_again_and_again,
    works_after_it_has_moved, may_be_used_from_many_threads_at_once);

}  // namespace etcdpp
