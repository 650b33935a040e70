// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What every operation must do, as tests. Yours passes them if these three lines do:
//!
//!     #include <etcdpp/testing/conformance/operation.hpp>
//!     static_assert(etcdpp::check_operation<Ping, etcdpp::PocoJson>());
//!     namespace etcdpp { INSTANTIATE_TYPED_TEST_SUITE_P(My, OperationSuite, PingSample); }
//!
//! A PingSample gives an instance:
//!
//!     struct PingSample {
//!         Ping make();                  // one that can be sent
//!         std::vector<Ping> refused();  // what etcd would misread; none, if it misreads nothing
//!         http::Response reply();       // what etcd answers once it has done what was asked
//!         PocoJson codec();             // what reads it
//!     };

#include "etcdpp/operation/concept.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp {

template <class Sample>
class OperationSuite : public testing::Test {
protected:
    using Operation = decltype(std::declval<Sample&>().make());
    using Reply = typename Operation::Reply;

    Result<http::Request> encode() const { return request_of(operation, codec); }

    Result<Reply> read(http::Response const& response) { return operation.read(codec, response); }

    bool is_read() const { return operation.idempotency() == Idempotency::read; }

    //! After a reply that proves nothing, a write may have been carried out.
    void expect_careful(Result<Reply> const& result, std::string_view reply)
    {
        if (result) { return; }
        EXPECT_TRUE(result.error().code()) << reply;
        if (!is_read()) { EXPECT_NE(result.error().effect(), Effect::none) << reply; }
    }

    static bool is_printable(std::string_view text)
    {
        return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
    }

    Sample sample{};
    Operation operation{sample.make()};
    decltype(std::declval<Sample&>().codec()) codec{sample.codec()};
};

TYPED_TEST_SUITE_P(OperationSuite);

TYPED_TEST_P(OperationSuite, encodes_to_a_request_that_can_be_sent)
{
    auto const request = this->encode();

    ASSERT_TRUE(request) << request.error();
    EXPECT_TRUE(request->target.starts_with('/')) << request->target;
    EXPECT_TRUE(this->is_printable(request->target)) << request->target;
    EXPECT_EQ(request->target.find('#'), std::string::npos) << request->target;
    request->headers.for_each([&](std::string_view name, std::string_view value) {
        EXPECT_TRUE(this->is_printable(name) && !name.empty()) << name;
        EXPECT_EQ(value.find_first_of(std::string_view{"\r\n\0", 3}), std::string_view::npos)
            << name;
    });
}

TYPED_TEST_P(OperationSuite, says_what_kind_of_body_it_sends)
{
    auto const request = this->encode().value();

    EXPECT_TRUE(request.body.empty() || request.headers.find("Content-Type"))
        << "etcd reads a body by its Content-Type";
}

TYPED_TEST_P(OperationSuite, encodes_the_same_each_time)
{
    EXPECT_EQ(this->encode().value(), this->encode().value());
    EXPECT_EQ(request_of(this->sample.make(), this->codec).value(), this->encode().value());
}

TYPED_TEST_P(OperationSuite, refuses_before_sending_what_etcd_would_misread)
{
    for (auto const& misread : this->sample.refused()) {
        auto const request = request_of(misread, this->codec);
        ASSERT_FALSE(request) << *request;
        EXPECT_EQ(request.error(), Errc::invalid_argument);
        EXPECT_EQ(request.error().effect(), Effect::none);
        EXPECT_EQ(request.error().fault(), Fault::request);
        EXPECT_FALSE(request.error().words().empty());
    }
}

TYPED_TEST_P(OperationSuite, calls_nothing_a_read_that_is_sent_to_write)
{
    using enum http::Method;
    auto const method = this->encode().value().method;

    if (method == put || method == del) { EXPECT_FALSE(this->is_read()); }
    if (method == get || method == head) { EXPECT_TRUE(this->is_read()); }
}

TYPED_TEST_P(OperationSuite, lets_a_write_wait_for_raft)
{
    EXPECT_TRUE(this->operation.commits() || this->is_read());
}

TYPED_TEST_P(OperationSuite, reads_what_etcd_answers)
{
    auto const reply = this->read(this->sample.reply());

    EXPECT_TRUE(reply) << reply.error();
}

TYPED_TEST_P(OperationSuite, reads_the_same_each_time)
{
    auto const one = this->read(this->sample.reply());
    auto const other = this->read(this->sample.reply());

    ASSERT_TRUE(one && other);
    if constexpr (std::equality_comparable<typename TestFixture::Reply>) {
        EXPECT_EQ(*one, *other);
    }
}

TYPED_TEST_P(OperationSuite, reads_a_reply_of_any_status_and_text)
{
    for (auto const status : {0, 100, 200, 204, 301, 400, 401, 404, 405, 412, 429, 500, 503, 999}) {
        for (auto const* const body : {"", "{}", "null", "[", "<html>404</html>", "\xff\xfe",
                 R"({"errorCode":"no number"})", R"({"errorCode":999999999999999999999})"}) {
            EXPECT_NO_THROW({
                auto const result = this->read({.status = status, .body = body});
                if (!result) { EXPECT_TRUE(result.error().code()) << status << ' ' << body; }
            }) << status
               << ' ' << body;
        }
    }
}

//! Behind a 5xx a write may still be carried out, whatever the text says.
TYPED_TEST_P(OperationSuite, is_careful_about_every_server_error)
{
    for (auto const status : {500, 502, 503, 504}) {
        for (auto const* const body :
            {"", "{}", "<html>Bad Gateway</html>", R"({"message":"Internal Server Error"})",
                R"({"errorCode":300,"message":"Raft Internal Error","cause":"timed out"})"}) {
            auto const result = this->read({.status = status, .body = body});
            ASSERT_FALSE(result) << status << ' ' << body;
            EXPECT_EQ(result.error().fault(), Fault::member) << status << ' ' << body;
            EXPECT_EQ(result.error().status(), status) << body;
            this->expect_careful(result, body);
        }
    }
}

TYPED_TEST_P(OperationSuite, is_careful_about_a_reply_that_is_cut_short)
{
    auto const whole = this->sample.reply();
    for (auto size = std::size_t{0}; size < whole.body.size(); ++size) {
        auto cut = whole;
        cut.body.resize(size);
        this->expect_careful(this->read(cut), cut.body);
    }
}

REGISTER_TYPED_TEST_SUITE_P(OperationSuite, encodes_to_a_request_that_can_be_sent,
    says_what_kind_of_body_it_sends, encodes_the_same_each_time,
    refuses_before_sending_what_etcd_would_misread, calls_nothing_a_read_that_is_sent_to_write,
    lets_a_write_wait_for_raft, reads_what_etcd_answers, reads_the_same_each_time,
    reads_a_reply_of_any_status_and_text, is_careful_about_every_server_error,
    is_careful_about_a_reply_that_is_cut_short);

}  // namespace etcdpp
